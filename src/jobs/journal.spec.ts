import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JobSnapshot, JobSpec, Json, Outcome } from './job';
import { CUT_OFF, Recollection, type Entry, type Journal } from './journal';
import { mayStillCome } from './retries';
import { restingState, type Restored } from './restored';
import { createJob } from './runner';
import { HandClock, names, settle } from '~/testing/engine';

/** A disk in hand: what is written is durable only when the spec says so, and a page that is gone lands nothing more. */
class Disk implements Journal {
  readonly entries: Entry[] = [];
  snapshot: JobSnapshot | null = null;
  isSlow = false;
  fails: string | null = null;
  #pending: (() => void)[] = [];

  write(entries: readonly Entry[], snapshot: JobSnapshot): Promise<void> {
    if (this.fails !== null) return Promise.reject(new Error(this.fails));
    const land = () => {
      this.entries.push(...(JSON.parse(JSON.stringify(entries)) as Entry[]));
      this.snapshot = snapshot;
    };
    if (!this.isSlow) {
      land();
      return Promise.resolve();
    }
    return new Promise((resolve) =>
      this.#pending.push(() => {
        land();
        resolve();
      }),
    );
  }

  async land(): Promise<void> {
    for (const land of this.#pending.splice(0)) land();
    await settle();
  }

  crash(): void {
    this.#pending = [];
  }

  restore(size: number): Restored {
    const { snapshot } = this;
    if (!snapshot) throw new Error('Nothing was written.');
    const { id, state, startedAt, endedAt } = snapshot;
    return { id, state: restingState(state), startedAt, endedAt, rows: new Recollection(size).read(this.entries) };
  }
}

/** A homeserver: what it did and what it was asked, whatever becomes of the page. */
class Server {
  readonly done = new Map<string, number>();
  readonly asked: string[] = [];
  /** Items that are on their way; each is answered by the spec, or its page is gone. */
  readonly calls: { item: string; act(): void; answer(): Promise<void> }[] = [];
  isGone = false;

  spec(items: readonly string[], overrides: Partial<JobSpec<string>> = {}): JobSpec<string> {
    const page = { isGone: false };
    this.#page = page;
    return {
      kind: 'try-out',
      title: 'Try it out',
      owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
      items,
      describe: (item) => ({ id: item, columns: {} }),
      run: (item) => {
        if (page.isGone) return new Promise<Outcome>(() => undefined);
        this.asked.push(item);
        return new Promise((resolve) => {
          let acted = false;
          const act = () => {
            if (!acted) this.done.set(item, (this.done.get(item) ?? 0) + 1);
            acted = true;
          };
          const call = {
            item,
            act,
            answer: async () => {
              act();
              this.calls.splice(this.calls.indexOf(call), 1);
              resolve({ status: 'done' });
              await settle();
            },
          };
          this.calls.push(call);
        });
      },
      verify: (item) =>
        Promise.resolve(this.done.has(item) ? { status: 'done', reason: 'Verified.' } : { status: 'not-done' }),
      classify: (error) => ({ kind: 'refused', reason: String(error) }),
      repeatable: false,
      policy: { canary: 0 },
      ...overrides,
    };
  }

  #page = { isGone: false };

  /** The page's process is killed: some of what was in flight reaches the server all the same. */
  crash(reaches: (index: number) => boolean): void {
    this.#page.isGone = true;
    for (const [index, call] of this.calls.splice(0).entries()) if (reaches(index)) call.act();
  }
}

const all = (rows: Recollection) => [0, 1, 2, 3].map((index) => rows.row(index));

