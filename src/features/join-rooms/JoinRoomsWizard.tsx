import { Text } from '@mantine/core';
import { useCallback, useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useDraft } from '~/data/drafts';
import { takeHandover } from '~/data/handover';
import { ownerOf, startJob, useSignedInAs, useWizardJob } from '~/data/jobs';
import { useSession } from '~/data/session';
import { paths, type WizardStep } from '~/lib/paths';
import { JobPanel } from '~/ui/job/JobPanel';
import { Notice } from '~/ui/Notice';
import { ReportView } from '~/ui/job/ReportView';
import { useJobParam, withJob } from '~/ui/wizard/job-param';
import { ScanProgress } from '~/ui/wizard/ScanProgress';
import { StepActions } from '~/ui/wizard/StepActions';
import { Wizard } from '~/ui/wizard/Wizard';
import { canBeUndone } from './before';
import { ChooseStep } from './ChooseStep';
import { FIRST_CHOICE, handedOver, type Choice } from './choice';
import { ConfirmJoins } from './ConfirmJoins';
import { JOIN_LOOK } from './look';
import { beginPlanning, NO_PLANNING, type Planned, type Planning } from './planning';
import { PlanStep } from './PlanStep';
import { groundOf } from './revive';
import { joinJob } from './run';
import { isUndoable } from './undo-plan';

const UNDONE = ['join', 'joins'] as const;

/** Many users to many rooms. */
export function JoinRoomsWizard() {
  const session = useSession();
  const navigate = useNavigate();
  const [choice, choose] = useDraft('join-rooms/choose', FIRST_CHOICE);
  const [planning, plan, forget] = useDraft<Planning>('join-rooms/plan', NO_PLANNING);
  const job = useWizardJob('join-rooms', useJobParam());
  const owner = ownerOf(session);
  const signedIn = useSignedInAs(owner);
  const { scan, planned, problem } = planning;

  const change = useCallback(
    (patch: Partial<Choice>) => {
      // A plan is of one choice: another choice needs another plan.
      scan?.cancel();
      forget();
      choose(patch);
    },
    [scan, forget, choose],
  );
  useEffect(() => {
    const patch = handedOver(choice, takeHandover());
    if (Object.keys(patch).length > 0) change(patch);
    // Once, when the wizard is opened: what was handed over then.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  const confirm = (ready: Planned, count: number) => {
    const run = startJob(joinJob(groundOf(owner), ready.items), count);
    // A second run needs a second look.
    forget();
    void navigate(withJob(paths.joinRooms('run'), run.id));
  };

  return (
    <Wizard
      title="Join users to rooms"
      about="Bring many users into many rooms. You see each join before it is made."
      pathOf={paths.joinRooms}
      blocked={{
        plan: scan || planned || problem !== null ? null : 'Choose rooms and users first.',
        confirm: planned ? null : 'There is no plan yet.',
        run: job ? null : 'Nothing runs yet.',
        report: job ? null : 'Nothing ran yet.',
      }}
    >
      {(step: WizardStep) => {
        switch (step) {
          case 'choose':
            return (
              <ChooseStep
                choice={choice}
                session={session}
                onChange={change}
                onNext={(wanted) => {
                  scan?.cancel();
                  beginPlanning(session, wanted, plan);
                  void navigate(paths.joinRooms('plan'));
                }}
              />
            );
          case 'plan':
            if (planned) return <PlanStep planned={planned} onPlan={(next) => plan({ planned: next })} />;
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
              scan && (
                <ScanProgress
                  key={scan.job.id}
                  job={scan.job}
                  signedIn={signedIn}
                  onCancel={() => {
                    scan.cancel();
                    forget();
                    void navigate(paths.joinRooms('choose'));
                  }}
                  {...(scan.goOnWithout && { onGoOnWithout: scan.goOnWithout })}
                >
                  {scan.stage === 'counting'
                    ? 'How many users there are to look at.'
                    : 'Each alias is resolved once, each room’s members are read once, and each user is looked up.'}
                </ScanProgress>
              )
            );
          case 'confirm':
            return planned && <ConfirmJoins planned={planned} onConfirm={(count) => confirm(planned, count)} />;
          case 'run':
            return (
              job && (
                <JobPanel
                  job={job}
                  signedIn={signedIn}
                  reportTo={withJob(paths.joinRooms('report'), job.id)}
                  look={JOIN_LOOK}
                />
              )
            );
          case 'report':
            return (
              job && (
                <ReportView
                  job={job}
                  signedIn={signedIn}
                  look={JOIN_LOOK}
                  undo={{
                    to: withJob(paths.undoJoinRooms(), job.id),
                    noun: UNDONE,
                    counts: canBeUndone,
                    shows: isUndoable,
                  }}
                  notes={
                    <Text size="sm">
                      Done means that the homeserver accepted this job’s request, and that the user’s join is newer than
                      it. Who was in the room already, by this job or by someone else, is skipped.
                    </Text>
                  }
                />
              )
            );
        }
      }}
    </Wizard>
  );
}
