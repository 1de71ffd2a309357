import { Trans } from '@lingui/react/macro';
import { wordsOfError } from '~/lib/words';
import { Logo } from '~/ui/Logo';
import classes from './StartProblem.module.css';

/** What would restrict Glia can't be read: then it does not start. For whoever serves it. */
export function Misconfigured({ error }: { error: unknown }) {
  return (
    <main className={classes.page}>
      <Logo size={40} />
      <h1 className={classes.title}>
        <Trans>Glia is not configured correctly</Trans>
      </h1>
      <p>
        <Trans>
          Glia doesn’t start, because settings in this file may restrict what it may do. Whoever runs this Glia has to
          correct the file, which lies beside its index.html, or remove it.
        </Trans>
      </p>
      <p role="alert" className={classes.reason}>
        {wordsOfError(error)}
      </p>
    </main>
  );
}
