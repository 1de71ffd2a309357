import { describe, expect, test } from 'vitest';
import { english } from '~/lib/english';
import type { Job, Outcome } from './job';
import { Ledger } from './ledger';
import { createJob } from './runner';
import { HandClock } from '~/testing/engine';

const COUNT = 100_000;
const DONE: Outcome = { status: 'done' };

/** A machine on which each look at the clock finds that 1 ms went by, and that counts timers. */
class CountingClock extends HandClock {
  timers = 0;

  override tick(): number {
    this.time += 1;
    return this.time;
  }

  override after(ms: number, callback: () => void): () => void {
    this.timers += 1;
    return super.after(ms, callback);
  }
}

interface Counts {
  describes: number;
  runs: number;
  /** The most items begun or read between two turns of the page. */
  longest: number;
}

function instantJob(clock: CountingClock): { job: Job; counts: Counts } {
  const counts: Counts = { describes: 0, runs: 0, longest: 0 };
  let since = 0;
  let yields = 0;
  const step = () => {
    since = yields === clock.yields ? since + 1 : 1;
    yields = clock.yields;
    counts.longest = Math.max(counts.longest, since);
  };
  const job = createJob<number>(
    {
      kind: 'big',
      title: 'A big one',
      owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
      items: Array.from({ length: COUNT }, (_, index) => index),
      describe(item) {
        counts.describes += 1;
        step();
        return { id: `@user${item}:example.org`, columns: { user: `@user${item}:example.org` } };
      },
      lane: (item) => `!room${item % 1000}:example.org`,
      run() {
        counts.runs += 1;
        step();
        return Promise.resolve(DONE);
      },
      classify: (error) => ({ kind: 'refused', reason: String(error) }),
      repeatable: true,
    },
    clock,
  );
  return { job, counts };
}

describe('100,000 items', () => {
  test('finish, each run once and described once, and the page has its turn all along', async () => {
    const clock = new CountingClock();
    const { job, counts } = instantJob(clock);
    job.start();
    const last = await job.settled();
    expect(last.counts).toEqual({ waiting: 0, running: 0, done: COUNT, skipped: 0, failed: 0, unknown: 0 });
    expect(counts.runs).toBe(COUNT);
    // Once when the items are read, and once for the columns before that: ids and columns are not asked for while it runs.
    expect(counts.describes).toBe(COUNT + 1);
    // 8 ms of looks at the clock, 64 items between two of them while reading.
    expect(counts.longest).toBeLessThanOrEqual(64 * 10);
    expect(clock.pending).toBe(0);
  });

  test('take no timer and no snapshot each', async () => {
    const clock = new CountingClock();
    const { job } = instantJob(clock);
    let snapshots = 0;
    let previous = job.getSnapshot();
    job.subscribe(() => {
      if (job.getSnapshot() !== previous) snapshots += 1;
      previous = job.getSnapshot();
    });
    job.start();
    const { startedAt, endedAt } = await job.settled();
    // By this clock, time goes by with every look: ten snapshots a second of it, and a timer for each at most.
    const most = ((endedAt ?? 0) - (startedAt ?? 0)) / 100 + 20;
    expect(snapshots).toBeLessThanOrEqual(most);
    expect(clock.timers).toBeLessThanOrEqual(2 * most);
  });

  test('keep each message once with the same values, and tell it from words that read like it', () => {
    const ledger = new Ledger(COUNT);
    const message = 'Already {state}.';
    for (let index = 0; index < COUNT; index += 1) {
      ledger.end(
        index,
        'skipped',
        { id: 'spec.already', message, values: { state: ['on', 'off'][index % 2] ?? '' } },
        1,
      );
    }
    expect(ledger.textCount).toBe(3);
    expect(english(ledger.facts(1).reason)).toBe('Already off.');
    ledger.end(1, 'skipped', '["spec.already",{"state":"off"}]', 1);
    expect(ledger.facts(1).reason).toBe('["spec.already",{"state":"off"}]');
    expect(english(ledger.facts(3).reason)).toBe('Already off.');
  });

  test('keep each reason once, however many rows have it', () => {
    const ledger = new Ledger(COUNT);
    const reason = ['already in', 'the room'].join(' ');
    for (let index = 0; index < COUNT; index += 1) ledger.end(index, 'skipped', reason, index);
    expect(ledger.textCount).toBe(2);
    expect(ledger.facts(COUNT - 1)).toEqual({
      status: 'skipped',
      reason: 'already in the room',
      before: undefined,
      attempts: 0,
      endedAt: COUNT - 1,
    });
  });
});
