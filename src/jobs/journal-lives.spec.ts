import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HandClock, names, settle } from '~/testing/engine';
import { Disk, Server } from '~/testing/pages';
import { createJob } from './runner';

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
