import { describe, expect, test } from 'vitest';
import { Recollection, type Entry, type Journal } from './journal';
import type { Fault, JobSnapshot, JobSpec } from './job';
import { restingState } from './restored';
import { createJob } from './runner';
import { Bench, HandClock, names, Notebook, refused, settle, signedOut, Thrown, unanswered } from '~/testing/engine';
import { inWords } from '~/testing/in-words';

/** The last item puts back what the job changed for its own run, however the job ends. */

const closing = { does: 'the gate is shut', until: 'The gate may still be open.' };
const ITEMS = [...names(3), 'shut'];
const PLAIN = {
  kind: 'try-out',
  title: 'Try it out',
  owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
  items: ITEMS,
  describe: (item: string) => ({ id: item, columns: {} }),
  classify: (error: unknown): Fault => (error instanceof Thrown ? error.fault : { kind: 'refused', reason: '' }),
  repeatable: true,
  lane: () => 'all',
  closing,
} satisfies Partial<JobSpec<string>>;
const bench = (spec: Partial<JobSpec<string>> = {}) =>
  new Bench(ITEMS, { closing, repeatable: true, policy: { concurrency: 1 }, ...spec });

/** It can verify; the spec answers. */
const asking = { verify: () => Promise.resolve({ status: 'not-done' as const }) };

describe('promise 6: a job that is stopped still does what closes it', () => {
  test('after what is in flight, and nothing else', async () => {
    const one = await bench().start();
    one.job.stop();
    await one.answerAll();
    expect(one.sent).toEqual(['a1', 'shut']);
    expect(one.outcomes).toEqual(['a1 done', 'a2 waiting', 'a3 waiting', 'shut done']);
    expect(one.phase).toBe('stopped');
    expect(one.job.getSnapshot().unclosed).toBeUndefined();
  });

  test('when it rests, and when it never began', async () => {
    const paused = await bench().start();
    paused.job.pause();
    await paused.answerAll();
    paused.job.stop();
    await settle();
    await paused.answerAll();
    expect(paused.sent).toEqual(['a1', 'shut']);
    const early = bench();
    early.job.stop();
    await settle();
    await early.answerAll();
    expect(early.sent).toEqual(['shut']);
    expect(early.phase).toBe('stopped');
  });

  test('once where it came to its end, and a stop then changes nothing', async () => {
    const one = await bench().start();
    expect(one.job.getSnapshot().unclosed).toEqual(closing);
    await one.answerAll();
    expect(one.phase).toBe('finished');
    one.job.stop();
    await settle();
    expect(one.sent).toEqual(ITEMS);
  });

  test('where a lost token holds it up, the job asks, and going on does that alone', async () => {
    const one = await bench().start();
    one.job.stop();
    await one.done('a1');
    await one.fail(signedOut(), 'shut');
    expect(one.job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'signed-out' });
    one.job.resume();
    await settle();
    await one.answerAll();
    expect(one.sent).toEqual(['a1', 'shut', 'shut']);
    expect(one.phase).toBe('stopped');
  });

  test.each([
    ['failed', refused()],
    ['unknown', unanswered()],
  ])('where it ended %s, stopping again runs it again, and no failed item besides', async (status, error) => {
    const one = await bench({ policy: { concurrency: 1, maxAttempts: 1 } }).start();
    await one.fail(refused(), 'a1');
    await one.done('a2', 'a3');
    await one.fail(error, 'shut');
    expect(one.outcomes.at(-1)).toBe(`shut ${status}`);
    expect(one.job.getSnapshot()).toMatchObject({ state: { phase: 'finished' }, unclosed: closing });
    one.job.stop();
    await settle();
    await one.answerAll();
    expect(one.sent).toEqual([...ITEMS, 'shut']);
    expect(one.outcomes).toEqual(['a1 failed', 'a2 done', 'a3 done', 'shut done']);
    expect(one.phase).toBe('finished');
  });

  test('and nothing that was unknown, where the page had gone away and a lost token holds up the closing', async () => {
    const sent: string[] = [];
    const journal = new Notebook();
    let server: 'hangs' | 'knows nobody' | 'answers' = 'hangs';
    const spec: JobSpec<string> = {
      ...PLAIN,
      run: (item) => {
        if (server === 'knows nobody') return Promise.reject(signedOut());
        sent.push(item);
        return server === 'answers' || item === 'a1'
          ? Promise.resolve({ status: 'done' })
          : new Promise(() => undefined);
      },
      verify: (item) => {
        sent.push(`${item}?`);
        return Promise.resolve({ status: 'not-done' });
      },
    };
    const job = createJob(spec, new HandClock(), { journal });
    job.start();
    await settle();
    server = 'knows nobody';
    const back = createJob(spec, new HandClock(), { journal, restored: journal.restored(job) });
    const statuses = () => ITEMS.map((_, index) => back.row(index).status);
    expect(statuses()).toEqual(['done', 'unknown', 'waiting', 'waiting']);
    back.stop();
    await settle();
    expect(back.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'signed-out' });
    server = 'answers';
    back.resume();
    await settle();
    expect(sent).toEqual(['a1', 'a2', 'shut']);
    expect(statuses()).toEqual(['done', 'unknown', 'waiting', 'done']);
    expect(back.getSnapshot().state.phase).toBe('stopped');
  });

  test('tells the items about each other’s rows', async () => {
    const one = await bench().start();
    await one.done('a1', 'a2', 'a3');
    expect(one.call('shut').context.row(0)).toMatchObject({ id: 'a1', status: 'done' });
  });
});

