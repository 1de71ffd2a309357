import { ownerOf, startJob, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { useUndo } from '~/job-store/undo';
import { paths } from '~/lib/paths';
import { ConfirmStep } from '~/ui/wizard/ConfirmStep';
import { useJobParam, withJob } from '~/ui/wizard/job-param';
import { UndoWizard } from '~/ui/wizard/UndoWizard';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { MasNote } from './MasNote';
import { UndoPlanStep } from './UndoPlanStep';
import { putBackSpec } from './undo-run';
import { beginUndoScan, type UndoPlanned } from './undo-scan';

/** Puts back what a job of the wizard “Remove external ids” took away. */
export function UndoRemovalWizard() {
  const session = useSession();
  const owner = ownerOf(session);
  const showJob = useShowJob();
  const undo = useUndo<UndoPlanned>('external-ids', useJobParam());
  const { planned } = undo;

  const begin = ({ plan, undoes }: UndoPlanned, count: number) => {
    const started = startJob(putBackSpec(plan.items, { undoes }, owner), count);
    showJob(started.id, undo.drop);
  };

  return (
    <UndoWizard
      title="Undo: remove external ids"
      about="Put back the ids that one job removed. You see each user’s ids before anything is sent."
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
      plan={planned && <UndoPlanStep planned={planned} onPlan={undo.replan} />}
      confirm={planned && <ConfirmPutBack planned={planned} onConfirm={(count) => begin(planned, count)} />}
    />
  );
}

function ConfirmPutBack({ planned, onConfirm }: { planned: UndoPlanned; onConfirm(count: number): void }) {
  const { items, idCount, hidden, rows } = planned.plan;
  return (
    <ConfirmStep
      what="The ids that the job removed are put back to each user in the plan. Just before, each user is read once more: users who have other ids by then are skipped and listed in the report. Where another account has taken an id since, the homeserver refuses, and nothing about that user changes. Nobody is signed in or out."
      breakdown={[
        { name: 'Users that change', value: items.length },
        { name: 'Ids put back', value: idCount },
        { name: 'Deactivated or locked', value: hidden },
        { name: 'Left out by the plan', value: rows.length - items.length },
      ]}
      irreversible={null}
      undo="The same wizard removes them again."
      count={items.length}
      noun={['user', 'users']}
      verb="Put back the ids of"
      backTo={withJob(paths.undoExternalIds('plan'), planned.undoes)}
      onConfirm={onConfirm}
    />
  );
}
