import { describe, expect, test } from 'vitest';
import type { Outcome } from './job';
import { Bench, names, refused, settle, signedOut, Thrown, unanswered } from './try-out';

const verify = () => Promise.resolve<Outcome>({ status: 'done' });
const failed = (reason = 'no'): Outcome => ({ status: 'failed', reason });

describe('promise 2: the run does that plan and nothing else', () => {
  test('runs exactly the items that were handed over, though the list changes afterwards', async () => {
    const items = names(3);
    const bench = new Bench(items);
    items.push('late');
    items[0] = 'other';
    await bench.start();
    await bench.answerAll();
    expect(bench.sent).toEqual(['a1', 'a2', 'a3']);
    expect(bench.job.getSnapshot()).toMatchObject({ total: 3, state: { phase: 'finished' }, counts: { done: 3 } });
  });

  test('sends nothing before start, and starts once', async () => {
    const bench = new Bench(names(2));
    await settle();
    expect(bench.sent).toEqual([]);
    bench.job.start();
    bench.job.start();
    await settle();
    expect(bench.sent).toEqual(['a1', 'a2']);
  });

  test('an id that is there twice runs once, and the second row says so', async () => {
    const bench = await new Bench(['a', 'b', 'a']).start();
    await bench.answerAll();
    expect(bench.sent).toEqual(['a', 'b']);
    expect(bench.outcomes).toEqual(['a done', 'b done', 'a skipped']);
    expect(bench.job.row(2).reason).toContain('twice');
  });

  test('one item that can’t be described is an odd row, and the others run', async () => {
    const bench = await new Bench(['a', 'b', 'c'], {
      describe(item) {
        if (item === 'b') throw new TypeError('b has no name');
        return { id: item, columns: {} };
      },
    }).start();
    await bench.answerAll();
    expect(bench.sent).toEqual(['a', 'c']);
    expect(bench.job.row(1)).toMatchObject({ status: 'failed', id: '#2' });
    expect(bench.job.row(1).reason).toContain('b has no name');
  });

  test('a job without items is finished at once', async () => {
    const bench = new Bench([]);
    bench.job.start();
    expect((await bench.job.settled()).state.phase).toBe('finished');
  });

  test('knows every column that some item has', async () => {
    const bench = await new Bench(['a', 'b'], {
      describe: (item) => ({ id: item, columns: { [item === 'b' ? 'room' : 'user']: item } }),
    }).start();
    expect(bench.job.columns()).toEqual(['user', 'room']);
  });
});

