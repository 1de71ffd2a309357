import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Job, JobSnapshot } from '~/jobs/job';
import { exact } from '~/lib/dates';
import type { WizardStep } from '~/lib/paths';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { Notice } from '~/ui/Notice';
import { ChooseJob } from './ChooseJob';
import { withJob } from './job-param';
import { ScanProgress } from './ScanProgress';
import { StepActions } from './StepActions';
import { Wizard } from './Wizard';
import { wordsOf } from '~/lib/words';

interface UndoWizardProps {
  title: string;
  /** One line: what this does. */
  about: string;
  pathOf(step: WizardStep): string;
  /** As `useUndo` (~/data/undo) tells: what can be undone, what is, and how far its plan is. */
  undo: {
    candidates: readonly JobSnapshot[];
    unfinished: readonly JobSnapshot[];
    source: Job | undefined;
    isMaking: boolean;
    reading: { readonly job: Job; goOnWithout(): void } | null;
    planned: { plan: { items: readonly unknown[] } } | null;
    drop(): void;
  };
  signedIn: boolean;
  /** What to say where there is no job to undo. */
  empty: string;
  /** What there is to enter besides the job. */
  fields?: ReactNode;
  onPlan(job: Job): void;
  scan: { about: string; look?: LedgerLook };
  /** Shown where it is planned. */
  review: ReactNode;
}

/** The same steps as every wizard: what is chosen is a job, and its plan is how it is undone. */
export function UndoWizard(props: UndoWizardProps) {
  const { pathOf, undo, signedIn, scan } = props;
  const { source, reading, planned } = undo;
  const navigate = useNavigate();
  const at = (step: WizardStep, job: Pick<Job, 'id'>) => withJob(pathOf(step), job.id);
  const noSource = 'Choose the job to undo first.';
  return (
    <Wizard
      title={props.title}
      about={props.about}
      pathOf={pathOf}
      blocked={undo.isMaking || planned ? null : noSource}
    >
      {(step) => {
        switch (step) {
          case 'choose':
            return (
              <Stack gap="md">
                <ChooseJob
                  label="Which job is undone?"
                  jobs={undo.candidates}
                  value={source?.id ?? null}
                  onChange={(id) => void navigate(at('choose', { id }), { replace: true })}
                  empty={props.empty}
                />
                {undo.unfinished.map(({ id, title }) => (
                  <Notice key={id} title={<bdi>{wordsOf(title)}</bdi>}>
                    This job is not finished. Let it finish or stop it first, then it can be undone.
                  </Notice>
                ))}
                {undo.candidates.length > 0 && (
                  <>
                    {props.fields}
                    <StepActions
                      next={{
                        label: 'Review',
                        disabled: source ? null : noSource,
                        onClick: () => {
                          if (!source) return;
                          props.onPlan(source);
                          void navigate(at('review', source));
                        },
                      }}
                    />
                  </>
                )}
              </Stack>
            );
          case 'review':
            return planned ? (
              <>
                {source && <Text size="sm">{undoWords(source.getSnapshot())}</Text>}
                {props.review}
              </>
            ) : !reading ? (
              <Text role="status">Reading what the job changed…</Text>
            ) : (
              <ScanProgress
                key={reading.job.id}
                reading={reading}
                mayGoWithout
                signedIn={signedIn}
                {...(scan.look && { look: scan.look })}
                onDrop={undo.drop}
                onCancel={() => {
                  undo.drop();
                  void navigate(source ? at('choose', source) : pathOf('choose'));
                }}
              >
                {scan.about}
              </ScanProgress>
            );
        }
      }}
    </Wizard>
  );
}

/** Which job is undone: another of the same title may have ended at another time. */
function undoWords({ title, endedAt }: JobSnapshot) {
  return (
    <>
      Undo of “<bdi>{wordsOf(title)}</bdi>”{endedAt !== null && `, ended ${exact(endedAt)}`}
    </>
  );
}
