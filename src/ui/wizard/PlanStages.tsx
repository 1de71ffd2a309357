import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useNavigate } from 'react-router';
import type { ReactNode } from 'react';
import type { Job } from '~/jobs/job';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { Notice } from '~/ui/Notice';
import { ScanProgress } from './ScanProgress';

interface PlanStagesProps<Plan> {
  /** As `usePlan` (~/job-store/drafts) gives it. */
  plan: {
    readonly planned: Plan | null;
    readonly problem: string | null;
    readonly reading: { readonly job: Job; readonly stage: string; goOnWithout(): void } | null;
  };
  /** Whether the account that began the reading is signed in (`useSignedInAs(owner)`). */
  signedIn: boolean;
  /** What is read at a stage, in a sentence: “Each user’s external IDs are read, one request a user.” */
  reads(stage: string): string;
  /** Whether a plan can be made without what could not be read at this stage. */
  mayGoWithout(stage: string): boolean;
  look?(stage: string): LedgerLook;
  /** Drops the plan, which stops the reading. */
  onDrop(): void;
  /** The page that is shown after a click on “Cancel”; missing: this one. */
  cancelTo?: string;
  problemTitle?: string;
  /** Plans again after a problem. */
  onRetry?(): void;
  /** Below the reason why there is no plan: what to do then. */
  afterProblem?: ReactNode;
  /** Where there is no plan, nothing is read for one, and nothing went wrong. */
  otherwise?: ReactNode;
  /** The plan itself. */
  children(planned: Plan): ReactNode;
}

/** One after the other: what is read for a plan with its progress, and then the plan, or the reason why there is none. */
export function PlanStages<Plan>(props: PlanStagesProps<Plan>) {
  const { plan, signedIn, reads, mayGoWithout, look, onDrop, cancelTo, onRetry, problemTitle } = props;
  const { planned, problem, reading } = plan;
  const navigate = useNavigate();
  const { t } = useLingui();
  if (planned !== null) return props.children(planned);
  if (problem !== null) {
    return (
      <>
        <Notice tone="warning" role="alert" title={problemTitle ?? t`No plan was made`}>
          {problem}
          {onRetry && (
            <Button size="xs" variant="default" mt="xs" display="block" onClick={onRetry}>
              <Trans>Try again</Trans>
            </Button>
          )}
        </Notice>
        {props.afterProblem}
      </>
    );
  }
  if (!reading) return props.otherwise ?? null;
  const { job, stage } = reading;
  return (
    <ScanProgress
      key={job.id}
      reading={reading}
      signedIn={signedIn}
      onDrop={onDrop}
      onCancel={() => {
        onDrop();
        if (cancelTo !== undefined) void navigate(cancelTo);
      }}
      mayGoWithout={mayGoWithout(stage)}
      {...(look && { look: look(stage) })}
    >
      {reads(stage)}
    </ScanProgress>
  );
}