describe('promise 4: each item ends as done, skipped, failed or unknown, as read in an answer', () => {
  test('keeps the status, the reason, the before-state, the attempts and the time of each', async () => {
    const bench = await new Bench(['a', 'b', 'c']).start();
    await bench.clock.advance(1500);
    await bench.call('a').answer({ status: 'done', before: { ids: ['x'] } });
    await bench.call('b').answer({ status: 'skipped', reason: 'already in' });
    await bench.call('c').answer(failed('not allowed'));
    const at = Date.UTC(2026, 0, 1) + 1500;
    expect(bench.rows).toEqual([
      {
        index: 0,
        id: 'a',
        columns: { name: 'Name of a' },
        status: 'done',
        reason: '',
        before: { ids: ['x'] },
        attempts: 1,
        endedAt: at,
      },
      expect.objectContaining({ status: 'skipped', reason: 'already in', before: undefined, endedAt: at }),
      expect.objectContaining({ status: 'failed', reason: 'not allowed', endedAt: at }),
    ]);
  });

  test('a refusal is failed with the server’s own reason, and is not asked again', async () => {
    const bench = await new Bench(['a'], { repeatable: true }).start();
    await bench.fail(refused('You are banned'), 'a');
    await bench.clock.advance(600_000);
    expect(bench.job.row(0)).toMatchObject({ status: 'failed', reason: 'You are banned', attempts: 1 });
    expect(bench.sent).toEqual(['a']);
  });

  test('a mistake in run is failed with its message, and the others go on', async () => {
    const bench = await new Bench(['a', 'b'], {
      run(item) {
        if (item === 'a') throw new TypeError('x is undefined');
        return Promise.resolve<Outcome>({ status: 'done' });
      },
    }).start();
    expect(bench.outcomes).toEqual(['a failed', 'b done']);
    expect(bench.job.row(0).reason).toBe('x is undefined');
  });

  test('a run that does not say how it ended is unknown, never a success', async () => {
    const bench = await new Bench(['a', 'b']).start();
    await bench.call('a').answer(undefined as unknown as Outcome);
    await bench.call('b').answer({ status: 'ok' } as unknown as Outcome);
    expect(bench.outcomes).toEqual(['a unknown', 'b unknown']);
    expect(bench.phase).toBe('finished');
  });

  test('a classify that breaks leaves the item unknown: it was sent', async () => {
    const bench = await new Bench(['a'], {
      classify() {
        throw new Error('broken');
      },
    }).start();
    await bench.fail(new Error('what came'), 'a');
    expect(bench.job.row(0)).toMatchObject({ status: 'unknown', reason: 'what came' });
  });

  test('no answer: what must not be sent twice is unknown at once', async () => {
    const bench = await new Bench(['a']).start();
    await bench.call('a').context.keepBefore({ was: 'here' });
    await bench.fail(unanswered(), 'a');
    await bench.clock.advance(600_000);
    expect(bench.sent).toEqual(['a']);
    expect(bench.job.row(0)).toMatchObject({ status: 'unknown', reason: 'No answer came.', before: { was: 'here' } });
    expect(bench.phase).toBe('finished');
  });

  test('no answer: what may be repeated is, with growing pauses, and is unknown after maxAttempts', async () => {
    const bench = await new Bench(['a'], { repeatable: true, policy: { maxAttempts: 3 } }).start();
    const sentAt: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      sentAt.push(bench.clock.time);
      expect(bench.call('a').context.attempt).toBe(attempt);
      await bench.fail(unanswered(), 'a');
      if (attempt === 3) break;
      expect(bench.job.row(0).status).toBe('waiting');
      while (bench.calls.length === 0 && bench.clock.time < 120_000) await bench.clock.advance(50);
    }
    expect(bench.job.row(0)).toMatchObject({ status: 'unknown', attempts: 3 });
    expect((sentAt[2] ?? 0) - (sentAt[1] ?? 0)).toBeGreaterThan((sentAt[1] ?? 0) - (sentAt[0] ?? 0));
    expect(bench.phase).toBe('finished');
  });

  test('between two tries an item keeps its slot, so that a dead server is not asked ever more', async () => {
    const bench = await new Bench(names(9), { repeatable: true, policy: { concurrency: 2 } }).start();
    await bench.fail(unanswered(), 'a1', 'a2');
    expect(bench.inFlight).toEqual([]);
    await bench.clock.advance(30_000);
    // And with half as many at once.
    expect(bench.sent).toEqual(['a1', 'a2', 'a2']);
  });

  test('a refusal after a try without answer is unknown, since that try may have been carried out', async () => {
    const bench = await new Bench(['a'], { repeatable: true }).start();
    await bench.fail(unanswered(), 'a');
    await bench.clock.advance(30_000);
    await bench.fail(refused('Not found'), 'a');
    expect(bench.job.row(0).status).toBe('unknown');
    expect(bench.job.row(0).reason).toMatch(/^Not found .*may have been carried out/);
  });

  test.each([
    ['busy', { kind: 'busy', waitMs: 600, reason: 'Slow down', sent: true }],
    ['signed-out', { kind: 'signed-out', reason: 'No token', sent: true }],
  ] as const)('%s at a later request of an item: stopped then, it is unknown and not untouched', async (_, fault) => {
    const bench = await new Bench(['a'], { repeatable: true }).start();
    await bench.fail(new Thrown(fault), 'a');
    bench.job.stop();
    await settle();
    expect(bench.job.row(0)).toMatchObject({ status: 'unknown', reason: fault.reason });
  });

  test('verifying resolves the unknown ones only; one that did not happen waits for the admin’s word', async () => {
    const bench = await new Bench(names(4), { verify }).start();
    await bench.done('a1');
    await bench.fail(unanswered(), 'a2', 'a3');
    await bench.call('a4').answer(failed());
    expect(bench.job.getSnapshot()).toMatchObject({ canVerify: true, counts: { unknown: 2, failed: 1, done: 1 } });

    bench.job.verifyUnknown();
    await settle();
    expect(bench.calls.map(({ item, verifying }) => [item, verifying])).toEqual([
      ['a2', true],
      ['a3', true],
    ]);
    expect(bench.job.row(1).status).toBe('unknown');
    await bench.call('a2').answer({ status: 'done', reason: 'It is a member.' });
    await bench.call('a3').answer({ status: 'not-done' });
    expect(bench.outcomes).toEqual(['a1 done', 'a2 done', 'a3 waiting', 'a4 failed']);
    expect(bench.job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'asked' });
    expect(bench.job.row(1).attempts).toBe(1);

    bench.job.resume();
    await settle();
    expect(bench.calls.map(({ item, verifying }) => [item, verifying])).toEqual([['a3', false]]);
    expect(bench.call('a3').context.sentEarlier).toBe(true);
    await bench.done('a3');
    expect(bench.phase).toBe('finished');
    expect(bench.sent).toEqual(['a1', 'a2', 'a3', 'a4', 'a2', 'a3', 'a3']);
  });

  test.each([
    ['skipped', (bench: Bench) => bench.call('a').answer({ status: 'skipped', reason: 'Locked.' }), 'Locked.'],
    ['failed', (bench: Bench) => bench.fail(refused('Not allowed'), 'a'), 'Not allowed'],
  ] as const)('what was looked for in vain and then %s says that it may still come', async (status, end, reason) => {
    const bench = await new Bench(['a'], { verify }).start();
    await bench.fail(unanswered(), 'a');
    bench.job.verifyUnknown();
    await settle();
    await bench.call('a').answer({ status: 'not-done' });
    bench.job.resume();
    await settle();
    await end(bench);
    expect(bench.job.row(0)).toMatchObject({
      status,
      reason: `${reason} (An earlier try had no answer, and may still be carried out.)`,
    });
  });

  test('what verifying finds is no reason to stop and ask', async () => {
    const bench = await new Bench(names(30), { verify, policy: { concurrency: 1 } }).start();
    for (let count = 0; count < 20; count += 1) await bench.call().fail(unanswered());
    expect(bench.phase).toBe('paused');
    bench.job.verifyUnknown();
    await settle();
    await bench.call('a1').answer(failed());
    expect(bench.phase).toBe('running');
    expect(bench.inFlight).toEqual(['a2']);
  });

  test('verifying in a stopped job brings back what did not happen, and nothing else', async () => {
    const bench = await new Bench(names(3), { verify, policy: { concurrency: 1 } }).start();
    bench.job.stop();
    await bench.fail(unanswered(), 'a1');
    expect(bench.outcomes).toEqual(['a1 unknown', 'a2 waiting', 'a3 waiting']);
    bench.job.verifyUnknown();
    await settle();
    await bench.call('a1').answer({ status: 'not-done' });
    expect(bench.phase).toBe('paused');
    bench.job.resume();
    await settle();
    await bench.answerAll();
    expect(bench.outcomes).toEqual(['a1 done', 'a2 waiting', 'a3 waiting']);
    expect(bench.phase).toBe('stopped');
  });

  test('what can’t be verified stays unknown, and says why', async () => {
    const bench = await new Bench(['a', 'b'], { verify, policy: { maxAttempts: 2 } }).start();
    await bench.fail(unanswered(), 'a', 'b');
    bench.job.verifyUnknown();
    await settle();
    await bench.fail(refused('Forbidden'), 'a');
    await bench.fail(unanswered(), 'b');
    await bench.clock.advance(30_000);
    expect(bench.inFlight).toEqual(['b']);
    await bench.fail(unanswered(), 'b');
    expect(bench.outcomes).toEqual(['a unknown', 'b unknown']);
    expect(bench.job.row(0).reason).toContain('Forbidden');
    expect(bench.phase).toBe('finished');
  });
});

