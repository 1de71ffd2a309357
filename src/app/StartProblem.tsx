import { Button } from '@mantine/core';
import { signOut } from '~/data/session';
import { Logo } from '~/ui/Logo';
import classes from './StartProblem.module.css';

/** A part of Glia could not be loaded, or broke where no page is there to say it. Never an empty window. */
export function StartProblem({ error, demo }: { error: unknown; demo: boolean }) {
  return (
    <main className={classes.page}>
      <Logo size={40} />
      <h1 className={classes.title}>{demo ? 'The demo could not be opened' : 'Glia could not be loaded'}</h1>
      <p>
        A part of Glia could not be loaded. It may have been updated on its server, or the connection may be down.
        Nothing was sent to your homeserver because of this.
      </p>
      <p className={classes.reason}>{error instanceof Error ? error.message : 'No reason was given.'}</p>
      <div className={classes.buttons}>
        <Button onClick={() => window.location.reload()}>Load Glia again</Button>
        <Button variant="default" onClick={() => signOut()}>
          {demo ? 'Leave the demo' : 'Sign out'}
        </Button>
      </div>
    </main>
  );
}
