import type { WizardStep } from '~/lib/paths';

export const STEPS = ['choose', 'plan', 'confirm', 'run', 'report'] as const satisfies readonly WizardStep[];

export const STEP_NAMES: Readonly<Record<WizardStep, string>> = {
  choose: 'Choose',
  plan: 'Plan',
  confirm: 'Confirm',
  run: 'Run',
  report: 'Report',
};

export type Blocked = Readonly<Partial<Record<WizardStep, string | null>>>;

/** A step by its name in the URL, or null. */
export function stepFrom(name: string | undefined): WizardStep | null {
  return STEPS.find((step) => step === name) ?? null;
}

/** A step that shows a job; the others make the plan of one. */
export const showsJob = (step: WizardStep): boolean => step === 'run' || step === 'report';

const NOT_RUN = 'This plan has not run. Earlier jobs are on the page “Jobs”.';
const NO_JOB = 'There is no such job here. Earlier jobs are on the page “Jobs”.';
const USED = 'The plan of this job has run. The first step begins a new one.';

/**
 * Why a step can't be shown now. A plan and a job are two things: in a plan that has not run, “Run” and “Report” could only open an
 * earlier job, and beside a job “Plan” and “Confirm” could only open the plan of another one.
 * @param at the step that the URL asks for
 * @param plan why the plan and its confirmation can't be shown
 * @param hasJob whether the URL names a job that can be shown
 */
export function blockedSteps(at: WizardStep, plan: Pick<Blocked, 'plan' | 'confirm'>, hasJob: boolean): Blocked {
  if (!showsJob(at)) return { ...plan, run: NOT_RUN, report: NOT_RUN };
  return hasJob ? { plan: USED, confirm: USED } : { ...plan, run: NO_JOB, report: NO_JOB };
}

/** The step itself, or the last one before it that can be shown. `choose` always can. */
export function nearestStep(asked: WizardStep, blocked: Blocked): WizardStep {
  const before = STEPS.slice(0, STEPS.indexOf(asked) + 1);
  return before.findLast((step) => step === 'choose' || blocked[step] == null) ?? 'choose';
}