describe('promise 5: a canary first, then a threshold', () => {
  test('the first items run alone, one after the other, in different lanes', async () => {
    const bench = await new Bench(['x1', 'x2', 'y1', 'y2', 'z1', 'z2'], {
      lane: (item) => item.charAt(0),
      policy: { canary: 3 },
    }).start();
    expect(bench.job.getSnapshot()).toMatchObject({ state: { phase: 'running', canary: true }, concurrency: 1 });
    for (const item of ['x1', 'y1', 'z1']) {
      expect(bench.inFlight).toEqual([item]);
      await bench.done(item);
    }
    expect(bench.inFlight).toEqual(['x2', 'y2', 'z2']);
    expect(bench.job.getSnapshot()).toMatchObject({ state: { phase: 'running', canary: false }, concurrency: 4 });
  });

  test.each([
    ['failed', refused('You can’t invite there')],
    ['unknown', unanswered()],
  ])('a canary that ends %s pauses the job and asks, with the reason', async (_status, error) => {
    const bench = await new Bench(names(9), { policy: { canary: 3 } }).start();
    await bench.done('a1');
    await bench.fail(error, 'a2');
    expect(bench.job.getSnapshot().state).toMatchObject({
      phase: 'paused',
      why: 'failures',
      reason: expect.stringContaining(error.message),
    });
    await bench.clock.advance(600_000);
    expect(bench.sent).toEqual(['a1', 'a2']);
  });

  test('a canary that fails while the job is pausing is asked about all the same', async () => {
    const bench = await new Bench(names(9), { policy: { canary: 3 } }).start();
    bench.job.pause();
    await bench.fail(refused(), 'a1');
    expect(bench.job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'failures' });
  });

  test('going on after a failed canary runs the rest side by side', async () => {
    const bench = await new Bench(names(9), { policy: { canary: 3 } }).start();
    await bench.fail(refused(), 'a1');
    bench.job.resume();
    await settle();
    expect(bench.inFlight).toEqual(['a2', 'a3', 'a4', 'a5']);
    await bench.fail(refused(), 'a2');
    expect(bench.phase).toBe('running');
  });

  test('past the share of failures the job stops and asks, and not before enough have ended', async () => {
    const bench = await new Bench(names(100), { policy: { concurrency: 1, failureThreshold: 0.1 } }).start();
    await bench.fail(refused(), 'a1', 'a2');
    await bench.done(...names(19).slice(2));
    expect(bench.phase).toBe('running');
    // 2 of 20 is the share that is allowed; 3 of 21 is more.
    await bench.done('a20');
    await bench.fail(refused('No power'), 'a21');
    expect(bench.job.getSnapshot().state).toEqual({
      phase: 'paused',
      why: 'failures',
      reason: '3 of 21 failed or are unknown (14 %, more than 10 %). The last: No power',
    });
  });

  test('where one item is a lot, one that goes wrong is enough', async () => {
    const bench = await new Bench(names(5), { policy: { concurrency: 1, enough: 1 } }).start();
    await bench.done('a1');
    await bench.fail(refused(), 'a2');
    expect(bench.phase).toBe('paused');
    bench.job.resume();
    await bench.done('a3');
    await bench.fail(refused(), 'a4');
    expect(bench.phase).toBe('paused');
  });

  test('skipped items are no measure: nothing was tried', async () => {
    const bench = await new Bench(names(100), { policy: { concurrency: 1, failureThreshold: 0.5 } }).start();
    for (let count = 0; count < 60; count += 1) await bench.call().answer({ status: 'skipped', reason: 'already in' });
    for (let count = 0; count < 19; count += 1) await bench.call().fail(refused());
    expect(bench.phase).toBe('running');
    await bench.call().fail(unanswered());
    expect(bench.phase).toBe('paused');
  });

  test('going on after failures does not ask again at once, but when as many more went wrong', async () => {
    const bench = await new Bench(names(200), { policy: { concurrency: 1 } }).start();
    for (let count = 0; count < 20; count += 1) await bench.call().fail(refused());
    expect(bench.phase).toBe('paused');
    bench.job.resume();
    await settle();
    for (let count = 0; count < 19; count += 1) await bench.call().fail(refused());
    expect(bench.phase).toBe('running');
    await bench.call().fail(refused());
    expect(bench.phase).toBe('paused');
    expect(bench.sent).toHaveLength(40);
  });

  test('a few more failures after going on are not yet as many more', async () => {
    const bench = await new Bench(names(200), { policy: { concurrency: 1 } }).start();
    for (let count = 0; count < 100; count += 1) await bench.call().answer({ status: 'done' });
    for (let count = 0; count < 6; count += 1) await bench.call().fail(refused());
    expect(bench.phase).toBe('paused');
    bench.job.resume();
    await settle();
    for (let count = 0; count < 18; count += 1) await bench.call().answer({ status: 'done' });
    for (let count = 0; count < 5; count += 1) await bench.call().fail(refused());
    expect(bench.phase).toBe('running');
    await bench.call().fail(refused());
    expect(bench.phase).toBe('paused');
  });

  test('where nothing is left to protect, nothing is asked', async () => {
    const bench = await new Bench(['a'], { policy: { canary: 3 } }).start();
    await bench.fail(refused(), 'a');
    expect(bench.phase).toBe('finished');
  });

  test('a scan has no canaries unless it wants them', async () => {
    const bench = await new Bench(names(9), { scan: true, policy: { canary: undefined } }).start();
    expect(bench.inFlight).toHaveLength(4);
  });
});

