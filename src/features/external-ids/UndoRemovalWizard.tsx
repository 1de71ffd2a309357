import { Stack, Text } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useDraft } from '~/data/drafts';
import { ownerOf, startJob, useSignedInAs } from '~/data/jobs';
import { useSession } from '~/data/session';
import { useUndoJobs } from '~/data/undo';
import type { Job } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { Id } from '~/ui/Id';
import { JobPanel } from '~/ui/job/JobPanel';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { ReportView } from '~/ui/job/ReportView';
import { ChooseJob } from '~/ui/wizard/ChooseJob';
import { ConfirmStep } from '~/ui/wizard/ConfirmStep';
import { useJobParam, withJob } from '~/ui/wizard/job-param';
import { ScanProgress } from '~/ui/wizard/ScanProgress';
import { StepActions } from '~/ui/wizard/StepActions';
import { Wizard } from '~/ui/wizard/Wizard';
import classes from './external-ids.module.css';
import { UndoPlanStep } from './UndoPlanStep';
import { putBackSpec, UNDO_KIND } from './undo-run';
import { beginUndoScan, NO_UNDO, type UndoPlanned, type UndoState } from './undo-scan';

const LOOK: LedgerLook = {
  idHeader: 'User',
  idCell: (id) => <Id value={id} />,
  cell: (_column, text) => <bdi className={classes.id}>{text}</bdi>,
};

const at = (step: 'choose' | 'plan' | 'run' | 'report', jobId: string) => withJob(paths.undoExternalIds(step), jobId);

/** Puts back what a job of the wizard “Remove external ids” took away. */
export function UndoRemovalWizard() {
  const session = useSession();
  const owner = ownerOf(session);
  const navigate = useNavigate();
  const [state, patch, forget] = useDraft<UndoState>('external-ids/undo', NO_UNDO);
  const { candidates, source, run } = useUndoJobs('external-ids', UNDO_KIND, useJobParam());
  const signedIn = useSignedInAs(owner);
  // A plan is of one job: another job needs another plan.
  const mine = source !== undefined && state.undoes === source.id;
  const reading = mine ? state.reading : null;
  const planned = mine && state.planned?.undoes === source.id ? state.planned : null;

  const makePlan = (job: Job) => {
    state.reading?.cancel();
    patch({ undoes: job.id, reading: null, planned: null });
    void beginUndoScan(session, job, patch);
    void navigate(at('plan', job.id));
  };
  const begin = ({ plan, undoes }: UndoPlanned, count: number) => {
    const started = startJob(putBackSpec(plan.items, { undoes }, owner), count);
    void navigate(at('run', started.id));
    // A second run needs a second look.
    forget();
  };

  return (
    <Wizard
      title="Undo: remove external ids"
      about="Put back the ids that one job removed. You see each user’s ids before anything is sent."
      pathOf={paths.undoExternalIds}
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
                  empty="No removal of external ids was finished in this browser."
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
            if (planned) return <UndoPlanStep planned={planned} />;
            if (!reading) return <Text role="status">Reading the job’s ledger…</Text>;
            return (
              <ScanProgress
                key={reading.job.id}
                job={reading.job}
                signedIn={signedIn}
                look={{ idHeader: 'User' }}
                onCancel={() => {
                  reading.cancel();
                  forget();
                  void navigate(source ? at('choose', source.id) : paths.undoExternalIds());
                }}
                onGoOnWithout={reading.goOnWithout}
              >
                Each user of the job is read, and who holds each removed id now.
              </ScanProgress>
            );
          case 'confirm':
            return planned && <ConfirmPutBack planned={planned} onConfirm={(count) => begin(planned, count)} />;
          case 'run':
            return run && <JobPanel job={run} signedIn={signedIn} reportTo={at('report', run.id)} look={LOOK} />;
          case 'report':
            return (
              run && (
                <ReportView
                  job={run}
                  signedIn={signedIn}
                  look={LOOK}
                  undo="An undo is not undone: to take these ids away again, remove them with a new plan."
                />
              )
            );
        }
      }}
    </Wizard>
  );
}

function ConfirmPutBack({ planned, onConfirm }: { planned: UndoPlanned; onConfirm(count: number): void }) {
  const { items, idCount, hidden, rows } = planned.plan;
  return (
    <ConfirmStep
      what="The ids that the job removed are put back to each user in the plan. Just before, each user is read once more; who has other ids by then is left alone and named. Where another account took an id meanwhile, the homeserver refuses, and nothing of that user changes. Nobody is signed in or out."
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
