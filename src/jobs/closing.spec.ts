import { describe, expect, test } from 'vitest';
import { Recollection, type Entry, type Journal } from './journal';
import type { JobSnapshot, JobSpec } from './job';
import { restingState } from './restored';
import { createJob } from './runner';
import { Bench, HandClock, names, refused, settle, signedOut, unanswered } from './try-out';

/** The last item puts back what the job changed for its own run, however the job ends. */

const closing = { does: 'the gate is shut', until: 'The gate may still be open.' };
const ITEMS = [...names(3), 'shut'];
const bench = (spec: Partial<JobSpec<string>> = {}) =>
  new Bench(ITEMS, { closing, repeatable: true, policy: { concurrency: 1 }, ...spec });

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

  test('tells the items about each other’s rows', async () => {
    const one = await bench().start();
    await one.done('a1', 'a2', 'a3');
    expect(one.call('shut').context.row(0)).toMatchObject({ id: 'a1', status: 'done' });
  });
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
    kind: 'try-out',
    title: 'Try it out',
    owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
    items: ITEMS,
    describe: (item) => ({ id: item, columns: {} }),
    run: (item) => {
      sent.push(item);
      return answers || item === 'a1' ? Promise.resolve({ status: 'done' }) : new Promise(() => undefined);
    },
    verify: () => Promise.resolve({ status: 'not-done' }),
    classify: () => ({ kind: 'refused', reason: '' }),
    repeatable: true,
    lane: () => 'all',
    closing,
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
  expect(back.getSnapshot().state.phase).toBe('paused');
  back.resume();
  for (let turn = 0; turn < 5; turn += 1) await settle();
  if (back.getSnapshot().state.phase === 'paused') back.resume();
  for (let turn = 0; turn < 5; turn += 1) await settle();
  expect(back.row(3).status).toBe('done');
  expect(back.row(2).status).toBe('waiting');
  expect(back.getSnapshot().state.phase).toBe('stopped');
});