describe('promise 6: pause, resume and stop take effect after what is in flight', () => {
  test('pause lets what is in flight finish and keep its outcome, then nothing is sent until resume', async () => {
    const bench = await new Bench(names(6), { policy: { concurrency: 2 } }).start();
    bench.job.pause();
    expect(bench.phase).toBe('pausing');
    await bench.done('a1');
    expect(bench.phase).toBe('pausing');
    await bench.done('a2');
    expect(bench.job.getSnapshot()).toMatchObject({
      state: { phase: 'paused', why: 'asked', reason: '' },
      counts: { done: 2, waiting: 4, running: 0 },
    });
    await bench.clock.advance(600_000);
    expect(bench.inFlight).toEqual([]);
    bench.job.resume();
    await settle();
    await bench.answerAll();
    expect(bench.sent).toEqual(names(6));
    expect(bench.phase).toBe('finished');
  });

  test('resume while it is still pausing just goes on', async () => {
    const bench = await new Bench(names(4), { policy: { concurrency: 2 } }).start();
    bench.job.pause();
    bench.job.resume();
    await bench.done('a1');
    expect(bench.inFlight).toEqual(['a2', 'a3']);
  });

  test('pause ends the wait between two tries; resume tries again', async () => {
    const bench = await new Bench(names(2), { repeatable: true, policy: { concurrency: 1 } }).start();
    await bench.fail(unanswered(), 'a1');
    bench.job.pause();
    expect(bench.phase).toBe('paused');
    expect(bench.clock.pending).toBe(0);
    bench.job.resume();
    await settle();
    expect(bench.inFlight).toEqual(['a1']);
    await bench.answerAll();
    expect(bench.outcomes).toEqual(['a1 done', 'a2 done']);
  });

  test('stop is for good: what was not begun stays waiting, and the ledger says what was done', async () => {
    const bench = await new Bench(names(5), { policy: { concurrency: 2 } }).start();
    const settled = bench.job.settled();
    bench.job.stop();
    expect(bench.phase).toBe('stopping');
    await bench.done('a1', 'a2');
    expect(bench.job.getSnapshot()).toMatchObject({ state: { phase: 'stopped' }, counts: { done: 2, waiting: 3 } });
    expect((await settled).state.phase).toBe('stopped');
    bench.job.resume();
    bench.job.start();
    await bench.clock.advance(600_000);
    expect(bench.sent).toEqual(['a1', 'a2']);
  });

  test('stop does not call an item untouched that was sent without an answer', async () => {
    const bench = await new Bench(names(2), { repeatable: true, policy: { concurrency: 1 } }).start();
    await bench.fail(unanswered(), 'a1');
    bench.job.stop();
    expect(bench.outcomes).toEqual(['a1 unknown', 'a2 waiting']);
    expect(bench.job.row(0).reason).toBe('No answer came.');
  });

  test('a job can be stopped before it begins, and while it reads its items', async () => {
    const early = new Bench(names(2));
    early.job.stop();
    expect(early.phase).toBe('stopped');
    const reading = new Bench(names(2));
    reading.job.start();
    reading.job.stop();
    await settle();
    expect(reading.phase).toBe('stopped');
    expect(reading.sent).toEqual([]);
  });

  test('a job can be paused while it reads its items, and goes on', async () => {
    const bench = new Bench(names(2));
    bench.job.start();
    bench.job.pause();
    await settle();
    expect(bench.sent).toEqual([]);
    bench.job.resume();
    await settle();
    await bench.answerAll();
    expect(bench.outcomes).toEqual(['a1 done', 'a2 done']);
  });
});

