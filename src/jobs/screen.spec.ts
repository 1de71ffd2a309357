import { describe, expect, test } from 'vitest';
import { Bench, names, refused, settle, Thrown, unanswered } from '~/testing/engine';

describe('what a screen sees', () => {
  test('the same snapshot until something changes, at most ten new ones a second, and always the last one', async () => {
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
    const snapshot = bench.job.getSnapshot();
    expect(bench.job.getSnapshot()).toBe(snapshot);
    await bench.call().answer({ status: 'done' });
    expect(bench.job.getSnapshot()).toMatchObject({ counts: { done: 50 }, state: { phase: 'finished' } });
    expect(snapshot.counts.done).toBeLessThan(50);
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

  test('names the rows of a status in plan order, the same array as long as they are the same', async () => {
    const bench = await new Bench(names(4)).start();
    await bench.done('a3');
    await bench.fail(refused(), 'a1');
    expect(bench.job.indexes(['failed', 'done'])).toEqual([0, 2]);
    expect(bench.job.indexes(['done', 'failed'])).toBe(bench.job.indexes(['failed', 'done']));
    expect(bench.job.indexes([])).toEqual([0, 1, 2, 3]);
    const [version, failed] = [bench.job.indexes(['running']), bench.job.indexes(['failed'])];
    await bench.done('a2');
    expect(bench.job.indexes(['running'])).not.toEqual(version);
    expect(bench.job.indexes(['failed'])).toBe(failed);
    expect(bench.job.indexes([])).toBe(bench.job.indexes([]));
  });

  test('start and end are told, and settled resolves with the last snapshot', async () => {
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
