import { ownerOf, startJob, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { useUndo } from '~/job-store/undo';
import { paths } from '~/lib/paths';
import { useJobParam } from '~/ui/wizard/job-param';
import { UndoWizard } from '~/ui/wizard/UndoWizard';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { MasNote } from './MasNote';
import type { PutBackItem } from './undo-plan';
import { UndoReview } from './UndoReview';
import { putBackSpec } from './undo-run';
import { beginUndoScan, type UndoPlanned } from './undo-scan';

/** Puts back what a job of the wizard “Remove external ids” took away. */
export function UndoRemovalWizard() {
  const session = useSession();
  const owner = ownerOf(session);
  const showJob = useShowJob();
  const undo = useUndo<UndoPlanned>('external-ids', useJobParam());
  const { planned } = undo;

  const begin = ({ undoes }: UndoPlanned, items: readonly PutBackItem[], count: number) => {
    const started = startJob(putBackSpec(items, { undoes }, owner), count);
    showJob(started.id, undo.drop);
  };

  return (
    <UndoWizard
      title="Undo: remove external IDs"
      about="Put back the IDs that one job removed. You see each user’s IDs before anything is sent."
      pathOf={paths.undoExternalIds}
      undo={undo}
      signedIn={useSignedInAs(owner)}
      empty="No removal of external ids was finished in this browser."
      fields={session.mas && <MasNote />}
      onPlan={(job) => undo.plan(job, (making) => void beginUndoScan(session, job, making))}
      scan={{
        about: 'Each user of the job is read, and who holds each removed id now.',
        look: { idHeader: 'User' },
      }}
      review={
        planned && (
          <UndoReview planned={planned} onPlan={undo.replan} onRun={(items, count) => begin(planned, items, count)} />
        )
      }
    />
  );
}