describe('promise 8: retry touches the failed only', () => {
  test('a finished job runs its failed items again and nothing else', async () => {
    const bench = await new Bench(names(4)).start();
    await bench.done('a1');
    await bench.call('a2').answer(failed());
    await bench.call('a3').answer({ status: 'skipped', reason: 'already in' });
    await bench.fail(unanswered(), 'a4');
    const before = bench.rows;
    bench.job.retryFailed();
    await settle();
    expect(bench.inFlight).toEqual(['a2']);
    const again = bench.job.settled();
    expect(bench.call('a2').context.attempt).toBe(2);
    await bench.clock.advance(10);
    await bench.done('a2');
    expect((await again).counts).toMatchObject({ done: 2, skipped: 1, unknown: 1, failed: 0 });
    expect(bench.rows.filter(({ id }) => id !== 'a2')).toEqual(before.filter(({ id }) => id !== 'a2'));
    expect(bench.job.row(1)).toMatchObject({ status: 'done', attempts: 2, reason: '' });
  });

  test('a paused job is paused again after the retry, its waiting items untouched', async () => {
    const bench = await new Bench(names(6), { policy: { canary: 1 } }).start();
    await bench.fail(refused(), 'a1');
    expect(bench.phase).toBe('paused');
    bench.job.retryFailed();
    await settle();
    await bench.answerAll();
    expect(bench.sent).toEqual(['a1', 'a1']);
    expect(bench.phase).toBe('paused');
    bench.job.resume();
    await settle();
    await bench.answerAll();
    expect(bench.sent).toEqual(['a1', 'a1', ...names(6).slice(1)]);
    expect(bench.phase).toBe('finished');
  });

  test('a stopped job retries its failed items and leaves out what was not begun', async () => {
    const bench = await new Bench(names(4), { policy: { concurrency: 1 } }).start();
    await bench.fail(refused(), 'a1');
    bench.job.stop();
    await bench.answerAll();
    bench.job.retryFailed();
    await settle();
    await bench.answerAll();
    expect(bench.sent).toEqual(['a1', 'a2', 'a1']);
    expect(bench.outcomes).toEqual(['a1 done', 'a2 done', 'a3 waiting', 'a4 waiting']);
    expect(bench.phase).toBe('stopped');
  });

  test('stopped before its turn came again, a failed item is failed as before, and may be retried later', async () => {
    const bench = await new Bench(names(3), { policy: { concurrency: 1 } }).start();
    await bench.answerAll(() => failed('Forbidden'));
    bench.job.retryFailed();
    await settle();
    bench.job.stop();
    await bench.done('a1');
    expect(bench.outcomes).toEqual(['a1 done', 'a2 failed', 'a3 failed']);
    expect(bench.job.row(1)).toMatchObject({ reason: 'Forbidden', attempts: 1 });
    bench.job.retryFailed();
    await settle();
    await bench.answerAll();
    expect(bench.phase).toBe('finished');
  });

  test('retry and verify without anything to do change nothing', async () => {
    const bench = await new Bench(names(1), { verify }).start();
    await bench.answerAll();
    const before = bench.job.getSnapshot();
    bench.job.retryFailed();
    bench.job.verifyUnknown();
    bench.job.resume();
    bench.job.pause();
    bench.job.stop();
    expect(bench.job.getSnapshot()).toBe(before);
  });
});

