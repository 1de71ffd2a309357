import { describe, expect, it } from 'vitest';
import type { JobSnapshot } from '~/jobs/job';
import { countWords, keptWords, lostWords, paceWords, percent, stateWords } from './words';

function snapshot(overrides: Partial<JobSnapshot> = {}): JobSnapshot {
  return {
    id: 'x',
    kind: 'test',
    title: 'Test',
    owner: { baseUrl: 'https://hs.example', userId: '@admin:hs.example' },
    state: { phase: 'running', canary: false },
    total: 2000,
    counts: { done: 0, skipped: 0, failed: 0, unknown: 0, running: 0, waiting: 2000 },
    startedAt: 0,
    endedAt: null,
    ratePerSecond: null,
    remainingMs: null,
    waitingUntil: null,
    concurrency: 4,
    canVerify: true,
    scan: false,
    version: 0,
    ...overrides,
  };
}
const counts = (some: Partial<JobSnapshot['counts']>) => ({ ...snapshot().counts, waiting: 0, ...some });
const over = (some: Partial<JobSnapshot['counts']>) =>
  stateWords(snapshot({ state: { phase: 'finished' }, counts: counts(some) }), 0);

describe('a job in words', () => {
  it('says of a finished job where a request got no answer, apart from what was not started', () => {
    const unsettled = { count: 3, isLooking: false, lookedAt: null };
    const stopped = snapshot({ state: { phase: 'stopped' }, counts: counts({ waiting: 89, unknown: 3 }), unsettled });
    expect(stateWords(stopped, 0)).toBe('Stopped: 89 items were not started. 3 items had a request without an answer');
    const finished = snapshot({ state: { phase: 'finished' }, counts: counts({ done: 9 }), unsettled });
    expect(stateWords(finished, 0)).toBe('Finished. 3 items had a request without an answer');
  });

  it('says how long it waits when the homeserver asks to slow down, and stops saying so afterwards', () => {
    const waiting = snapshot({ waitingUntil: 10_000 });
    expect(stateWords(waiting, 6000)).toBe('Waiting 4 s: the homeserver asked Glia to slow down');
    expect(stateWords(waiting, 10_001)).toBe('Running, 4 requests in parallel');
  });

  it('never calls a run with failures or unknown items simply finished', () => {
    expect(over({ done: 2000 })).toBe('Finished');
    expect(over({ done: 1999, failed: 1 })).toBe('Finished with problems');
    expect(over({ done: 1999, unknown: 1 })).toBe('Finished with problems');
  });

  it('is at 100 per cent only when every item has ended', () => {
    expect(percent(snapshot({ counts: counts({ done: 1999, running: 1 }) }))).toBe(99);
    expect(percent(snapshot({ counts: counts({ done: 1990, failed: 10 }) }))).toBe(100);
    expect(percent(snapshot({ total: 0, counts: counts({}) }))).toBe(100);
  });

  it('counts what there is, and leaves out what is none', () => {
    expect(countWords(snapshot({ counts: counts({ done: 1204, failed: 7 }) }))).toBe('1,204 done, 7 failed');
    expect(countWords(snapshot({ total: 0, counts: counts({}) }))).toBe('nothing to do');
  });

  it('of a lost record says how far the job was known and when, and never that something still waits', () => {
    const at = Date.UTC(2026, 0, 1);
    const lost = snapshot({
      state: { phase: 'lost', at, reason: 'The disk is full.' },
      counts: counts({ done: 1200, skipped: 3, failed: 1, unknown: 2, waiting: 794 }),
    });
    expect(lostWords(lost)).toMatch(/^1,204 of 2,000 items had finished when .* \(20\d\d-.*\)\. Make a new plan/);
    expect(lostWords({ ...lost, elsewhere: true })).toMatch(
      /^1,204 of 2,000 .*\. Only the tab that runs the job knows/,
    );
    expect(countWords(lost)).toBe('1,200 done, 3 skipped, 1 failed, 2 unknown');
    expect(stateWords(lost, at)).toMatch(/^As it was at /);
    expect(lostWords(snapshot())).toBe('');
  });

  it('never says that something waits which a stopped job left out', () => {
    const stopped = snapshot({ state: { phase: 'stopped' }, counts: counts({ done: 38, waiting: 109 }) });
    expect(countWords(stopped)).toBe('38 done, 109 not started');
  });

  it('says that it keeps running only while it runs', () => {
    const paused = { phase: 'paused', why: 'asked', reason: '' } as const;
    expect(keptWords(snapshot())).toContain('keeps running');
    for (const kept of [{ ok: true }, { ok: false, reason: '' }] as const) {
      expect(keptWords(snapshot({ state: paused, kept }))).toMatch(/^Nothing is sent while the job is paused/);
    }
  });

  it('says a slow pace by the minute', () => {
    expect(paceWords(snapshot({ ratePerSecond: 12.4, remainingMs: 200_000 }))).toBe(
      '12 a second, about 3 min 20 s left',
    );
    expect(paceWords(snapshot({ ratePerSecond: 0.4 }))).toBe('24 a minute');
    expect(paceWords(snapshot())).toBe('');
  });
});
