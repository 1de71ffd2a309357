import { TextInput } from '@mantine/core';
import { useDraft } from '~/job-store/drafts';
import { ownerOf, startJob, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { useUndo } from '~/job-store/undo';
import { paths } from '~/lib/paths';
import { useJobParam } from '~/ui/wizard/job-param';
import { UndoWizard } from '~/ui/wizard/UndoWizard';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { ConfirmUndo } from './ConfirmUndo';
import { groundOf } from './revive';
import { isLifted } from './undo-plan';
import { UndoPlanStep } from './UndoPlanStep';
import { undoJoinsSpec } from './undo-run';
import { beginUndoScan, type UndoPlanned } from './undo-scan';

const FIRST_REASON = { reason: 'Joined by mistake' };

/** Takes users out of the rooms again into which one job joined them. */
export function UndoJoinsWizard() {
  const session = useSession();
  const owner = ownerOf(session);
  const showJob = useShowJob();
  const [entered, enter] = useDraft('join-rooms/undo-reason', FIRST_REASON);
  const undo = useUndo<UndoPlanned>('join-rooms', useJobParam());
  const signedIn = useSignedInAs(owner);
  const { planned } = undo;
  const reason = entered.reason.trim();

  const begin = ({ plan, undoes, findings }: UndoPlanned, count: number) => {
    const facts = { undoes, reason, unlimited: isLifted(findings.limit) };
    const started = startJob(undoJoinsSpec(groundOf(owner), facts, plan.items), count);
    showJob(started.id, undo.drop);
  };

  return (
    <UndoWizard
      title="Undo: join users to rooms"
      about="Take users out of the rooms again into which one job joined them. You see each removal before it is made."
      pathOf={paths.undoJoinRooms}
      undo={undo}
      signedIn={signedIn}
      empty="No job of “Join users to rooms” was finished in this browser."
      fields={
        <TextInput
          label="Reason"
          description="Everybody in the room sees it beside each removal, and so does the user. May be empty."
          value={entered.reason}
          onChange={(event) => enter({ reason: event.currentTarget.value })}
          maw={480}
        />
      }
      onPlan={(job) => undo.plan(job, (making) => void beginUndoScan(session, job, making))}
      scan={{ about: 'Who is in each room of the job now, what power you have there, and your own rate limit.' }}
      plan={planned && <UndoPlanStep planned={planned} onPlan={undo.replan} />}
      confirm={
        planned && <ConfirmUndo planned={planned} reason={reason} onConfirm={(count) => begin(planned, count)} />
      }
    />
  );
}
