import { describe, expect, test } from 'vitest';
import { MAX_WAIT_MS, MIN_WAIT_MS, Pace, retryDelayMs } from './pace';
import { MAX_BUSY } from './retries';
import { HeldBack, type JobSpec } from './job';
import { createJob } from './runner';
import { Bench, busy, HandClock, names, Notebook, settle, Thrown, unanswered } from '~/testing/engine';
import { inWords } from '~/testing/in-words';

describe('promise 10: a busy homeserver is respected', () => {
  test('one 429 makes everyone wait for as long as the server says; nothing is failed by it', async () => {
    const bench = await new Bench(names(9)).start();
    await bench.fail(busy(2000), 'a2');
    expect(bench.job.row(1)).toMatchObject({ status: 'waiting', reason: 'Too Many Requests' });
    await bench.done('a1', 'a3', 'a4');
    expect(bench.inFlight).toEqual([]);
    await bench.clock.advance(100);
    expect(bench.job.getSnapshot().waitingUntil).toBe(Date.UTC(2026, 0, 1) + 2000);
    await bench.clock.advance(1899);
    expect(bench.inFlight).toEqual([]);
    await bench.clock.advance(1);
    // Half as many at once as before.
    expect(bench.inFlight).toEqual(['a2', 'a5']);
    expect(bench.job.row(1)).toMatchObject({ status: 'running', reason: '', attempts: 2 });
    await bench.answerAll();
    expect(bench.job.getSnapshot()).toMatchObject({ counts: { done: 9 }, waitingUntil: null });
  });

  test('an item in the middle of its requests waits too, and is not called untouched where one of them changed something', async () => {
    const bench = await new Bench(['a', 'b', 'c']).start();
    expect(() => bench.call('b').context.holdBack()).not.toThrow();
    await bench.fail(busy(2000), 'a');
    expect(() => bench.call('b').context.holdBack()).toThrow(HeldBack);
    await bench.fail(new HeldBack(false), 'b');
    await bench.fail(new HeldBack(true), 'c');
    expect(bench.outcomes).toEqual(['a waiting', 'b waiting', 'c waiting']);
    await bench.clock.advance(1999);
    expect(bench.sent).toHaveLength(3);
    bench.job.stop();
    await settle();
    expect(bench.outcomes).toEqual(['a waiting', 'b waiting', 'c unknown']);
  });

  test.each(['running', 'paused'])(
    'a wait outlives its page, which was %s: nothing is sent before it is over',
    async (phase) => {
      const journal = new Notebook();
      const sentAt: number[] = [];
      let clock = new HandClock();
      const spec: JobSpec<string> = {
        kind: 'try-out',
        title: 'Try it out',
        owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
        items: ['a'],
        describe: (id) => ({ id, columns: {} }),
        run: () => {
          sentAt.push(clock.time);
          return sentAt.length === 1 ? Promise.reject(busy(200_000)) : Promise.resolve({ status: 'done' });
        },
        classify: (error) => (error instanceof Thrown ? error.fault : { kind: 'refused', reason: String(error) }),
        repeatable: true,
      };
      const job = createJob(spec, clock, { journal });
      job.start();
      await clock.advance(1000);
      if (phase === 'paused') job.pause();
      await clock.advance(1000);
      // The clock of the page that is gone stands still.
      clock = Object.assign(new HandClock(), { time: clock.time });
      const back = createJob(spec, clock, { restored: journal.restored(job) });
      back.resume();
      await clock.advance(197_999);
      expect(sentAt).toEqual([0]);
      expect(back.getSnapshot().waitingUntil).toBe(clock.now() + 1);
      await clock.advance(1);
      expect(sentAt).toEqual([0, 200_000]);
    },
  );

  test.each([9, -9])('a clock on the wall that jumps by %s hours makes no wait longer or shorter', async (hours) => {
    const bench = await new Bench(['a']).start();
    await bench.fail(busy(5000), 'a');
    bench.clock.jumped = hours * 3_600_000;
    await bench.clock.advance(1000);
    expect(bench.job.getSnapshot().waitingUntil).toBe(bench.clock.now() + 4000);
    await bench.clock.advance(3999);
    expect(bench.inFlight).toEqual([]);
    await bench.clock.advance(1);
    expect(bench.inFlight).toEqual(['a']);
  });

  test('the longest wait of a wave counts', async () => {
    const bench = await new Bench(names(9), { policy: { concurrency: 3 } }).start();
    await bench.fail(busy(1000), 'a1');
    await bench.fail(busy(5000), 'a2');
    await bench.fail(busy(2000), 'a3');
    await bench.clock.advance(4999);
    expect(bench.inFlight).toEqual([]);
    await bench.clock.advance(1);
    expect(bench.inFlight).toHaveLength(1);
  });

  test.each([
    [1, MIN_WAIT_MS],
    [Number.POSITIVE_INFINITY, MAX_WAIT_MS],
    [9e15, MAX_WAIT_MS],
    [null, MIN_WAIT_MS],
    [0, MIN_WAIT_MS],
    [-86_400_000, MIN_WAIT_MS],
    [Number.NaN, MIN_WAIT_MS],
  ])('retry_after_ms %s becomes a wait of %s ms', async (said, waits) => {
    const bench = await new Bench(['a']).start();
    await bench.fail(busy(said), 'a');
    await bench.clock.advance(waits - 1);
    expect(bench.inFlight).toEqual([]);
    await bench.clock.advance(1);
    expect(bench.inFlight).toEqual(['a']);
  });

  test('where the server does not say how long, the waits grow until it answers, a wave at a time', async () => {
    const clock = new HandClock();
    const pace = new Pace({ concurrency: 4, start: 4 }, clock, () => undefined);
    const waits: number[] = [];
    for (let wave = 0; wave < 12; wave += 1) {
      const sent = pace.wave;
      // Four requests were in flight together: one wave.
      for (let request = 0; request < 4; request += 1) pace.busy(null, sent);
      const wait = (pace.waitingUntil ?? 0) - clock.now();
      waits.push(wait);
      await clock.advance(wait);
      expect(pace.isOpen()).toBe(true);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]);
    pace.answered(pace.wave);
    pace.busy(null, pace.wave);
    expect((pace.waitingUntil ?? 0) - clock.now()).toBe(500);
  });

  test('an item that only ever hears 429 is given up with the server’s reason, and the job ends', async () => {
    const bench = await new Bench(['a']).start();
    for (let time = 0; time < MAX_BUSY; time += 1) {
      await bench.fail(busy(null), 'a');
      await bench.clock.advance(MAX_WAIT_MS);
    }
    expect(bench.job.row(0)).toMatchObject({ status: 'failed', attempts: MAX_BUSY });
    expect(inWords(bench.job.row(0).reason)).toContain('Too Many Requests');
    expect(bench.phase).toBe('finished');
  });

  test('given up after a try without answer, it is unknown: that try may have been carried out', async () => {
    const bench = await new Bench(['a'], { repeatable: true }).start();
    await bench.fail(unanswered(), 'a');
    await bench.clock.advance(1000);
    for (let time = 0; time < MAX_BUSY; time += 1) {
      await bench.fail(busy(null), 'a');
      await bench.clock.advance(MAX_WAIT_MS);
    }
    expect(bench.job.row(0).status).toBe('unknown');
  });

  test('a 429 is no try: maxAttempts counts what was left unanswered', async () => {
    const bench = await new Bench(['a'], { repeatable: true, policy: { maxAttempts: 1 } }).start();
    for (let time = 0; time < 5; time += 1) {
      await bench.fail(busy(500), 'a');
      await bench.clock.advance(500);
    }
    await bench.done('a');
    expect(bench.job.row(0)).toMatchObject({ status: 'done', attempts: 6 });
  });

  test('pause leaves no timer behind, and the wait still holds after resume', async () => {
    const bench = await new Bench(['a', 'b'], { policy: { concurrency: 1 } }).start();
    await bench.fail(busy(10_000), 'a');
    bench.job.pause();
    expect(bench.phase).toBe('paused');
    expect(bench.clock.pending).toBe(0);
    await bench.clock.advance(4000);
    bench.job.resume();
    await settle();
    expect(bench.inFlight).toEqual([]);
    await bench.clock.advance(6000);
    expect(bench.inFlight).toEqual(['a']);
  });

  test.each([1, 2, 4, 6])('never more than %s in flight', async (concurrency) => {
    const bench = await new Bench(names(20), { policy: { concurrency } }).start();
    await bench.answerAll();
    expect(bench.peak).toBe(concurrency);
  });

  test.each([0, -3, Number.NaN, 0.5])('a concurrency of %s still gets somewhere, one by one', async (concurrency) => {
    const bench = await new Bench(names(3), { policy: { concurrency } }).start();
    await bench.answerAll();
    expect(bench.peak).toBe(1);
  });

  test('the pause between two tries doubles up to half a minute, between half and whole by chance', () => {
    expect([1, 2, 3, 4, 5, 6, 99].map((tries) => retryDelayMs(tries, 1))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ]);
    expect(retryDelayMs(1, 0)).toBe(500);
  });
});
