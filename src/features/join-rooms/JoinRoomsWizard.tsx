import { useEffect, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { usePlan } from '~/job-store/drafts';
import { takeHandover } from '~/data/handover';
import { ownerOf, startJob, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { paths, type WizardStep } from '~/lib/paths';
import { Notice } from '~/ui/Notice';
import { ScanProgress } from '~/ui/wizard/ScanProgress';
import { StepActions } from '~/ui/wizard/StepActions';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Wizard } from '~/ui/wizard/Wizard';
import { ChooseStep } from './ChooseStep';
import { FIRST_CHOICE, handedOver, ruleWords, type Choice } from './choice';
import { ConfirmJoins } from './ConfirmJoins';
import { beginPlanning, type Planned } from './planning';
import { PlanStep } from './PlanStep';
import { groundOf } from './revive';
import { joinJob } from './run';
import { wordsOf } from '~/lib/words';

/** Many users to many rooms. */
export function JoinRoomsWizard() {
  const session = useSession();
  const navigate = useNavigate();
  const showJob = useShowJob();
  const plan = usePlan<Choice, Planned>('join-rooms', FIRST_CHOICE);
  const { choice, isMaking, reading, planned, problem, choose, drop } = plan;
  const owner = ownerOf(session);
  const signedIn = useSignedInAs(owner);
  const hasPlan = isMaking || planned !== null;
  const rule = useMemo(
    () => (hasPlan ? ruleWords(choice, session.serverName) : ''),
    [hasPlan, choice, session.serverName],
  );

  useEffect(() => {
    const patch = handedOver(takeHandover());
    if (Object.keys(patch).length === 0) return;
    // Whoever comes from a list or a page means these, not what was planned before.
    drop();
    choose(patch);
    // Once, when the wizard is opened: what was handed over then.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  const confirm = (ready: Planned, count: number) => {
    const spec = joinJob(groundOf(owner), ready.items);
    const run = startJob({ ...spec, title: `${wordsOf(spec.title)}: ${rule}` }, count);
    showJob(run.id, drop);
  };

  return (
    <Wizard
      title="Join users to rooms"
      about="Bring many users into many rooms. You see each join before it is made."
      pathOf={paths.joinRooms}
      rule={hasPlan ? `Join ${rule}` : null}
      blocked={{
        plan: hasPlan || problem !== null ? null : 'Choose rooms and users first.',
        confirm: planned ? null : 'There is no plan yet.',
      }}
    >
      {(step: WizardStep) => {
        switch (step) {
          case 'choose':
            return (
              <ChooseStep
                choice={choice}
                session={session}
                onChange={choose}
                onNext={(wanted) => {
                  plan.make((making) => beginPlanning(session, wanted, making));
                  void navigate(paths.joinRooms('plan'));
                }}
              />
            );
          case 'plan':
            if (planned) return <PlanStep planned={planned} onPlan={plan.replan} />;
            if (problem !== null) {
              return (
                <>
                  <Notice tone="warning" role="alert" title="No plan was made">
                    {problem}
                  </Notice>
                  <StepActions back={{ label: 'Back to choosing', to: paths.joinRooms() }} />
                </>
              );
            }
            return (
              reading && (
                <ScanProgress
                  key={reading.job.id}
                  reading={reading}
                  signedIn={signedIn}
                  onCancel={() => {
                    drop();
                    void navigate(paths.joinRooms('choose'));
                  }}
                  // Without their number, nobody could say who is left out.
                  mayGoWithout={reading.stage === 'reading'}
                >
                  {reading.stage === 'counting'
                    ? 'How many users there are to look at.'
                    : 'Each alias is resolved once, each room’s members are read once, and each user is looked up.'}
                </ScanProgress>
              )
            );
          case 'confirm':
            return planned && <ConfirmJoins planned={planned} onConfirm={(count) => confirm(planned, count)} />;
        }
      }}
    </Wizard>
  );
}