describe('promise 9: a lost token pauses the job, and the ledger keeps its place', () => {
  test('everything in flight goes back to waiting and no row is painted red', async () => {
    const bench = await new Bench(names(8)).start();
    await bench.done('a1');
    await bench.fail(signedOut(), 'a2');
    expect(bench.phase).toBe('pausing');
    await bench.fail(signedOut(), 'a3', 'a4');
    await bench.done('a5');
    expect(bench.job.getSnapshot()).toMatchObject({
      state: { phase: 'paused', why: 'signed-out', reason: 'The token is not accepted.' },
      counts: { done: 2, waiting: 6, failed: 0, unknown: 0 },
    });
    bench.job.resume();
    await settle();
    expect([...bench.inFlight].toSorted()).toEqual(['a2', 'a3', 'a4', 'a6']);
    await bench.answerAll();
    expect(bench.job.getSnapshot()).toMatchObject({ state: { phase: 'finished' }, counts: { done: 8 } });
  });

  test('a lost token outweighs a pause that was asked for', async () => {
    const bench = await new Bench(names(4), { policy: { concurrency: 2 } }).start();
    bench.job.pause();
    await bench.fail(signedOut(), 'a1');
    await bench.done('a2');
    expect(bench.job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'signed-out' });
  });

  test('a late word about the old token does not pause a job that has a new one', async () => {
    const bench = await new Bench(names(4), { policy: { concurrency: 2 } }).start();
    await bench.fail(signedOut(), 'a1');
    bench.job.resume();
    await settle();
    await bench.fail(signedOut(), 'a2');
    expect(bench.phase).toBe('running');
    await bench.answerAll();
    expect(bench.job.getSnapshot().counts.done).toBe(4);
  });

  test('a token lost while verifying leaves the item unknown, and resume verifies it', async () => {
    const bench = await new Bench(['a'], { verify }).start();
    await bench.fail(unanswered(), 'a');
    bench.job.verifyUnknown();
    await settle();
    await bench.fail(signedOut(), 'a');
    expect(bench.outcomes).toEqual(['a unknown']);
    bench.job.resume();
    await settle();
    expect(bench.call('a').verifying).toBe(true);
    await bench.done('a');
    expect(bench.phase).toBe('finished');
  });
});

