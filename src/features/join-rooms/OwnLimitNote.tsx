import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isLifted, leftLifted, limitWords, putBackWords } from '~/actions/member/own-limit';
import { getRateLimit } from '~/api/users';
import { useJob, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import type { Job } from '~/jobs/job';
import { Notice } from '~/ui/Notice';
import { wordsOf, wordsOfError } from '~/lib/words';
import { isOver } from '~/ui/job/words';
import { verbatim } from '~/ui/verbatim';

/** Where a job rests or ended with the admin's rate limit still lifted, it is said, and putting it back is offered. */
export function OwnLimitNote({ job }: { job: Job }) {
  const { t } = useLingui();
  const session = useSession();
  const snapshot = useJob(job);
  const signedIn = useSignedInAs(snapshot.owner);
  const paused = snapshot.state.phase === 'paused';
  const resting = paused || isOver(snapshot);
  const left = resting ? leftLifted(job) : null;
  const ended = resting ? putBackWords(job) : null;
  // What the homeserver says, not what the ledger leaves open: it may have been put back by hand.
  const { data, error } = useQuery({
    // Read again with each change of a row: it may have changed the limit.
    queryKey: [session.homeserver.baseUrl, 'own-rate-limit', session.userId, job.id, snapshot.version],
    queryFn: ({ signal }) => getRateLimit(session.homeserver, session.userId, signal),
    staleTime: 0,
    enabled: left !== null && signedIn,
  });
  if (ended !== null) {
    return (
      <Notice role="status" title={t`Your own rate limit`}>
        {wordsOf(ended)}
      </Notice>
    );
  }
  if (left === null) return null;
  // All there is left to stop: its end runs again, and nothing else. Of a lost journal no tab can go on.
  const closeIt = (words: string) =>
    !paused &&
    snapshot.state.phase !== 'lost' && (
      <Group mt={6}>
        <Button size="xs" variant="default" disabled={!signedIn} onClick={() => job.stop()}>
          {words}
        </Button>
      </Group>
    );
  if (data !== undefined && !isLifted(data)) {
    const now = wordsOf(limitWords(data));
    return (
      <Notice role="status" tone="good" title={t`Your own rate limit is not lifted`}>
        <span>
          <Trans>It is now: {now}.</Trans>{' '}
          {!paused && <Trans>This job does not know that yet: check again to bring it up to date.</Trans>}
        </span>
        {closeIt(t`Check again`)}
      </Notice>
    );
  }
  const was = wordsOf(limitWords(left.was));
  const reason = error && verbatim(wordsOfError(error));
  return (
    <Notice role="alert" tone="warning" title={t`Your own rate limit is still lifted`}>
      <span>
        <Trans>This job lifted it and has not restored it yet. Before: {was}.</Trans>{' '}
        {paused && <Trans>It is restored when the job finishes, is stopped or is deleted.</Trans>}{' '}
        {error && <Trans>Glia could not read whether it is lifted now: {reason}</Trans>}
      </span>
      {closeIt(t`Restore it now`)}
    </Notice>
  );
}
