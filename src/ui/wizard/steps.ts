import type { WizardStep } from '~/lib/paths';

export const STEPS = ['choose', 'plan', 'confirm', 'run', 'report'] as const satisfies readonly WizardStep[];

export const STEP_NAMES: Readonly<Record<WizardStep, string>> = {
  choose: 'Choose',
  plan: 'Plan',
  confirm: 'Confirm',
  run: 'Run',
  report: 'Report',
};

/** A step by its name in the URL, or null. */
export function stepFrom(name: string | undefined): WizardStep | null {
  return STEPS.find((step) => step === name) ?? null;
}

/** The step itself, or the last one before it that can be shown. `choose` always can. */
export function nearestStep(asked: WizardStep, blocked: Partial<Record<WizardStep, string | null>>): WizardStep {
  const before = STEPS.slice(0, STEPS.indexOf(asked) + 1);
  return before.findLast((step) => step === 'choose' || blocked[step] == null) ?? 'choose';
}
