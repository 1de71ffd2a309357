import { Button } from '@mantine/core';
import type { Suggestion } from '~/api/suggestions';
import { parseHomeserverUrl } from '~/lib/homeserver-url';
import classes from './SignInPage.module.css';
import { isolated } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';

/** Another URL to try, and what speaks for it. It is used only at a click. */
export function SuggestionNote(props: { typed: string; suggestion: Suggestion; onUse: (url: string) => void }) {
  const { url, by } = props.suggestion;
  const parsed = parseHomeserverUrl(props.typed);
  const host = (parsed.ok && URL.parse(parsed.baseUrl)?.host) || props.typed;
  return (
    <p role="status" className={classes.suggestion}>
      {by === 'redirect' && 'A homeserver answers where it leads: '}
      {by === 'well-known' && `${isolated(host)} says its homeserver is at `}
      {by === 'neighbour' && 'A homeserver answers at '}
      <b>
        <Outside as="id" text={url} />
      </b>
      .{' '}
      <Button size="compact-sm" variant="light" onClick={() => props.onUse(url)}>
        Use that instead
      </Button>
    </p>
  );
}
