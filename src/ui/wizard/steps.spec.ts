import { describe, expect, it } from 'vitest';
import { blockedSteps, nearestStep, stepFrom } from './steps';

const nothingYet = { plan: 'no', confirm: 'no', run: 'no', report: 'no' };

describe('the steps of a wizard', () => {
  it('a step that can be shown is shown', () => {
    expect(nearestStep('plan', { ...nothingYet, plan: null })).toBe('plan');
    expect(nearestStep('confirm', {})).toBe('confirm');
  });

  it('a reload in the middle leads to the first step: plans live in memory', () => {
    for (const step of ['plan', 'confirm', 'run', 'report'] as const) {
      expect(nearestStep(step, nothingYet)).toBe('choose');
    }
  });

  it('otherwise to the last step before it that can be shown, never past it', () => {
    expect(nearestStep('confirm', { ...nothingYet, plan: null })).toBe('plan');
    expect(nearestStep('plan', { ...nothingYet, run: null, report: null })).toBe('choose');
  });

  it('choosing can always be shown', () => {
    expect(nearestStep('choose', { choose: 'no', ...nothingYet })).toBe('choose');
  });

  it('knows a step by its name, and nothing else', () => {
    expect(stepFrom('report')).toBe('report');
    expect(stepFrom('Report')).toBeNull();
    expect(stepFrom(undefined)).toBeNull();
  });
});

describe('a plan and a job in one wizard', () => {
  const noPlan = { plan: 'no', confirm: 'no' };
  const planned = { plan: null, confirm: null };

  it('in a plan that has not run, “Run” and “Report” are closed, whatever ran before', () => {
    for (const at of ['choose', 'plan', 'confirm'] as const) {
      const blocked = blockedSteps(at, planned, true);
      expect(blocked).toMatchObject({ plan: null, confirm: null });
      expect(blocked.run).toContain('has not run');
      expect(blocked.report).toContain('has not run');
    }
  });

  it('beside a job its plan is used up, though another plan may be there', () => {
    for (const at of ['run', 'report'] as const) {
      const blocked = blockedSteps(at, planned, true);
      expect(blocked.run ?? blocked.report ?? null).toBeNull();
      expect(blocked.plan).toContain('has run');
      expect(blocked.confirm).toContain('has run');
    }
  });

  it('where no job is named there is none to show, and the plan is', () => {
    const blocked = blockedSteps('run', planned, false);
    expect(blocked.run).toContain('no such job');
    expect(nearestStep('run', blocked)).toBe('confirm');
    expect(nearestStep('report', blockedSteps('report', noPlan, false))).toBe('choose');
  });
});
