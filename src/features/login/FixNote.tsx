import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { Cause } from '~/api/verdicts';
import { wordsOf } from '~/lib/words';
import classes from './FixNote.module.css';
import { fixOf, type Fix, type Place } from './fixes';
import type { Snippet } from './snippets';

/** What to do about what failed, with what to copy. Loaded only when something fails. */
export function FixNote({ cause, place }: { cause: Cause; place: Place }) {
  const fix = fixOf(cause, place);
  return fix && <Fixes fix={fix} />;
}

export function Fixes({ fix }: { fix: Fix }) {
  return (
    <section aria-labelledby="glia-fix" className={classes.fix}>
      <h2 id="glia-fix" className={classes.title}>
        <Trans>How to fix it</Trans>
      </h2>
      <ul className={classes.steps}>
        {fix.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      {fix.snippets.map((snippet, index) => (
        <SnippetNote key={wordsOf(snippet.name)} snippet={snippet} open={index === 0} />
      ))}
    </section>
  );
}

function SnippetNote({ snippet, open }: { snippet: Snippet; open: boolean }) {
  const { t } = useLingui();
  const clipboard = useClipboard({ timeout: 1500 });
  const name = wordsOf(snippet.name);
  // Absent where the page itself came by plain http.
  const canCopy = 'clipboard' in navigator;
  return (
    <details className={classes.snippet} open={open} name="glia-snippet">
      <summary>{name}</summary>
      {/* It scrolls sideways, so the keyboard must get there. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.code} tabIndex={0} role="group" aria-label={t`Snippet: ${name}`}>
        {snippet.text}
      </pre>
      {canCopy && (
        <Button
          size="compact-xs"
          variant="default"
          className={classes.copy}
          aria-label={t`Copy the snippet: ${name}`}
          onClick={() => clipboard.copy(snippet.text)}
        >
          {clipboard.copied ? t`Copied` : t`Copy`}
        </Button>
      )}
    </details>
  );
}
