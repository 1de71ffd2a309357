import type { WizardStep } from '~/lib/paths';

export const STEPS = ['choose', 'plan', 'confirm'] as const satisfies readonly WizardStep[];

export const STEP_NAMES: Readonly<Record<WizardStep, string>> = {
  choose: 'Choose',
  plan: 'Plan',
  confirm: 'Confirm',
};

/** Why a step can't be shown now; null or missing: it can. */
export type Blocked = Readonly<Partial<Record<WizardStep, string | null>>>;

/** A step by its name in the URL, or null. */
export function stepFrom(name: string | undefined): WizardStep | null {
  return STEPS.find((step) => step === name) ?? null;
}

/** The step itself, or the last one before it that can be shown. `choose` always can. */
export function nearestStep(asked: WizardStep, blocked: Blocked): WizardStep {
  const before = STEPS.slice(0, STEPS.indexOf(asked) + 1);
  return before.findLast((step) => step === 'choose' || blocked[step] == null) ?? 'choose';
}
