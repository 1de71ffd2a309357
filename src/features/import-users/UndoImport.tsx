import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Checkbox, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSession } from '~/data/session';
import { startAccounts } from '~/job-store/account-jobs';
import { usePlan } from '~/job-store/drafts';
import { ownerOf, useJob, useSignedInAs } from '~/job-store/jobs';
import type { Job } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { ReviewStep } from './ReviewStep';
import { beginUndo, type UndoPlanned } from './undo';

interface Choice {
  takesDoubtful: boolean;
  /** Of the job. Where a row of it was retried or verified since, another plan is needed. */
  version: number;
}

/** Gives the accounts that an import changed what they had before. */
export function UndoImport({ job }: { job: Job }) {
  const { t } = useLingui();
  const session = useSession();
  const signedIn = useSignedInAs(ownerOf(session));
  const { version } = useJob(job);
  const plan = usePlan<Choice, UndoPlanned>(`undo/${job.id}`, { takesDoubtful: false, version });
  const { choice, choose, make, drop, isMaking, planned, problem } = plan;
  const { takesDoubtful } = choice;
  const showJob = useShowJob();
  // Once it runs no new plan is made here: what it finds would be old in a moment. Nor once the admin gave it up.
  const [began, setBegan] = useState(false);
  const isWanted = !began && !isMaking && planned === null && problem === null;
  useEffect(() => {
    choose({ version });
    if (isWanted) make((making) => beginUndo(session, job, takesDoubtful, making));
  }, [version, choose, isWanted, make, job, takesDoubtful, session]);
  const { title } = job.getSnapshot();
  return (
    <PlanStages
      plan={{ ...plan, planned: choice.version === version ? planned : null }}
      signedIn={signedIn}
      reads={() => t`Glia reads how each account that the job changed is now.`}
      mayGoWithout={() => true}
      onDrop={() => {
        setBegan(true);
        drop();
      }}
      cancelTo={paths.job(job.id)}
      problemTitle={t`The undo could not be planned`}
      onRetry={drop}
      otherwise={<Skeleton h={160} aria-busy role="status" aria-label={t`Reading the job`} />}
    >
      {(ready) => (
        <ReviewStep
          planned={ready}
          backTo={paths.job(job.id)}
          isUndo
          onRun={(items, count) => {
            const undo = startAccounts({ kind: 'import-users', items, undoes: { id: job.id, title } }, session, count);
            setBegan(true);
            showJob(undo.id, drop);
          }}
        >
          {ready.doubtful > 0 && (
            <Checkbox
              checked={takesDoubtful}
              onChange={(event) => choose({ takesDoubtful: event.currentTarget.checked })}
              label={t`${plural(ready.doubtful, {
                one: 'Also undo # change that the job or someone else made',
                other: 'Also undo # changes that the job or someone else made',
              })}`}
              description={t`No answer said that the job made these changes. Glia can’t tell who did.`}
            />
          )}
        </ReviewStep>
      )}
    </PlanStages>
  );
}