describe('what closes a job runs when all others are over', () => {
  const once = { concurrency: 1, maxAttempts: 1, failureThreshold: 1 };

  test('in whatever lane they are, and however many run at once', async () => {
    const one = await bench({ lane: (item) => item, policy: { concurrency: 4 } }).start();
    expect(one.inFlight).toEqual(['a1', 'a2', 'a3']);
    await one.done('a1', 'a3');
    await one.fail(unanswered(), 'a2');
    expect(one.sent).not.toContain('shut');
    await one.clock.advance(60_000);
    await one.done('a2');
    await one.answerAll();
    expect(one.sent).toEqual(['a1', 'a2', 'a3', 'a2', 'shut']);
  });

  test('when it failed, and is tried again with what did not happen', async () => {
    const one = await bench({ ...asking, policy: once }).start();
    await one.done('a1');
    await one.fail(unanswered(), 'a2');
    await one.done('a3');
    await one.fail(refused(), 'shut');
    one.job.verifyUnknown();
    await settle();
    await one.call('a2').answer({ status: 'not-done' });
    expect(inWords(one.job.getSnapshot())).toMatchObject({
      state: { phase: 'paused', reason: 'Glia looked again, and 1 item has not happened. Resume to run it.' },
      unclosed: closing,
    });
    one.job.retryFailed();
    await settle();
    await one.answerAll();
    expect(one.sent.slice(-2)).toEqual(['a2', 'shut']);
    expect(one.phase).toBe('finished');
  });

  test('and it waits for the admin’s word where others do', async () => {
    const one = await bench({ ...asking, policy: once }).start();
    await one.fail(unanswered(), 'a1');
    one.job.verifyUnknown();
    await one.done('a2', 'a3');
    await one.call('a1').answer({ status: 'not-done' });
    expect(inWords(one.job.getSnapshot())).toMatchObject({
      state: { phase: 'paused', reason: 'Glia looked again, and 1 item has not happened. Resume to run it.' },
      unclosed: closing,
    });
    expect(one.sent).not.toContain('shut');
    one.job.resume();
    await settle();
    await one.answerAll();
    expect(one.sent.slice(-2)).toEqual(['a1', 'shut']);
    expect(one.phase).toBe('finished');
  });

  test('or runs alone where they are stopped instead', async () => {
    const one = await bench({ ...asking, policy: once }).start();
    await one.fail(unanswered(), 'a1');
    one.job.verifyUnknown();
    await one.done('a2', 'a3');
    await one.call('a1').answer({ status: 'not-done' });
    one.job.stop();
    await settle();
    await one.answerAll();
    expect(one.sent.at(-1)).toBe('shut');
    expect(one.outcomes).toEqual(['a1 unknown', 'a2 done', 'a3 done', 'shut done']);
  });

  test('without asking whether to go on where nothing else is left', async () => {
    const one = await bench({ policy: { concurrency: 1, canary: 3 } }).start();
    await one.done('a1', 'a2');
    await one.fail(refused(), 'a3');
    expect(one.inFlight).toEqual(['shut']);
    await one.answerAll();
    expect(one.phase).toBe('finished');
  });
});

