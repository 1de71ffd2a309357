import { Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useDraft } from '~/data/drafts';
import { ownerOf, startJob, useSignedInAs } from '~/data/jobs';
import { useSession } from '~/data/session';
import { useUndoJobs } from '~/data/undo';
import type { Job } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { JobPanel } from '~/ui/job/JobPanel';
import { ReportView } from '~/ui/job/ReportView';
import { ChooseJob } from '~/ui/wizard/ChooseJob';
import { useJobParam, withJob } from '~/ui/wizard/job-param';
import { ScanProgress } from '~/ui/wizard/ScanProgress';
import { StepActions } from '~/ui/wizard/StepActions';
import { Wizard } from '~/ui/wizard/Wizard';
import { ConfirmUndo } from './ConfirmUndo';
import { JOIN_LOOK } from './look';
import { OwnLimitNote } from './OwnLimitNote';
import { groundOf } from './revive';
import { isLifted } from './undo-plan';
import { UndoPlanStep } from './UndoPlanStep';
import { UNDO_KIND, undoJoinsSpec } from './undo-run';
import { beginUndoScan, NO_UNDO, type UndoPlanned, type UndoState } from './undo-scan';

const FIRST_REASON = { reason: 'Joined by mistake' };

const at = (step: 'choose' | 'plan' | 'run' | 'report', jobId: string) => withJob(paths.undoJoinRooms(step), jobId);

/** Takes users out of the rooms again into which one job joined them. */
export function UndoJoinsWizard() {
  const session = useSession();
  const owner = ownerOf(session);
  const navigate = useNavigate();
  const [{ reason }, enter] = useDraft('join-rooms/undo-reason', FIRST_REASON);
  const [state, patch, forget] = useDraft<UndoState>('join-rooms/undo', NO_UNDO);
  const { candidates, source, run } = useUndoJobs('join-rooms', UNDO_KIND, useJobParam());
  const signedIn = useSignedInAs(owner);
  // A plan is of one job: another job needs another plan.
  const mine = source !== undefined && state.undoes === source.id;
  const reading = mine ? state.reading : null;
  const planned = mine && state.planned?.undoes === source.id ? state.planned : null;

  const ground = groundOf(owner, paths.undoJoinRooms('run'));
  const makePlan = (job: Job) => {
    state.reading?.cancel();
    patch({ undoes: job.id, reading: null, planned: null });
    void beginUndoScan(session, job, patch);
    void navigate(at('plan', job.id));
  };
  const begin = ({ plan, undoes, findings }: UndoPlanned, count: number) => {
    const facts = { undoes, reason: reason.trim(), unlimited: isLifted(findings.limit) };
    const started = startJob(undoJoinsSpec(ground, facts, plan.items), count);
    void navigate(at('run', started.id));
    // A second run needs a second look.
    forget();
  };
  const limitNote = run && <OwnLimitNote job={run} session={session} signedIn={signedIn} />;

  return (
    <Wizard
      title="Undo: join users to rooms"
      about="Take users out of the rooms again into which one job joined them. You see each removal before it is made."
      pathOf={paths.undoJoinRooms}
      blocked={{
        plan: mine ? null : 'Choose the job to undo first.',
        confirm: planned && planned.plan.items.length > 0 ? null : 'There is no plan yet with something to do.',
        run: run ? null : 'Nothing runs yet.',
        report: run ? null : 'Nothing ran yet.',
      }}
    >
      {(step) => {
        switch (step) {
          case 'choose':
            return (
              <Stack gap="md">
                <ChooseJob
                  label="Which job is undone?"
                  jobs={candidates}
                  value={source?.id ?? null}
                  onChange={(id) => void navigate(at('choose', id), { replace: true })}
                  empty="No job of “Join users to rooms” was finished in this browser."
                />
                <TextInput
                  label="Reason"
                  description="Everybody in the room sees it beside each removal, and so does the user. May be empty."
                  value={reason}
                  onChange={(event) => enter({ reason: event.currentTarget.value })}
                  maw={480}
                />
                <StepActions
                  next={{
                    label: 'Make the plan',
                    disabled: source ? null : 'Choose the job to undo first.',
                    onClick: () => source && makePlan(source),
                  }}
                />
              </Stack>
            );
          case 'plan':
            if (planned) return <UndoPlanStep planned={planned} onPlan={(next) => patch({ planned: next })} />;
            if (!reading) return <Text role="status">Reading the job’s ledger…</Text>;
            return (
              <ScanProgress
                key={reading.job.id}
                job={reading.job}
                signedIn={signedIn}
                onCancel={() => {
                  reading.cancel();
                  forget();
                  void navigate(source ? at('choose', source.id) : paths.undoJoinRooms());
                }}
                onGoOnWithout={reading.goOnWithout}
              >
                Who is in each room of the job now, what power you have there, and your own rate limit.
              </ScanProgress>
            );
          case 'confirm':
            return (
              planned && (
                <ConfirmUndo planned={planned} reason={reason.trim()} onConfirm={(count) => begin(planned, count)} />
              )
            );
          case 'run':
            return (
              run && (
                <JobPanel
                  job={run}
                  signedIn={signedIn}
                  reportTo={at('report', run.id)}
                  look={JOIN_LOOK}
                  notes={limitNote}
                />
              )
            );
          case 'report':
            return (
              run && (
                <ReportView
                  job={run}
                  signedIn={signedIn}
                  look={JOIN_LOOK}
                  notes={limitNote}
                  undo="An undo is not undone: to bring these users back, join them with a new plan."
                />
              )
            );
        }
      }}
    </Wizard>
  );
}