describe('promise 7: close the tab, lose power, come back', () => {
  test('the job is there, paused, with its ledger; what was in flight is unknown', async () => {
    const disk = new Disk();
    const server = new Server();
    const items = names(30);
    const job = createJob(server.spec(items, { policy: { canary: 0, concurrency: 2 } }), new HandClock(), {
      journal: disk,
    });
    job.start();
    await settle();
    await server.calls[0]?.answer();
    server.crash(() => false);
    const restored = disk.restore(items.length);
    const back = createJob(server.spec(items), new HandClock(), { journal: disk, restored });
    expect(back.id).toBe(job.id);
    expect(back.getSnapshot()).toMatchObject({ state: { phase: 'paused' }, counts: { done: 1, running: 0 } });
    expect(back.row(0)).toMatchObject({ status: 'done', attempts: 1 });
    expect(back.row(1)).toMatchObject({ status: 'unknown', reason: CUT_OFF });
    expect(back.row(29).status).toBe('waiting');
  });

  test('nothing is sent before the journal knows of it', async () => {
    const disk = new Disk();
    disk.isSlow = true;
    const server = new Server();
    const job = createJob(server.spec(names(2)), new HandClock(), { journal: disk });
    job.start();
    await settle();
    expect(server.asked).toEqual([]);
    await disk.land();
    await disk.land();
    expect(server.asked).toEqual(['a1', 'a2']);
  });

  test('an outcome is in the journal before the next item of its lane is sent', async () => {
    const disk = new Disk();
    const server = new Server();
    const job = createJob(server.spec(names(2), { lane: () => 'one' }), new HandClock(), { journal: disk });
    job.start();
    await settle();
    disk.isSlow = true;
    await server.calls[0]?.answer();
    expect(server.asked).toEqual(['a1']);
    await disk.land();
    expect(disk.entries.map(([what, index]) => `${what} ${index}`)).toContain('end 0');
    await disk.land();
    expect(server.asked).toEqual(['a1', 'a2']);
  });

  test('going on looks at the unknown ones first, then runs the rest; nothing that was done is repeated', async () => {
    const disk = new Disk();
    const server = new Server();
    const items = names(5);
    createJob(server.spec(items, { policy: { canary: 0, concurrency: 2 } }), new HandClock(), {
      journal: disk,
    }).start();
    await settle();
    server.crash((index) => index === 0);
    const back = createJob(server.spec(items), new HandClock(), { journal: disk, restored: disk.restore(5) });
    back.resume();
    await settle();
    while (server.calls[0]) await server.calls[0].answer();
    expect(back.getSnapshot()).toMatchObject({ state: { phase: 'finished' }, counts: { done: 5, unknown: 0 } });
    expect([...server.done.values()]).toEqual([1, 1, 1, 1, 1]);
    expect(back.row(0)).toMatchObject({ reason: mayStillCome('Verified.'), unanswered: true });
  });

  test('each try is told, in every later page too, that an earlier one may still land, and what it kept', async () => {
    const disk = new Disk();
    const server = new Server();
    const told: [item: string, sentEarlier: boolean, kept: Json | undefined][] = [];
    /** Keeps a state, sends, and is cut off: every page but the last one goes away. */
    const spec = (end: Promise<Outcome> = new Promise(() => undefined)) =>
      server.spec(names(2), {
        policy: { canary: 0, concurrency: 1 },
        async run(item, { sentEarlier, kept, keepBefore }) {
          told.push([item, sentEarlier, kept]);
          await keepBefore('as it was');
          return end;
        },
      });
    const comeBack = async (end?: Promise<Outcome>) => {
      const back = createJob(spec(end), new HandClock(), { journal: disk, restored: disk.restore(2) });
      back.verifyUnknown();
      await settle();
      return back;
    };
    createJob(spec(), new HandClock(), { journal: disk }).start();
    await settle();
    expect(told.splice(0)).toEqual([['a1', false, undefined]]);
    // Looked for in vain in one page, and sent again only in the one after.
    await comeBack();
    const refused = await comeBack(Promise.resolve({ status: 'failed', reason: 'Forbidden' }));
    refused.resume();
    await settle();
    // The second one was only marked ahead, which the journal can't tell from sent.
    expect(told.splice(0)).toEqual([
      ['a1', true, 'as it was'],
      ['a2', true, undefined],
    ]);
    refused.retryFailed();
    await settle();
    expect(told).toEqual([
      ['a1', true, 'as it was'],
      ['a2', true, 'as it was'],
    ]);
  });

  test('a try that was answered is no earlier one that may still land', async () => {
    const disk = new Disk();
    const told: boolean[] = [];
    const spec = (reason: string) =>
      new Server().spec(names(1), {
        run: (_item, { sentEarlier }) => {
          told.push(sentEarlier);
          return Promise.resolve({ status: 'failed', reason });
        },
      });
    createJob(spec('Forbidden'), new HandClock(), { journal: disk }).start();
    await settle();
    const back = createJob(spec('Forbidden'), new HandClock(), { journal: disk, restored: disk.restore(1) });
    back.retryFailed();
    await settle();
    expect(told).toEqual([false, false]);
  });

  test('verifying a job that came back runs nothing: only going on does', async () => {
    const disk = new Disk();
    const server = new Server();
    createJob(server.spec(names(30), { policy: { canary: 0, concurrency: 2 } }), new HandClock(), {
      journal: disk,
    }).start();
    await settle();
    server.crash(() => false);
    const asked = server.asked.length;
    const back = createJob(server.spec(names(30)), new HandClock(), { journal: disk, restored: disk.restore(30) });
    back.verifyUnknown();
    await settle();
    expect(back.getSnapshot()).toMatchObject({ state: { phase: 'paused' }, counts: { unknown: 0, waiting: 30 } });
    expect(server.asked).toHaveLength(asked);
    back.resume();
    await settle();
    expect(server.asked.length).toBeGreaterThan(asked);
  });

  test('a stopped job comes back stopped: what it left out never runs', async () => {
    const disk = new Disk();
    const server = new Server();
    const job = createJob(server.spec(names(4), { policy: { canary: 0, concurrency: 1 } }), new HandClock(), {
      journal: disk,
    });
    job.start();
    await settle();
    job.stop();
    await server.calls[0]?.answer();
    const back = createJob(server.spec(names(4)), new HandClock(), { journal: disk, restored: disk.restore(4) });
    expect(back.getSnapshot()).toMatchObject({ state: { phase: 'stopped' }, counts: { done: 1, waiting: 3 } });
    back.resume();
    await settle();
    expect(server.asked).toEqual(['a1']);
  });

  test('where nothing can be kept, the job asks before anything is sent, and runs on when told to', async () => {
    const disk = new Disk();
    disk.fails = 'The disk is full.';
    const server = new Server();
    const job = createJob(server.spec(names(3)), new HandClock(), { journal: disk });
    job.start();
    await settle();
    expect(job.getSnapshot().state).toEqual({ phase: 'paused', why: 'unkept', reason: 'The disk is full.' });
    expect(server.asked).toEqual([]);
    job.resume();
    await settle();
    while (server.calls[0]) await server.calls[0].answer();
    expect(job.getSnapshot()).toMatchObject({
      state: { phase: 'finished' },
      counts: { done: 3 },
      kept: { ok: false, reason: 'The disk is full.' },
    });
  });

  test('a disk that is full in the middle pauses the job: what is in flight ends, nothing more is sent', async () => {
    const disk = new Disk();
    const server = new Server();
    const job = createJob(server.spec(names(40), { policy: { canary: 0, concurrency: 2 } }), new HandClock(), {
      journal: disk,
    });
    job.start();
    await settle();
    disk.fails = 'The disk is full.';
    for (let call = server.calls[0]; call; call = server.calls[0]) await call.answer();
    const { state, counts } = job.getSnapshot();
    expect(state).toMatchObject({ phase: 'paused', why: 'unkept' });
    expect(counts.done).toBe(server.asked.length);
    expect(counts.waiting).toBe(40 - server.asked.length);
    job.resume();
    await settle();
    for (let call = server.calls[0]; call; call = server.calls[0]) await call.answer();
    expect(job.getSnapshot()).toMatchObject({ state: { phase: 'finished' }, counts: { done: 40 } });
    expect(new Set(server.asked).size).toBe(40);
  });

  test('a disk that is full when a pause is written down: that is what the paused job asks about', async () => {
    const disk = new Disk();
    const server = new Server();
    const job = createJob(server.spec(names(9), { policy: { canary: 0, concurrency: 1 } }), new HandClock(), {
      journal: disk,
    });
    job.start();
    await settle();
    job.pause();
    disk.fails = 'The disk is full.';
    await server.calls[0]?.answer();
    expect(job.getSnapshot().state).toEqual({ phase: 'paused', why: 'unkept', reason: 'The disk is full.' });
    job.resume();
    await settle();
    for (let call = server.calls[0]; call; call = server.calls[0]) await call.answer();
    expect(job.getSnapshot()).toMatchObject({ state: { phase: 'finished' }, counts: { done: 9 } });
  });

  test('a lighter reason never takes the place of a weightier one: pausing what is paused changes nothing', async () => {
    const disk = new Disk();
    disk.fails = 'The disk is full.';
    const job = createJob(new Server().spec(names(2)), new HandClock(), { journal: disk });
    job.start();
    await settle();
    job.pause();
    await settle();
    expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'unkept' });
  });

  test('a journal made shorter tells the same', () => {
    const before: Entry[] = [
      ['sent', 0],
      ['before', 0, { was: 1 }],
      ['end', 0, 'done', 'ok', 1, 5],
      ['sent', 1],
      ['back', 1, 'busy', 1],
      ['sent', 2],
      ['stop'],
      ['back', 2, 'not done', 1, true],
      ['sent', 2],
      ['end', 2, 'failed', 'Forbidden', 2, 6],
      ['back', 3, 'not done', 1, true],
      ['sent', 3],
    ];
    const long = new Recollection(4).read(before);
    expect(all(new Recollection(4).read(long.entries()))).toEqual(all(long));
    expect(long.row(1)).toMatchObject({ status: 'waiting', leftOut: true, unanswered: false });
    expect(long.row(2)).toMatchObject({ status: 'failed', unanswered: true });
    expect(long.row(3)).toMatchObject({ status: 'unknown', attempts: 1, leftOut: false, unanswered: true });
  });
});

