import { describe, expect, test } from 'vitest';
import { createRegistry } from './registry';
import { Bench, names } from '~/testing/engine';

describe('the jobs of this page', () => {
  test('newest first, each once, scans left out', () => {
    const registry = createRegistry();
    const [first, second, scan] = [new Bench(['a']), new Bench(['b']), new Bench(['c'], { scan: true })];
    for (const { job } of [first, second, scan, first]) registry.add(job);
    expect(registry.list()).toEqual([second.job, first.job]);
    expect(registry.getSnapshot().map(({ id }) => id)).toEqual([second.job.id, first.job.id]);
    expect(registry.get(first.job.id)).toBe(first.job);
    expect(registry.get(scan.job.id)).toBeUndefined();
  });

  test('running are those that leaving the page would cut off', async () => {
    const registry = createRegistry();
    const bench = new Bench(names(2), { policy: { concurrency: 1 } });
    registry.add(bench.job);
    const running = () => registry.running().length;
    expect(running()).toBe(0);
    await bench.start();
    expect(running()).toBe(1);
    bench.job.pause();
    expect(running()).toBe(1);
    await bench.done('a1');
    expect(running()).toBe(0);
    bench.job.resume();
    expect(running()).toBe(1);
    bench.job.stop();
    expect(running()).toBe(1);
    await bench.answerAll();
    expect(running()).toBe(0);
  });

  test('the same list until a job changes, and whoever listens hears of it', async () => {
    const registry = createRegistry();
    const bench = new Bench(names(1));
    let heard = 0;
    const leave = registry.subscribe(() => (heard += 1));
    registry.add(bench.job);
    expect(heard).toBe(1);
    const before = registry.getSnapshot();
    expect(registry.getSnapshot()).toBe(before);
    await bench.start();
    expect(heard).toBeGreaterThan(1);
    expect(before[0]?.state.phase).toBe('ready');
    expect(registry.getSnapshot()[0]).toBe(bench.job.getSnapshot());
    leave();
    const count = heard;
    await bench.answerAll();
    expect(heard).toBe(count);
    expect(registry.getSnapshot()[0]?.state.phase).toBe('finished');
  });
});
