import { describe, expect, test } from 'vitest';
import type { JobSpec, Outcome } from './job';
import { mayStillCome } from './retries';
import { createJob } from './runner';
import { Bench, busy, HandClock, names, Notebook, refused, settle, unanswered } from '~/testing/engine';
import { inWords } from '~/testing/in-words';

/** A request without an answer may be carried out at any time: no ending denies it, and the job looks again when it is over. */

type Look = Outcome | { status: 'not-done' };
const verify = (): Promise<Look> => Promise.resolve({ status: 'not-done' });
const gone: Look = { status: 'skipped', reason: 'Gone: by this job or by someone else.', before: 'as it was' };

/** The first try of each gets no answer, and is looked for in vain. */
async function lookedForInVain(spec: Partial<JobSpec<string>> = {}, items = ['a']): Promise<Bench> {
  const bench = await new Bench(items, { verify, ...spec }).start();
  await bench.fail(unanswered(), ...items);
  bench.job.verifyUnknown();
  await settle();
  for (const item of items) await bench.call(item).answer({ status: 'not-done' });
  return bench;
}

/** @returns how the look that is asked for ends */
async function look(bench: Bench, found: Look, item = 'a'): Promise<Bench['rows'][number] | undefined> {
  bench.job.lookAgain();
  await settle();
  expect(bench.call(item).verifying).toBe(true);
  await bench.call(item).answer(found);
  return bench.rows.find(({ id }) => id === item);
}

