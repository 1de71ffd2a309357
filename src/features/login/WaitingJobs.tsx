import { Plural, Trans } from '@lingui/react/macro';
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
  const waiting = jobs.length;
  if (waiting === 0) return null;
  return (
    <section aria-labelledby="glia-waiting" className={classes.card}>
      <h2 id="glia-waiting" className={classes.heading}>
        <Plural value={waiting} one="# unfinished job" other="# unfinished jobs" />
      </h2>
      <ul className={classes.list}>
        {jobs.slice(0, SHOWN).map((job) => (
          <OneJob key={job.id} job={job} onUse={onUse} />
        ))}
      </ul>
      {jobs.length > SHOWN && (
        <p className={classes.facts}>
          <Trans>You find the others in Activity when you are signed in.</Trans>
        </p>
      )}
    </section>
  );
}

function OneJob({ job, onUse }: { job: WaitingJob; onUse: (baseUrl: string) => void }) {
  const { title, owner } = job;
  const ended = formatCount(job.ended);
  const total = formatCount(job.total);
  return (
    <li className={classes.job}>
      <bdi className={classes.title}>{wordsOf(title)}</bdi>
      <span className={classes.facts}>
        <Trans>
          {ended} of {total} items finished. Sign in as <Outside as="id" text={owner.userId} /> to resume it.
        </Trans>
      </span>
      <Button size="compact-sm" variant="default" onClick={() => onUse(owner.baseUrl)}>
        <Trans>
          Use <Outside as="id" text={owner.baseUrl} className={classes.url} />
        </Trans>
      </Button>
    </li>
  );
}
