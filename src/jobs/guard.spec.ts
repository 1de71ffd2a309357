import { describe, expect, test } from 'vitest';
import { Bench, names, refused, settle, unanswered } from '~/testing/engine';
import { inWords } from '~/testing/in-words';

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
    expect(inWords(bench.job.getSnapshot().state)).toMatchObject({
      phase: 'paused',
      why: 'failures',
      reason: expect.stringContaining(error.message),
    });
    await bench.clock.advance(600_000);
    expect(bench.sent).toEqual(['a1', 'a2']);
  });

  test('a canary that fails while the job is pausing is still asked about', async () => {
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
    expect(inWords(bench.job.getSnapshot().state)).toEqual({
      phase: 'paused',
      why: 'failures',
      reason: '3 of 21 items failed or got no answer: 14%, which is more than 10%. The last reason: No power',
    });
  });

  test('a few in a row without an answer are enough, in a job too small for a share', async () => {
    const bench = await new Bench(names(12), { policy: { concurrency: 1 } }).start();
    await bench.done('a1', 'a2', 'a3');
    await bench.fail(unanswered(), 'a4', 'a5');
    await bench.done('a6');
    await bench.fail(unanswered(), 'a7', 'a8');
    expect(bench.phase).toBe('running');
    await bench.fail(unanswered(), 'a9');
    expect(inWords(bench.job.getSnapshot().state)).toMatchObject({
      phase: 'paused',
      why: 'failures',
      reason: '3 items in a row got no answer from the homeserver. The last reason: No answer came.',
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
