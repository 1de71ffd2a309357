import type { WizardStep } from '~/lib/paths';

export const STEPS = ['choose', 'review'] as const satisfies readonly WizardStep[];

export const STEP_NAMES: Readonly<Record<WizardStep, string>> = { choose: 'Choose', review: 'Review' };

/** A step by its name in the URL, or null. The review was two steps once, and links to them still lead there. */
export function stepFrom(name: string | undefined): WizardStep | null {
  if (name === 'plan' || name === 'confirm') return 'review';
  return STEPS.find((step) => step === name) ?? null;
}
