import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { signOut } from '~/data/session';
import { wordsOfError } from '~/lib/words';
import { Logo } from '~/ui/Logo';
import classes from './StartProblem.module.css';

/** A part of Glia could not be loaded, or broke where no page is there to say it. Never an empty window. */
export function StartProblem({ error, demo }: { error: unknown; demo: boolean }) {
  const { t } = useLingui();
  return (
    <main className={classes.page}>
      <Logo size={40} />
      <h1 className={classes.title}>{demo ? t`The demo could not be opened` : t`Glia could not be loaded`}</h1>
      <p>
        <Trans>
          Part of Glia could not be loaded. Glia may have been updated on its server, or the connection is down. Nothing
          was sent to your homeserver because of this.
        </Trans>
      </p>
      <p className={classes.reason}>{error instanceof Error ? wordsOfError(error) : t`No reason was given.`}</p>
      <div className={classes.buttons}>
        <Button onClick={() => window.location.reload()}>
          <Trans>Reload the page</Trans>
        </Button>
        <Button variant="default" onClick={() => signOut()}>
          {demo ? t`Leave the demo` : t`Sign out`}
        </Button>
      </div>
    </main>
  );
}
