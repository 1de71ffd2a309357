import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import type { Again } from '~/data/again';
import { Outside } from '~/ui/Outside';
import classes from './SignInPage.module.css';
import ways from './ways.module.css';

interface Props {
  readonly again: Again;
  /** Who signed in instead; null: nobody. */
  readonly stranger: string | null;
  onEnd(): void;
}

/** Above the sign-in page that another site led back to: whose session is to be renewed, and that another account's was not taken. */
export function AgainNote({ again, stranger, onEnd }: Props) {
  const own = <Outside as="id" text={again.userId} />;
  return (
    <section className={`${classes.card} ${ways.stack}`} role={stranger === null ? 'status' : 'alert'}>
      <p className={stranger === null ? ways.hint : classes.problem}>
        {stranger === null ? (
          <Trans>Sign in as {own} again to get back to the page that you left.</Trans>
        ) : (
          <Trans>
            You signed in as <Outside as="id" text={stranger} />, but the page that you left belongs to {own}. Nothing
            was changed, and the new session has been ended. Sign in as {own} to go back there.
          </Trans>
        )}
      </p>
      <div className={ways.row}>
        <Button variant="default" size="xs" onClick={onEnd}>
          <Trans>Sign in as someone else</Trans>
        </Button>
      </div>
    </section>
  );
}
