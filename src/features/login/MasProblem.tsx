import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { OAuthError } from '~/api/oauth-errors';
import { wordsOfError } from '~/lib/words';
import { Fixes } from './FixNote';
import { masSilentFix, oauthFixOf } from './oauth-fixes';
import classes from './SignInPage.module.css';
import ways from './ways.module.css';

/** Why signing in through MAS did not work, and how to fix it. Loaded only then. */
export function MasProblem({ error, onRetry }: { error: unknown; onRetry: (isMasAdmin: boolean) => void }) {
  const fault = error instanceof OAuthError ? error.fault : null;
  const isRefused = fault === 'denied' || fault === 'scope';
  const fix = fault && oauthFixOf(fault, location.href);
  return (
    <div className={ways.stack}>
      <p role="alert" className={classes.problem}>
        {wordsOfError(error)}
      </p>
      <div className={ways.row}>
        <Button variant="default" size="xs" onClick={() => onRetry(true)}>
          <Trans>Try again</Trans>
        </Button>
        {isRefused && (
          <Button variant="default" size="xs" onClick={() => onRetry(false)}>
            <Trans>Try without managing MAS</Trans>
          </Button>
        )}
      </div>
      {fix && <Fixes fix={fix} />}
    </div>
  );
}

/** Signed in, but MAS's Admin API can't be reached: the screens of the homeserver work. */
export function MasSilent({ onContinue }: { onContinue: () => void }) {
  const { t } = useLingui();
  return (
    <section className={`${classes.card} ${ways.stack}`} aria-label={t`Sign-in works, with a warning`}>
      <p role="alert" className={classes.problem}>
        <Trans>
          You are signed in, and can manage the homeserver. But MAS’s Admin API does not answer: its users, sessions and
          registration tokens can’t be managed. Where it isn’t switched on, it looks to a browser as if nobody were
          there.
        </Trans>
      </p>
      <Button onClick={onContinue}>
        <Trans>Continue</Trans>
      </Button>
      <Fixes fix={masSilentFix()} />
    </section>
  );
}
