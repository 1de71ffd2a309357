import { msg, t } from '@lingui/core/macro';
import type { WizardStep } from '~/lib/paths';
import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';

export const STEPS = ['choose', 'review'] as const satisfies readonly WizardStep[];

export const STEP_NAMES: Readonly<Record<WizardStep, Text>> = { choose: msg`Choose`, review: msg`Review` };

/** A step by its name in the URL, or null. The review was two steps once, and links to them still lead there. */
export function stepFrom(name: string | undefined): WizardStep | null {
  if (name === 'plan' || name === 'confirm') return 'review';
  return STEPS.find((step) => step === name) ?? null;
}

/** “Step 1 of 2: Choose” */
export function stepWords(step: WizardStep): string {
  const number = STEPS.indexOf(step) + 1;
  const all = STEPS.length;
  const name = wordsOf(STEP_NAMES[step]);
  return t`Step ${number} of ${all}: ${name}`;
}