describe('an item with a request that got no answer', () => {
  test.each([
    ['done', { status: 'done' }],
    ['skipped', { status: 'skipped', reason: 'Changed since the plan.' }],
    ['failed', { status: 'failed', reason: 'Not allowed.' }],
  ] as const)('never ends as if nothing more could come: %s', async (status, outcome) => {
    const bench = await lookedForInVain();
    bench.job.resume();
    await settle();
    await bench.call('a').answer(outcome);
    const reason = mayStillCome('reason' in outcome ? outcome.reason : '');
    expect(bench.job.row(0)).toMatchObject({ status, reason, unanswered: true });
    expect(bench.job.getSnapshot().unsettled).toEqual({ count: 1, isLooking: false, lookedAt: null });
  });

  test('is settled where whatever still comes changes nothing', async () => {
    const bench = await lookedForInVain();
    bench.job.resume();
    await settle();
    await bench.call('a').answer({ status: 'done', settles: true });
    expect(bench.job.row(0)).toMatchObject({ status: 'done', reason: '' });
    expect(bench.job.row(0).unanswered).toBeUndefined();
    expect(bench.job.getSnapshot().unsettled).toBeUndefined();
  });

  test('is unknown after twenty times 429, and not failed', async () => {
    const bench = await lookedForInVain();
    bench.job.resume();
    await settle();
    for (let times = 0; times < 20; times += 1) {
      await bench.call('a').fail(busy(600));
      await bench.clock.advance(600);
    }
    expect(bench.job.row(0)).toMatchObject({ status: 'unknown', unanswered: true });
  });

  test('is unknown where the job is stopped: it is not among those that never ran', async () => {
    const bench = await new Bench(names(3), { verify, policy: { concurrency: 1 } }).start();
    await bench.fail(unanswered(), 'a1');
    bench.job.pause();
    await bench.done('a2');
    bench.job.verifyUnknown();
    await settle();
    await bench.call('a1').answer({ status: 'not-done' });
    bench.job.stop();
    await settle();
    expect(bench.outcomes).toEqual(['a1 unknown', 'a2 done', 'a3 waiting']);
    expect(inWords(bench.job.row(0).reason)).toMatch(/has not happened\. \(An earlier request got no answer/);
  });

  test('is known to every later page by the journal, whatever its outcome was', async () => {
    const journal = new Notebook();
    let answers = 0;
    const spec: JobSpec<string> = {
      kind: 'try-out',
      title: 'Try it out',
      owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
      items: ['a'],
      describe: (id) => ({ id, columns: {} }),
      run: () => ((answers += 1) === 1 ? Promise.reject(unanswered()) : Promise.resolve({ status: 'done' })),
      verify: () => Promise.resolve(gone),
      classify: () => ({ kind: 'unanswered', reason: 'No answer came.' }),
      repeatable: true,
    };
    const clock = new HandClock();
    const job = createJob(spec, clock, { journal });
    job.start();
    await clock.advance(30_000);
    expect(job.row(0)).toMatchObject({ status: 'done', unanswered: true });
    const back = createJob(spec, clock, { restored: journal.restored(job) });
    expect(back.row(0)).toMatchObject({ status: 'done', unanswered: true });
    const again = createJob(spec, clock, { journal, restored: journal.restored(job) });
    expect(again.getSnapshot().unsettled).toMatchObject({ count: 1 });
  });
});

/** Tried once more, it ended so. */
async function ended(outcome: Outcome): Promise<Bench> {
  const bench = await lookedForInVain();
  bench.job.resume();
  await settle();
  await bench.call('a').answer(outcome);
  return bench;
}

test('what an older version left out as if it had never run is unknown, and is looked at', async () => {
  const journal = new Notebook();
  await journal.write([['sent', 0], ['back', 0, 'Verified: it did not happen.', 4, true], ['stop']]);
  const spec: JobSpec<string> = {
    kind: 'try-out',
    title: 'Try it out',
    owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
    items: ['a', 'b'],
    describe: (id) => ({ id, columns: {} }),
    run: () => Promise.resolve({ status: 'done' }),
    verify: () => Promise.resolve(gone),
    classify: () => ({ kind: 'unanswered', reason: 'No answer came.' }),
    repeatable: true,
  };
  const restored = { ...journal.restored(createJob(spec, new HandClock())), state: { phase: 'stopped' } as const };
  const back = createJob(spec, new HandClock(), { restored });
  expect([back.row(0).status, back.row(1).status]).toEqual(['unknown', 'waiting']);
  back.lookAgain();
  await settle();
  expect(back.row(0)).toMatchObject({ status: 'skipped', before: 'as it was' });
});

describe('looking again when the job is over', () => {
  test.each([
    ['skipped', { status: 'skipped', reason: 'Protected since.' }],
    ['failed', { status: 'failed', reason: 'Not allowed.' }],
  ] as const)('what was %s and is found done by now says so, with what was there before', async (_, outcome) => {
    const bench = await ended(outcome);
    expect(await look(bench, gone)).toMatchObject({
      status: 'skipped',
      reason: mayStillCome('Gone: by this job or by someone else.'),
      before: 'as it was',
    });
    const lookedAt = bench.clock.now();
    await bench.clock.advance(100);
    expect(bench.job.getSnapshot()).toMatchObject({
      state: { phase: 'finished' },
      unsettled: { isLooking: false, lookedAt },
    });
  });

  test('what is not found leaves the row as it is', async () => {
    const bench = await ended({ status: 'skipped', reason: 'Protected since.' });
    const before = bench.job.row(0);
    expect(await look(bench, { status: 'not-done' })).toEqual(before);
  });

  test('what was done and no longer is, is failed and can be tried again', async () => {
    const bench = await ended({ status: 'done' });
    expect(inWords(await look(bench, { status: 'not-done' }))).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^It was done, but Glia looked again and it is no longer so/),
    });
    bench.job.retryFailed();
    await settle();
    await bench.done('a');
    expect(bench.job.row(0).status).toBe('done');
  });

  test('what was done stays done where it still is, whoever may have done it', async () => {
    const bench = await ended({ status: 'done' });
    expect(await look(bench, gone)).toMatchObject({ status: 'done', before: undefined });
  });

  test('an unknown one that did not happen stays unknown: nothing is run by a look', async () => {
    const bench = await new Bench(['a'], { verify }).start();
    await bench.fail(unanswered(), 'a');
    expect(await look(bench, { status: 'not-done' })).toMatchObject({ status: 'unknown' });
    expect(bench.phase).toBe('finished');
    expect(await look(bench, gone)).toMatchObject({ status: 'skipped', before: 'as it was' });
  });

  test('is given up where the server does not answer, and asked for once more later', async () => {
    const bench = await ended({ status: 'skipped', reason: 'Protected since.' });
    bench.job.lookAgain();
    await settle();
    await bench.call('a').fail(unanswered());
    expect(bench.job.getSnapshot().unsettled).toEqual({ count: 1, isLooking: false, lookedAt: null });
    expect(inWords(bench.job.row(0).reason)).toMatch(/^Protected since\./);
    expect(await look(bench, gone)).toMatchObject({ status: 'skipped' });
  });

  test('is not heard any more where the job runs again', async () => {
    const bench = await ended({ status: 'failed', reason: 'Not allowed.' });
    bench.job.lookAgain();
    await settle();
    const late = bench.call('a');
    bench.job.retryFailed();
    await settle();
    await late.answer(gone);
    await bench.call('a').answer({ status: 'done' });
    expect(bench.job.row(0)).toMatchObject({ status: 'done', before: undefined });
  });

  test('asks nothing where each request got its answer, while the job runs, and after a day', async () => {
    const plain = await new Bench(['a'], { verify }).start();
    plain.job.lookAgain();
    await plain.done('a');
    plain.job.lookAgain();
    await settle();
    expect(plain.sent).toEqual(['a']);
    const bench = await ended({ status: 'done' });
    const sent = bench.sent.length;
    await bench.clock.advance(86_400_001);
    bench.job.lookAgain();
    await settle();
    expect(bench.sent).toHaveLength(sent);
  });

  test('includes what is done and may be undone by what another job sent', async () => {
    const bench = await new Bench(['a', 'b'], { verify, mayBeUndone: (item) => item === 'a' }).start();
    await bench.done('a', 'b');
    expect(bench.job.getSnapshot().unsettled).toMatchObject({ count: 1 });
    expect(inWords(await look(bench, { status: 'failed', reason: 'The ids are gone again.' }))).toMatchObject({
      status: 'failed',
      reason: 'It was done. Glia looked again: The ids are gone again.',
    });
    expect(bench.job.row(1).status).toBe('done');
  });
});