test('an item that finds out that the closing came too early opens the job again, and runs nothing', async () => {
  const one = await bench({ ...asking, policy: { concurrency: 1, maxAttempts: 1 } }).start();
  await one.fail(unanswered(), 'a1');
  await one.answerAll();
  one.job.verifyUnknown();
  await settle();
  one.call('a1').context.reopen('The gate was opened after all.');
  await one.done('a1');
  expect(one.phase).toBe('finished');
  expect(one.job.getSnapshot().unclosed).toEqual(closing);
  expect(one.rows[3]).toMatchObject({ status: 'failed', reason: 'The gate was opened after all.' });
  one.job.stop();
  await settle();
  await one.answerAll();
  expect(one.sent).toEqual([...ITEMS, 'a1', 'shut']);
  expect(one.job.getSnapshot().unclosed).toBeUndefined();
});

test('promise 7: where the page goes away between the stop and its closing, going on does that alone', async () => {
  const entries: Entry[] = [];
  let written: JobSnapshot | undefined;
  const journal: Journal = {
    write: (more, snapshot) => {
      entries.push(...more);
      written = snapshot;
      return Promise.resolve();
    },
  };
  const sent: string[] = [];
  const spec = (answers: boolean): JobSpec<string> => ({
    ...PLAIN,
    run: (item) => {
      sent.push(item);
      return answers || item === 'a1' ? Promise.resolve({ status: 'done' }) : new Promise(() => undefined);
    },
    verify: () => Promise.resolve({ status: 'not-done' }),
  });
  const job = createJob(spec(false), new HandClock(), { journal });
  job.start();
  job.subscribe(() => job.row(0).status === 'done' && job.stop());
  await settle();
  expect(sent).toEqual(['a1', 'a2']);
  // What is in flight never ends: the page goes away, and the next one stops it, and goes away too.
  const restore = (answers: boolean) => {
    if (!written) throw new Error('Nothing was written.');
    const { id, state, startedAt, endedAt } = written;
    const rows = new Recollection(4).read(entries);
    const restored = { id, state: restingState(state), startedAt, endedAt, rows };
    return createJob(spec(answers), new HandClock(), { journal, restored });
  };
  restore(false).stop();
  await settle();
  expect(sent).toEqual(['a1', 'a2', 'shut']);
  const back = restore(true);
  const reason = expect.stringMatching(
    /^The page closed after you stopped the job\. If you resume, Glia only cleans up/,
  );
  expect(inWords(back.getSnapshot().state)).toMatchObject({ phase: 'paused', reason });
  back.resume();
  for (let turn = 0; turn < 5; turn += 1) await settle();
  expect([0, 1, 2, 3].map((index) => back.row(index).status)).toEqual(['done', 'unknown', 'waiting', 'done']);
  expect(back.getSnapshot().state.phase).toBe('stopped');
  expect(sent).toEqual(['a1', 'a2', 'shut', 'shut']);
});
