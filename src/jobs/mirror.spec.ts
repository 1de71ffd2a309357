import { describe, expect, test } from 'vitest';
import type { JobSnapshot, JobSpec } from './job';
import { Recollection, type Entry, type Journal } from './journal';
import { createMirror, type News } from './mirror';
import { createJob } from './runner';
import { HandClock, settle } from '~/testing/engine';

const COUNT = 100_000;

/** A machine on which each look at the clock finds that 1 ms went by. */
class SlowClock extends HandClock {
  looks = 0;
  /** The most looks between two turns of the page. */
  longest = 0;
  #breathsBefore = 0;

  override tick(): number {
    this.looks = this.#breathsBefore === this.yields ? this.looks + 1 : 1;
    this.#breathsBefore = this.yields;
    this.longest = Math.max(this.longest, this.looks);
    this.time += 1;
    return this.time;
  }
}

const spec: JobSpec<number> = {
  kind: 'big',
  title: 'A big one',
  owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
  items: Array.from({ length: COUNT }, (_, index) => index),
  describe: (item) => ({ id: `@user${item}:example.org`, columns: {} }),
  run: () => Promise.resolve({ status: 'done' }),
  classify: (error) => ({ kind: 'refused', reason: String(error) }),
  repeatable: true,
};

function mirrored() {
  const clock = new SlowClock();
  const snapshot: JobSnapshot = { ...createJob(spec, clock).getSnapshot(), elsewhere: true };
  const mirror = createMirror(spec, clock, { snapshot, rows: new Recollection(COUNT), ask: () => undefined });
  return { clock, mirror, snapshot };
}

const news = (entries: readonly Entry[]): News => ({ batches: inBatches(entries), isWhole: false });

/** As a log tells it: a thousand entries a text. */
async function* inBatches(entries: readonly Entry[]): AsyncGenerator<Entry[]> {
  for (let from = 0; from < entries.length; from += 1000) {
    await Promise.resolve();
    yield entries.slice(from, from + 1000);
  }
}

const ends = Array.from({ length: COUNT }, (_, index): Entry => ['end', index, 'done', 'well', 1, 5]);
const sents = Array.from({ length: COUNT }, (_, index): Entry => ['sent', index]);

describe('100,000 items that another tab runs', () => {
  test('are taken with the page’s turn in between, and shown when all are there', async () => {
    const { clock, mirror, snapshot } = mirrored();
    const { version } = mirror.getSnapshot();
    let snapshots = 0;
    mirror.subscribe(() => (snapshots += 1));
    const counts = { ...snapshot.counts, waiting: 0, done: COUNT };
    await mirror.take(news(ends), () => ({ ...snapshot, counts, state: { phase: 'finished' } }));
    expect(mirror.row(0)).toMatchObject({ status: 'done', reason: 'well' });
    expect(mirror.indexes(['done'])).toHaveLength(COUNT);
    expect(mirror.getSnapshot().state.phase).toBe('finished');
    expect(mirror.getSnapshot().version).toBeGreaterThan(version);
    expect(snapshots).toBe(1);
    // 8 ms of looks at the clock, with 64 items between two.
    expect(clock.yields).toBeGreaterThan(COUNT / 64 / 10 - 1);
    expect(clock.longest).toBeLessThan(20);
  });

  test('are told anew where their journal was written anew', async () => {
    const { clock, mirror, snapshot } = mirrored();
    await mirror.take(news([['end', 0, 'failed', 'first', 2, 5]]), () => snapshot);
    await mirror.take({ ...news(ends.slice(1)), isWhole: true }, () => snapshot);
    expect(mirror.row(0)).toMatchObject({ status: 'waiting', reason: '', attempts: 0 });
    expect(mirror.indexes(['done'])).toHaveLength(COUNT - 1);
    expect(clock.longest).toBeLessThan(20);
  });

  test('are unknown where they were in flight when that tab went away: told with the page’s turn in between, too', async () => {
    const { clock, mirror, snapshot } = mirrored();
    await mirror.take(news(sents), () => snapshot);
    expect(mirror.indexes(['unknown'])).toHaveLength(0);
    expect(mirror.row(0).unanswered).toBeUndefined();
    const before = clock.yields;
    const { elsewhere: _elsewhere, ...rest } = snapshot;
    await mirror.take(news([]), () => rest);
    expect(mirror.indexes(['unknown'])).toHaveLength(COUNT);
    expect(mirror.row(0).unanswered).toBe(true);
    expect(clock.yields - before).toBeGreaterThan(COUNT / 64 / 10 - 1);
    expect(clock.longest).toBeLessThan(20);
  });
});

test.each([
  ['pause', 'pausing'],
  ['stop', 'stopping'],
] as const)(
  'what another tab asks for (%s) is written at once, not when what is in flight ends',
  async (ask, phase) => {
    let written: JobSnapshot['state'] | undefined;
    const journal: Journal = { write: (_entries, { state }) => Promise.resolve(void (written = state)) };
    const hanging: JobSpec<number> = { ...spec, items: [1, 2], run: () => new Promise(() => undefined) };
    const job = createJob(hanging, new HandClock(), { journal });
    job.start();
    await settle();
    expect(written?.phase).toBe('running');
    job[ask]();
    await settle();
    expect(written?.phase).toBe(phase);
  },
);
