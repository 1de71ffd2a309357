import { Button, Group } from '@mantine/core';
import { useEffect } from 'react';
import type { Job, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { exact } from '~/lib/dates';
import { plural } from '~/lib/numbers';
import { Notice } from '~/ui/Notice';

interface LateNoteProps {
  job: Job;
  snapshot: JobSnapshot;
  /** Whether the account that began the job is signed in. */
  signedIn: boolean;
  /** Looks again when it is shown. */
  looksFirst?: boolean;
}

/** What a job that is over may still do: requests without an answer, which a proxy may deliver late. */
export function LateNote({ job, snapshot, signedIn, looksFirst = false }: LateNoteProps) {
  const { unsettled, elsewhere, canVerify } = snapshot;
  const mayLook = signedIn && isOver(snapshot) && unsettled !== undefined;
  useEffect(() => {
    if (looksFirst && mayLook && !elsewhere) job.lookAgain();
    // Once, when it is opened: what it finds is no reason to look once more.
  }, [job, looksFirst, mayLook, elsewhere]);
  if (!isOver(snapshot) || !unsettled) return null;
  const { count, isLooking, lookedAt } = unsettled;
  return (
    <Notice tone="warning" title={`${plural(count, 'item')} had a request without an answer`}>
      <span>
        Such a request may still be carried out: a proxy can deliver it late. The rows say what was last read from the
        homeserver.
      </span>
      <span role="status">
        {canVerify ? lookWords(isLooking, lookedAt) : 'Glia has no way to look whether it was.'}
      </span>
      {canVerify && (
        <Group mt={6}>
          <Button size="xs" variant="default" loading={isLooking} disabled={!signedIn} onClick={() => job.lookAgain()}>
            Look again
          </Button>
        </Group>
      )}
    </Notice>
  );
}

function lookWords(isLooking: boolean, lookedAt: number | null): string {
  if (isLooking) return 'Looking again…';
  return lookedAt === null ? 'Not looked at again yet.' : `Looked at again at ${exact(lookedAt)}.`;
}
