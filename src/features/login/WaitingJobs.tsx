import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { waitingJobs, type WaitingJob } from '~/job-store/waiting-jobs';
import { formatCount } from '~/lib/numbers';
import { wordsOf } from '~/lib/words';
import classes from './WaitingJobs.module.css';
import { Outside } from '~/ui/Outside';

const SHOWN = 3;

/** Jobs that were cut off or paused and wait for their account to sign in again. Their ledgers are shown to it alone. */
export function WaitingJobs({ onUse }: { onUse: (baseUrl: string) => void }) {
  const [jobs, setJobs] = useState<readonly WaitingJob[]>([]);
  useEffect(() => {
    // What can't be read can't be gone on with either; signing in works anyway, and Activity says why.
    waitingJobs().then(setJobs, () => undefined);
  }, []);
  if (jobs.length === 0) return null;
  return (
    <section aria-labelledby="glia-waiting" className={classes.card}>
      <h2 id="glia-waiting" className={classes.heading}>
        {jobs.length === 1 ? 'A job waits to go on' : `${formatCount(jobs.length)} jobs wait to go on`}
      </h2>
      <ul className={classes.list}>
        {jobs.slice(0, SHOWN).map(({ id, title, owner, total, ended }) => (
          <li key={id} className={classes.job}>
            <bdi className={classes.title}>{wordsOf(title)}</bdi>
            <span className={classes.facts}>
              {`${formatCount(ended)} of ${formatCount(total)} ended. Sign in as `}
              <Outside as="id" text={owner.userId} />
              {' to go on.'}
            </span>
            <Button size="compact-sm" variant="default" onClick={() => onUse(owner.baseUrl)}>
              Use <Outside as="id" text={owner.baseUrl} className={classes.url} />
            </Button>
          </li>
        ))}
      </ul>
      {jobs.length > SHOWN && <p className={classes.facts}>The others are listed in Activity.</p>}
    </section>
  );
}
