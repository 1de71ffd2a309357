import { Trans } from '@lingui/react/macro';
import classes from './Opening.module.css';

/** Between the sign-in and the console, while the console’s files arrive: never an empty window. */
export function Opening() {
  return (
    <main className={classes.page} aria-busy>
      <p role="status">
        <Trans>Opening Glia…</Trans>
      </p>
    </main>
  );
}
