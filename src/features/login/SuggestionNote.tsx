import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import type { Suggestion } from '~/api/suggestions';
import { parseHomeserverUrl } from '~/lib/homeserver-url';
import { isolated } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';
import classes from './SignInPage.module.css';
import { verbatim } from '~/ui/verbatim';

/** Another URL to try, and what speaks for it. It is used only at a click. */
export function SuggestionNote(props: { typed: string; suggestion: Suggestion; onUse: (url: string) => void }) {
  const { url } = props.suggestion;
  return (
    <p role="status" className={classes.suggestion}>
      <Reason {...props} />{' '}
      <Button size="compact-sm" variant="light" onClick={() => props.onUse(url)}>
        <Trans>Use this URL</Trans>
      </Button>
    </p>
  );
}

function Reason({ typed, suggestion }: { typed: string; suggestion: Suggestion }) {
  const where = (
    <b>
      <Outside as="id" text={suggestion.url} />
    </b>
  );
  switch (suggestion.by) {
    case 'redirect':
      return <Trans>It redirects to a homeserver at {where}.</Trans>;
    case 'well-known': {
      const parsed = parseHomeserverUrl(typed);
      const host = verbatim(isolated((parsed.ok && URL.parse(parsed.baseUrl)?.host) || typed));
      return (
        <Trans>
          {host} says that its homeserver is at {where}.
        </Trans>
      );
    }
    case 'neighbour':
      return <Trans>There is a homeserver at {where}.</Trans>;
  }
}