describe('promise 7, whenever the page goes away', () => {
  const plan = fc.record({
    count: fc.integer({ min: 1, max: 25 }),
    concurrency: fc.integer({ min: 1, max: 5 }),
    laneCount: fc.nat(4),
    slow: fc.boolean(),
    lives: fc.array(fc.record({ steps: fc.array(fc.nat(9), { maxLength: 15 }), reaches: fc.nat(31) }), {
      maxLength: 4,
    }),
  });

  test('every item has one outcome in the end, and nothing was done twice', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ count, concurrency, laneCount, slow, lives }) => {
        const disk = new Disk();
        const server = new Server();
        const items = names(count);
        const spec = () =>
          server.spec(items, {
            policy: { canary: 0, concurrency },
            ...(laneCount > 0 && { lane: (item: string) => String(item.length % laneCount) }),
          });
        let job = createJob(spec(), new HandClock(), { journal: disk });
        job.start();
        await settle();
        for (const { steps, reaches } of lives) {
          disk.isSlow = slow;
          for (const step of steps) {
            if (step < 6) await server.calls[step % Math.max(1, server.calls.length)]?.answer();
            else if (step === 6) job.pause();
            else if (step === 7) job.resume();
            else await disk.land();
            await settle();
          }
          disk.isSlow = false;
          disk.crash();
          server.crash((index) => ((reaches >> index) & 1) === 1);
          if (!disk.snapshot) return;
          const restored = disk.restore(count);
          job = createJob(spec(), new HandClock(), { journal: disk, restored });
          job.resume();
          await settle();
        }
        for (let turn = 0; turn < 1000; turn += 1) {
          const { phase } = job.getSnapshot().state;
          if (phase === 'finished') break;
          if (phase === 'paused') job.resume();
          await disk.land();
          await server.calls[0]?.answer();
          await settle();
        }
        const { counts, state } = job.getSnapshot();
        expect(state.phase).toBe('finished');
        expect(counts).toMatchObject({ done: count, waiting: 0, unknown: 0, failed: 0 });
        expect(items.map((item) => server.done.get(item))).toEqual(items.map(() => 1));
      }),
      { numRuns: 300 },
    );
  });
});
