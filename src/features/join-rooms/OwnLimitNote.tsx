import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useJob, useWizardJob } from '~/data/jobs';
import type { Session } from '~/data/session';
import type { Job } from '~/jobs/job';
import { Notice } from '~/ui/Notice';
import { isOver } from '~/ui/job/words';
import { isLifted } from './undo-plan';
import { leftLifted, limitWords, ownLimit, PUT_BACK_KIND } from './own-limit';

interface OwnLimitNoteProps {
  job: Job;
  session: Session;
  signedIn: boolean;
  onPutBack(was: NonNullable<ReturnType<typeof leftLifted>>['was']): void;
}

/** Where a job rests or ended with the admin's rate limit still lifted, it is said, and putting it back is offered. */
export function OwnLimitNote({ job, session, signedIn, onPutBack }: OwnLimitNoteProps) {
  const snapshot = useJob(job);
  const resting = isOver(snapshot) || snapshot.state.phase === 'paused';
  const left = resting ? leftLifted(job) : null;
  const putting = useWizardJob(PUT_BACK_KIND, null)?.getSnapshot();
  const busy = putting !== undefined && !isOver(putting) && putting.state.phase !== 'paused';
  // What the homeserver says, not what the ledger leaves open: it may have been put back by hand.
  const { data, error } = useQuery({
    ...ownLimit(session.homeserver, session.userId, `${putting?.id} ${putting?.state.phase}`),
    enabled: left !== null && !busy && signedIn,
  });
  if (left === null) return null;
  if (busy) return <Notice role="status">Putting your own rate limit back…</Notice>;
  if (data !== undefined && !isLifted(data)) {
    return (
      <Notice role="status" tone="good" title="Your own rate limit is not lifted any more">
        {`It is now: ${limitWords(data)}.`}
      </Notice>
    );
  }
  return (
    <Notice role="alert" tone="warning" title="Your own rate limit is still lifted">
      <span>
        {`This job lifted it and has not put it back. It was: ${limitWords(left.was)}.`}
        {snapshot.state.phase === 'paused' && ' The job does that at its end, if it goes on.'}
        {error && ` Whether it is lifted now could not be read: ${error.message}`}
      </span>
      <Group mt={6}>
        <Button size="xs" variant="default" disabled={!signedIn} onClick={() => onPutBack(left.was)}>
          Put it back now
        </Button>
      </Group>
    </Notice>
  );
}
