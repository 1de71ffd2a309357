import { t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import { useEffect } from 'react';
import type { Job, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { exact } from '~/lib/dates';
import { Notice } from '~/ui/Notice';
import { noAnswerWords } from './words';

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
  const { t } = useLingui();
  const { unsettled, elsewhere, canVerify } = snapshot;
  const mayLook = signedIn && isOver(snapshot) && unsettled !== undefined;
  useEffect(() => {
    if (looksFirst && mayLook && !elsewhere) job.lookAgain();
    // Once, when the job is opened: what it finds is no reason to look again.
  }, [job, looksFirst, mayLook, elsewhere]);
  if (!isOver(snapshot) || !unsettled) return null;
  const { count, isLooking, lookedAt } = unsettled;
  return (
    <Notice tone="warning" title={noAnswerWords(count)}>
      <span>
        {t`A proxy may still deliver such a request late. The items show what Glia last read from the homeserver.`}
      </span>
      <span role="status">
        {canVerify ? lookWords(isLooking, lookedAt) : t`Glia can’t check whether it was carried out.`}
      </span>
      {canVerify && (
        <Group mt={6}>
          <Button size="xs" variant="default" loading={isLooking} disabled={!signedIn} onClick={() => job.lookAgain()}>
            {t`Check again`}
          </Button>
        </Group>
      )}
    </Notice>
  );
}

function lookWords(isLooking: boolean, lookedAt: number | null): string {
  if (isLooking) return t`Checking again…`;
  if (lookedAt === null) return t`Not checked again yet.`;
  const time = exact(lookedAt);
  return t`Checked again at ${time}.`;
}