describe('a job that keeps the state before each change first', () => {
  const keepsFirst = { keepsFirst: true, repeatable: true, policy: { maxAttempts: 2 } };

  test('has sent nothing where a try ends without an answer before that: it fails, and is not unknown', async () => {
    const bench = await new Bench(['a'], keepsFirst).start();
    await bench.fail(unanswered(), 'a');
    await bench.clock.advance(30_000);
    await bench.fail(unanswered(), 'a');
    expect(inWords(bench.job.row(0))).toMatchObject({ status: 'failed', reason: 'Nothing was sent: No answer came.' });
    expect(bench.job.row(0).unanswered).toBeUndefined();
  });

  test('has sent it from then on', async () => {
    const bench = await new Bench(['a'], keepsFirst).start();
    await bench.call('a').context.keepBefore('as it was');
    await bench.fail(unanswered(), 'a');
    await bench.clock.advance(30_000);
    await bench.fail(refused(), 'a');
    expect(bench.job.row(0)).toMatchObject({ status: 'unknown', unanswered: true });
  });

  test('marks exactly what is about to be sent: the rest is untouched when the page goes away', async () => {
    const journal = new Notebook();
    const spec: JobSpec<string> = {
      kind: 'try-out',
      title: 'Try it out',
      owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
      items: names(5),
      describe: (id) => ({ id, columns: {} }),
      async run(item, { keepBefore }) {
        if (item === 'a1') await keepBefore('as it was');
        return new Promise(() => undefined);
      },
      verify,
      classify: () => ({ kind: 'unanswered', reason: 'No answer came.' }),
      repeatable: true,
      keepsFirst: true,
      policy: { canary: 0, start: 3 },
    };
    const clock = new HandClock();
    const job = createJob(spec, clock, { journal });
    job.start();
    await clock.advance(100);
    expect(job.getSnapshot().counts.running).toBe(3);
    const back = createJob(spec, new HandClock(), { restored: journal.restored(job) });
    expect(names(5).map((_, index) => back.row(index).status)).toEqual([
      'unknown',
      ...Array.from({ length: 4 }, () => 'waiting'),
    ]);
  });

  test('sends nothing once it pauses', async () => {
    const bench = await new Bench(['a'], keepsFirst).start();
    bench.job.pause();
    const error: unknown = await Promise.resolve(bench.call('a').context.keepBefore('x')).catch((one: unknown) => one);
    await bench.fail(error, 'a');
    expect(inWords(bench.job.row(0))).toMatchObject({
      status: 'waiting',
      reason: 'Not sent, because the job paused first.',
    });
    expect(bench.phase).toBe('paused');
  });
});
