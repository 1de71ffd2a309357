import { describe, expect, it } from 'vitest';
import { nearestStep, stepFrom } from './steps';

const nothingYet = { plan: 'no', confirm: 'no' };

describe('the steps of a wizard', () => {
  it('a step that can be shown is shown', () => {
    expect(nearestStep('plan', { ...nothingYet, plan: null })).toBe('plan');
    expect(nearestStep('confirm', {})).toBe('confirm');
  });

  it('a reload in the middle leads to the first step: plans live in memory', () => {
    for (const step of ['plan', 'confirm'] as const) expect(nearestStep(step, nothingYet)).toBe('choose');
  });

  it('otherwise to the last step before it that can be shown, never past it', () => {
    expect(nearestStep('confirm', { ...nothingYet, plan: null })).toBe('plan');
    expect(nearestStep('plan', { ...nothingYet, confirm: null })).toBe('choose');
  });

  it('choosing can always be shown', () => {
    expect(nearestStep('choose', { choose: 'no', ...nothingYet })).toBe('choose');
  });

  it('knows a step by its name, and nothing else', () => {
    expect(stepFrom('confirm')).toBe('confirm');
    expect(stepFrom('Confirm')).toBeNull();
    expect(stepFrom('report')).toBeNull();
    expect(stepFrom(undefined)).toBeNull();
  });
});
