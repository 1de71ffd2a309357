import { describe, expect, test } from 'vitest';
import type { Outcome } from './job';
import { Bench, names, refused, settle, signedOut, unanswered } from '~/testing/engine';
import { inWords } from '~/testing/in-words';

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
    expect(inWords(bench.job.row(2).reason)).toContain('twice');
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
    expect(inWords(bench.job.row(1).reason)).toContain('b has no name');
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
