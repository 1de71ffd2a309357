import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { usePlan } from '~/job-store/drafts';
import { takeHandover } from '~/data/handover';
import { ownerOf, startJob, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { paths } from '~/lib/paths';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { StepActions } from '~/ui/wizard/StepActions';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Wizard } from '~/ui/wizard/Wizard';
import { ChooseStep } from './ChooseStep';
import { FIRST_CHOICE, handedOver, type Choice } from './choice';
import { keptChoice } from './kept-choice';
import { beginPlanning, type Planned } from './planning';
import type { RunItem } from './plan';
import { ReviewStep } from './ReviewStep';
import { groundOf } from './revive';
import { joinJob } from './run';

/** Many users to many rooms. */
export function JoinRoomsWizard() {
  const { t } = useLingui();
  const session = useSession();
  const navigate = useNavigate();
  const showJob = useShowJob();
  const plan = usePlan<Choice, Planned>('join-rooms', FIRST_CHOICE, keptChoice);
  const { choice, isMaking, planned, problem, choose, drop } = plan;
  const owner = ownerOf(session);
  const signedIn = useSignedInAs(owner);
  const hasPlan = isMaking || planned !== null;

  useEffect(() => {
    const patch = handedOver(takeHandover(paths.joinRooms()));
    if (Object.keys(patch).length === 0) return;
    // Whoever comes from a list or a page means these, not what was planned before.
    drop();
    choose(patch);
    // Once, when the wizard is opened: what was handed over then.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  const begin = (items: readonly RunItem[], count: number) => {
    const run = startJob(joinJob(groundOf(owner), items), count);
    showJob(run.id, drop);
  };

  return (
    <Wizard
      title={t`Join users to rooms`}
      about={t`Add many users to many rooms. You see every join before it happens.`}
      pathOf={paths.joinRooms}
      blocked={hasPlan || problem !== null ? null : t`Choose rooms and users first.`}
    >
      {(step) =>
        step === 'choose' ? (
          <ChooseStep
            choice={choice}
            session={session}
            onChange={choose}
            onNext={(wanted) => {
              plan.make((making) => beginPlanning(session, wanted, making));
              void navigate(paths.joinRooms('review'));
            }}
          />
        ) : (
          <PlanStages
            plan={plan}
            signedIn={signedIn}
            reads={(stage) =>
              stage === 'counting'
                ? t`The users are counted first.`
                : t`Each alias and each room’s members are read once, and each user is looked up.`
            }
            // Without their number, nobody could say who is left out.
            mayGoWithout={(stage) => stage === 'reading'}
            onDrop={drop}
            cancelTo={paths.joinRooms()}
            afterProblem={<StepActions back={{ label: t`Back to choosing`, to: paths.joinRooms() }} />}
          >
            {(ready) => <ReviewStep planned={ready} onPlan={plan.replan} onRun={begin} />}
          </PlanStages>
        )
      }
    </Wizard>
  );
}
