import { describe, expect, test } from 'vitest';
import { Lanes } from './lanes';
import { Bench, busy, settle, unanswered } from '~/testing/engine';

const lane = (item: string) => item.charAt(0);

describe('lanes', () => {
  test('lanes run side by side and take turns; a lane has one item in flight, in plan order', async () => {
    const items = ['x1', 'x2', 'x3', 'y1', 'y2', 'z1'];
    const bench = await new Bench(items, { lane, policy: { concurrency: 2 } }).start();
    expect(bench.inFlight).toEqual(['x1', 'y1']);
    await bench.done('x1');
    expect(bench.inFlight).toEqual(['y1', 'z1']);
    await bench.done('z1');
    expect(bench.inFlight).toEqual(['y1', 'x2']);
    await bench.answerAll();
    expect(bench.sent).toEqual(['x1', 'y1', 'z1', 'x2', 'y2', 'x3']);
  });

  test('one lane alone runs one by one, whatever the concurrency', async () => {
    const bench = await new Bench(['x1', 'x2', 'x3'], { lane }).start();
    await bench.answerAll();
    expect(bench.peak).toBe(1);
    expect(bench.sent).toEqual(['x1', 'x2', 'x3']);
  });

  test('an item that has to run again is the next of its lane, and nothing of its lane overtakes it', async () => {
    const bench = await new Bench(['x1', 'x2', 'y1', 'y2'], { lane, repeatable: true }).start();
    await bench.fail(busy(500), 'x1');
    await bench.fail(unanswered(), 'y1');
    expect(bench.inFlight).toEqual([]);
    await bench.clock.advance(500);
    expect(bench.inFlight).toEqual(['x1']);
    await bench.done('x1');
    expect(bench.inFlight).toEqual(['x2']);
    await bench.clock.advance(1000);
    expect(bench.inFlight).toEqual(['x2', 'y1']);
    await bench.answerAll();
    expect(bench.outcomes).toEqual(['x1 done', 'x2 done', 'y1 done', 'y2 done']);
  });

  test('retried items keep to their lanes', async () => {
    const bench = await new Bench(['x1', 'x2', 'y1'], { lane }).start();
    await bench.answerAll(() => ({ status: 'failed', reason: 'no' }));
    bench.job.retryFailed();
    await settle();
    expect(bench.inFlight).toEqual(['x1', 'y1']);
  });

  test('an item that is retried while its lane is taken waits for its turn', async () => {
    const bench = await new Bench(['x1', 'x2'], { lane }).start();
    await bench.call('x1').answer({ status: 'failed', reason: 'no' });
    bench.job.retryFailed();
    await settle();
    expect(bench.inFlight).toEqual(['x2']);
    await bench.done('x2');
    expect(bench.inFlight).toEqual(['x1']);
  });

  test('without lanes, what is put back when nothing else waits is not lost, nor what comes after it', () => {
    const lanes = new Lanes(3, null, 0);
    lanes.add(0);
    lanes.add(1);
    lanes.take();
    lanes.take();
    lanes.putBack(0);
    lanes.add(2);
    expect([lanes.take(), lanes.take(), lanes.take()]).toEqual([0, 2, -1]);
  });

  test('without lanes, what was put back is first and the order stays', () => {
    const lanes = new Lanes(4, null, 0);
    for (const index of [0, 1, 2, 3]) lanes.add(index);
    const taken = [lanes.take(), lanes.take()];
    lanes.putBack(0);
    expect([...taken, lanes.take(), lanes.take(), lanes.take(), lanes.take()]).toEqual([0, 1, 0, 2, 3, -1]);
    lanes.putBack(3);
    lanes.add(1);
    expect(lanes.size).toBe(2);
    expect([lanes.take(), lanes.take(), lanes.take()]).toEqual([3, 1, -1]);
  });
});
