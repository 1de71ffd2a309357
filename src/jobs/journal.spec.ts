import { describe, expect, test } from 'vitest';
import { HandClock, names, settle } from '~/testing/engine';
import { Disk, Server } from '~/testing/pages';
import type { Json, Outcome } from './job';
import { CUT_OFF, Recollection, type Entry } from './journal';
import { mayStillCome } from './retries';
import { createJob } from './runner';

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