describe('what a screen sees', () => {
  test('the same picture until something changes, at most ten new ones a second, and always the last one', async () => {
    const bench = await new Bench(names(50), { policy: { concurrency: 1 } }).start();
    let heard = 0;
    bench.job.subscribe(() => (heard += 1));
    for (let count = 0; count < 49; count += 1) {
      await bench.clock.advance(10);
      await bench.call().answer({ status: 'done' });
    }
    // 490 ms: one at once, then one every 100 ms.
    expect(heard).toBeGreaterThanOrEqual(4);
    expect(heard).toBeLessThanOrEqual(6);
    const picture = bench.job.getSnapshot();
    expect(bench.job.getSnapshot()).toBe(picture);
    await bench.call().answer({ status: 'done' });
    expect(bench.job.getSnapshot()).toMatchObject({ counts: { done: 50 }, state: { phase: 'finished' } });
    expect(picture.counts.done).toBeLessThan(50);
  });

  test('no timer is left when the job rests', async () => {
    const bench = await new Bench(names(3), { policy: { concurrency: 1 } }).start();
    await bench.done('a1');
    bench.job.pause();
    await bench.done('a2');
    expect(bench.phase).toBe('paused');
    expect(bench.clock.pending).toBe(0);
    bench.job.resume();
    await settle();
    await bench.done('a3');
    expect(bench.phase).toBe('finished');
    expect(bench.clock.pending).toBe(0);
  });

  test('a listener that breaks or goes away does no harm', async () => {
    const bench = new Bench(names(2));
    const heard: string[] = [];
    const leave = bench.job.subscribe(() => heard.push('left'));
    bench.job.subscribe(() => heard.push('stayed'));
    leave();
    bench.job.start();
    await settle();
    await bench.answerAll();
    expect(new Set(heard)).toEqual(new Set(['stayed']));
    expect(bench.phase).toBe('finished');
  });

  test('a listener may act on what it hears', async () => {
    const bench = new Bench(names(4), { repeatable: true, policy: { concurrency: 1 } });
    const seen: string[] = [];
    bench.job.subscribe(() => {
      const { phase } = bench.job.getSnapshot().state;
      seen.push(phase);
      if (phase === 'pausing' || phase === 'paused') bench.job.resume();
    });
    await bench.start();
    await bench.fail(unanswered(), 'a1');
    bench.job.pause();
    await settle();
    await bench.answerAll();
    expect(seen).toContain('paused');
    expect(bench.phase).toBe('finished');
    expect(bench.job.getSnapshot().counts.done).toBe(4);
  });

  test('says the rate over the last seconds and the time left, and forgets time spent resting', async () => {
    const bench = await new Bench(names(100), { policy: { concurrency: 1 } }).start();
    expect(bench.job.getSnapshot()).toMatchObject({ ratePerSecond: null, remainingMs: null });
    for (let count = 0; count < 20; count += 1) {
      await bench.clock.advance(100);
      await bench.call().answer({ status: 'done' });
    }
    await bench.clock.advance(100);
    const { ratePerSecond, remainingMs } = bench.job.getSnapshot();
    expect(ratePerSecond).toBeGreaterThan(9);
    expect(ratePerSecond).toBeLessThan(11);
    expect(remainingMs).toBeGreaterThan(7000);
    expect(remainingMs).toBeLessThan(9000);
    bench.job.pause();
    await bench.done('a21');
    await bench.clock.advance(3_600_000);
    bench.job.resume();
    await settle();
    expect(bench.job.getSnapshot().ratePerSecond).toBeNull();
  });

  test('a server that stops answering shows: the rate falls though nothing ends', async () => {
    const bench = await new Bench(names(100), { policy: { concurrency: 1 } }).start();
    for (let count = 0; count < 30; count += 1) {
      await bench.clock.advance(100);
      await bench.call().answer({ status: 'done' });
    }
    await bench.clock.advance(30_000);
    expect(bench.job.getSnapshot()).toMatchObject({ ratePerSecond: 0, remainingMs: null });
  });

  test('names the rows of a status in plan order, the same array until a row changes', async () => {
    const bench = await new Bench(names(4)).start();
    await bench.done('a3');
    await bench.fail(refused(), 'a1');
    expect(bench.job.indexes(['failed', 'done'])).toEqual([0, 2]);
    expect(bench.job.indexes(['done', 'failed'])).toBe(bench.job.indexes(['failed', 'done']));
    expect(bench.job.indexes([])).toEqual([0, 1, 2, 3]);
    const version = bench.job.indexes(['running']);
    await bench.done('a2');
    expect(bench.job.indexes(['running'])).not.toEqual(version);
    expect(bench.job.indexes([])).toBe(bench.job.indexes([]));
  });

  test('start and end are told, and settled resolves with the last picture', async () => {
    const bench = await new Bench(names(1)).start();
    const began = bench.clock.now();
    await bench.clock.advance(5000);
    await bench.answerAll();
    const last = await bench.job.settled();
    expect(last).toBe(bench.job.getSnapshot());
    expect(last).toMatchObject({ startedAt: began, endedAt: began + 5000 });
  });

  test('an error that is no Error has words too', async () => {
    const bench = await new Bench(['a']).start();
    await bench.fail('just text', 'a');
    expect(bench.job.row(0)).toMatchObject({ status: 'failed', reason: 'just text' });
    expect(new Thrown({ kind: 'refused', reason: 'r' }).message).toBe('r');
  });
});
