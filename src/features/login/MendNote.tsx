import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { Cause } from '~/api/verdicts';
import { mendOf, type Place } from './mends';
import classes from './MendNote.module.css';
import type { Snippet } from './snippets';

/** What to do about what failed, with what to copy. Loaded only when something fails. */
export function MendNote({ cause, place }: { cause: Cause; place: Place }) {
  const mend = mendOf(cause, place);
  if (!mend) return null;
  return (
    <section aria-labelledby="glia-mend" className={classes.mend}>
      <h2 id="glia-mend" className={classes.title}>
        How to mend it
      </h2>
      <ul className={classes.steps}>
        {mend.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      {mend.snippets.map((snippet, index) => (
        <SnippetNote key={snippet.name} snippet={snippet} open={index === 0} />
      ))}
    </section>
  );
}

function SnippetNote({ snippet, open }: { snippet: Snippet; open: boolean }) {
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <details className={classes.snippet} open={open} name="glia-snippet">
      <summary>{snippet.name}</summary>
      {/* It scrolls sideways, so the keyboard must get there. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.code} tabIndex={0} role="group" aria-label={`For ${snippet.name}`}>
        {snippet.text}
      </pre>
      {/* Absent where the page itself came by plain http. */}
      {'clipboard' in navigator && (
        <Button
          size="compact-xs"
          variant="default"
          className={classes.copy}
          aria-label={`Copy for ${snippet.name}`}
          onClick={() => clipboard.copy(snippet.text)}
        >
          {clipboard.copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </details>
  );
}
