import { describe, expect, test } from 'vitest';
import type { Outcome } from './job';
import { Bench, names, refused, settle, Thrown, unanswered } from '~/testing/engine';
import { inWords } from '~/testing/in-words';

const verify = () => Promise.resolve<Outcome>({ status: 'done' });
const failed = (reason = 'no'): Outcome => ({ status: 'failed', reason });

describe('promise 4: each item ends as done, skipped, failed or unknown, as read in an answer', () => {
  test('keeps the status, the reason, the before-state, the attempts and the time of each', async () => {
    const bench = await new Bench(['a', 'b', 'c']).start();
    await bench.clock.advance(1500);
    await bench.call('a').answer({ status: 'done', before: { ids: ['x'] } });
    await bench.call('b').answer({ status: 'skipped', reason: 'already in' });
    await bench.call('c').answer(failed('not allowed'));
    const at = Date.UTC(2026, 0, 1) + 1500;
    expect(bench.rows).toEqual([
      {
        index: 0,
        id: 'a',
        columns: { name: 'Name of a' },
        status: 'done',
        reason: '',
        before: { ids: ['x'] },
        attempts: 1,
        endedAt: at,
      },
      expect.objectContaining({ status: 'skipped', reason: 'already in', before: undefined, endedAt: at }),
      expect.objectContaining({ status: 'failed', reason: 'not allowed', endedAt: at }),
    ]);
  });

  test('a refusal is failed with the server’s own reason, and is not asked again', async () => {
    const bench = await new Bench(['a'], { repeatable: true }).start();
    await bench.fail(refused('You are banned'), 'a');
    await bench.clock.advance(600_000);
    expect(bench.job.row(0)).toMatchObject({ status: 'failed', reason: 'You are banned', attempts: 1 });
    expect(bench.sent).toEqual(['a']);
  });

  test('requests that got no answer are counted while it runs: whoever waits can be told why it is slow', async () => {
    const bench = await new Bench(['a', 'b'], { repeatable: true }).start();
    expect(bench.job.getSnapshot().failures).toBeUndefined();
    await bench.fail(unanswered(), 'a');
    await bench.clock.advance(600_000);
    await bench.call('a').answer({ status: 'done' });
    expect(bench.job.getSnapshot()).toMatchObject({ failures: 1, counts: { failed: 0, unknown: 0 } });
  });

  test('a mistake in run is failed with its message, and the others go on', async () => {
    const bench = await new Bench(['a', 'b'], {
      run(item) {
        if (item === 'a') throw new TypeError('x is undefined');
        return Promise.resolve<Outcome>({ status: 'done' });
      },
    }).start();
    expect(bench.outcomes).toEqual(['a failed', 'b done']);
    expect(bench.job.row(0).reason).toBe('x is undefined');
  });

  test('a run that does not say how it ended is unknown, never a success', async () => {
    const bench = await new Bench(['a', 'b']).start();
    await bench.call('a').answer(undefined as unknown as Outcome);
    await bench.call('b').answer({ status: 'ok' } as unknown as Outcome);
    expect(bench.outcomes).toEqual(['a unknown', 'b unknown']);
    expect(bench.phase).toBe('finished');
  });

  test('a classify that breaks leaves the item unknown: it was sent', async () => {
    const bench = await new Bench(['a'], {
      classify() {
        throw new Error('broken');
      },
    }).start();
    await bench.fail(new Error('what came'), 'a');
    expect(bench.job.row(0)).toMatchObject({ status: 'unknown', reason: 'what came' });
  });

  test('no answer: what must not be sent twice is unknown at once', async () => {
    const bench = await new Bench(['a']).start();
    await bench.call('a').context.keepBefore({ was: 'here' });
    await bench.fail(unanswered(), 'a');
    await bench.clock.advance(600_000);
    expect(bench.sent).toEqual(['a']);
    expect(bench.job.row(0)).toMatchObject({ status: 'unknown', reason: 'No answer came.', before: { was: 'here' } });
    expect(bench.phase).toBe('finished');
  });

  test('no answer: what may be repeated is, with growing pauses, and is unknown after maxAttempts', async () => {
    const bench = await new Bench(['a'], { repeatable: true, policy: { maxAttempts: 3 } }).start();
    const sentAt: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      sentAt.push(bench.clock.time);
      expect(bench.call('a').context.attempt).toBe(attempt);
      await bench.fail(unanswered(), 'a');
      if (attempt === 3) break;
      expect(bench.job.row(0).status).toBe('waiting');
      while (bench.calls.length === 0 && bench.clock.time < 120_000) await bench.clock.advance(50);
    }
    expect(bench.job.row(0)).toMatchObject({ status: 'unknown', attempts: 3 });
    expect((sentAt[2] ?? 0) - (sentAt[1] ?? 0)).toBeGreaterThan((sentAt[1] ?? 0) - (sentAt[0] ?? 0));
    expect(bench.phase).toBe('finished');
  });

  test('between two tries an item keeps its slot, so that a dead server is not asked ever more', async () => {
    const bench = await new Bench(names(9), { repeatable: true, policy: { concurrency: 2 } }).start();
    await bench.fail(unanswered(), 'a1', 'a2');
    expect(bench.inFlight).toEqual([]);
    await bench.clock.advance(30_000);
    // And with half as many at once.
    expect(bench.sent).toEqual(['a1', 'a2', 'a2']);
  });

  test('a refusal after a try without answer is unknown, since that try may have been carried out', async () => {
    const bench = await new Bench(['a'], { repeatable: true }).start();
    await bench.fail(unanswered(), 'a');
    await bench.clock.advance(30_000);
    await bench.fail(refused('Not found'), 'a');
    expect(bench.job.row(0).status).toBe('unknown');
    expect(inWords(bench.job.row(0).reason)).toMatch(/^Not found .*It may have happened/);
  });

  test.each([
    ['busy', { kind: 'busy', waitMs: 600, reason: 'Slow down', sent: true }],
    ['signed-out', { kind: 'signed-out', reason: 'No token', sent: true }],
  ] as const)('%s at a later request of an item: stopped then, it is unknown and not untouched', async (_, fault) => {
    const bench = await new Bench(['a'], { repeatable: true }).start();
    await bench.fail(new Thrown(fault), 'a');
    bench.job.stop();
    await settle();
    expect(bench.job.row(0)).toMatchObject({ status: 'unknown', reason: fault.reason });
  });

  test('verifying resolves the unknown ones only; one that did not happen waits for the admin’s word', async () => {
    const bench = await new Bench(names(4), { verify }).start();
    await bench.done('a1');
    await bench.fail(unanswered(), 'a2', 'a3');
    await bench.call('a4').answer(failed());
    expect(bench.job.getSnapshot()).toMatchObject({ canVerify: true, counts: { unknown: 2, failed: 1, done: 1 } });

    bench.job.verifyUnknown();
    await settle();
    expect(bench.calls.map(({ item, verifying }) => [item, verifying])).toEqual([
      ['a2', true],
      ['a3', true],
    ]);
    expect(bench.job.row(1).status).toBe('unknown');
    await bench.call('a2').answer({ status: 'done', reason: 'It is a member.' });
    await bench.call('a3').answer({ status: 'not-done' });
    expect(bench.outcomes).toEqual(['a1 done', 'a2 done', 'a3 waiting', 'a4 failed']);
    expect(bench.job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'asked' });
    expect(bench.job.row(1).attempts).toBe(1);

    bench.job.resume();
    await settle();
    expect(bench.calls.map(({ item, verifying }) => [item, verifying])).toEqual([['a3', false]]);
    expect(bench.call('a3').context.sentEarlier).toBe(true);
    await bench.done('a3');
    expect(bench.phase).toBe('finished');
    expect(bench.sent).toEqual(['a1', 'a2', 'a3', 'a4', 'a2', 'a3', 'a3']);
  });

  test.each([
    ['skipped', (bench: Bench) => bench.call('a').answer({ status: 'skipped', reason: 'Locked.' }), 'Locked.'],
    ['failed', (bench: Bench) => bench.fail(refused('Not allowed'), 'a'), 'Not allowed'],
  ] as const)('what was looked for in vain and then %s says that it may still come', async (status, end, reason) => {
    const bench = await new Bench(['a'], { verify }).start();
    await bench.fail(unanswered(), 'a');
    bench.job.verifyUnknown();
    await settle();
    await bench.call('a').answer({ status: 'not-done' });
    bench.job.resume();
    await settle();
    await end(bench);
    expect(inWords(bench.job.row(0))).toMatchObject({
      status,
      reason: `${reason} (An earlier request got no answer. It may have happened, or may still happen.)`,
      unanswered: true,
    });
  });

  test('nothing that a scan sent may still come: it only reads', async () => {
    const bench = await new Bench(['a'], { verify, scan: true }).start();
    await bench.fail(unanswered(), 'a');
    bench.job.verifyUnknown();
    await settle();
    await bench.call('a').answer({ status: 'not-done' });
    bench.job.resume();
    await settle();
    expect(bench.call('a').context.sentEarlier).toBe(false);
    await bench.fail(refused('Not allowed'), 'a');
    expect(bench.job.row(0)).toMatchObject({ status: 'failed', reason: 'Not allowed' });
  });

  test('what verifying finds is no reason to stop and ask', async () => {
    const bench = await new Bench(names(30), { verify, policy: { concurrency: 1 } }).start();
    for (let count = 0; count < 3; count += 1) await bench.call().fail(unanswered());
    expect(bench.phase).toBe('paused');
    bench.job.verifyUnknown();
    await settle();
    await bench.call('a1').answer(failed());
    expect(bench.phase).toBe('running');
    expect(bench.inFlight).toEqual(['a2']);
  });

  test('verifying in a stopped job brings back what did not happen, and nothing else', async () => {
    const bench = await new Bench(names(3), { verify, policy: { concurrency: 1 } }).start();
    bench.job.stop();
    await bench.fail(unanswered(), 'a1');
    expect(bench.outcomes).toEqual(['a1 unknown', 'a2 waiting', 'a3 waiting']);
    bench.job.verifyUnknown();
    await settle();
    await bench.call('a1').answer({ status: 'not-done' });
    expect(bench.phase).toBe('paused');
    bench.job.resume();
    await settle();
    await bench.answerAll();
    expect(bench.outcomes).toEqual(['a1 done', 'a2 waiting', 'a3 waiting']);
    expect(bench.phase).toBe('stopped');
  });

  test('what can’t be verified stays unknown, and says why', async () => {
    const bench = await new Bench(['a', 'b'], { verify, policy: { maxAttempts: 2 } }).start();
    await bench.fail(unanswered(), 'a', 'b');
    bench.job.verifyUnknown();
    await settle();
    await bench.fail(refused('Forbidden'), 'a');
    await bench.fail(unanswered(), 'b');
    await bench.clock.advance(30_000);
    expect(bench.inFlight).toEqual(['b']);
    await bench.fail(unanswered(), 'b');
    expect(bench.outcomes).toEqual(['a unknown', 'b unknown']);
    expect(inWords(bench.job.row(0).reason)).toContain('Forbidden');
    expect(bench.phase).toBe('finished');
  });
});

describe('an item that waits for a task on the server', () => {
  test('gives way to a pause within a second, and runs anew when it is resumed', async () => {
    const bench = await new Bench(['a']).start();
    const call = bench.call('a');
    const following = call.context.follow(10_000).catch((error: unknown) => error);
    await bench.clock.advance(2500);
    bench.job.pause();
    expect(bench.phase).toBe('pausing');
    await bench.clock.advance(1000);
    await call.fail(await following);
    expect([bench.phase, ...bench.outcomes]).toEqual(['paused', 'a waiting']);
    bench.job.resume();
    await bench.done('a');
    expect([bench.phase, ...bench.outcomes]).toEqual(['finished', 'a done']);
  });

  test('that is found to be underway runs again at once, and is not called untouched by a stop', async () => {
    const bench = await new Bench(['a'], { verify: () => Promise.resolve({ status: 'not-done' }) }).start();
    await bench.fail(unanswered(), 'a');
    expect(bench.outcomes).toEqual(['a unknown']);
    bench.job.verifyUnknown();
    await settle();
    await bench.call('a').answer({ status: 'not-done', underway: 'Still at it.' });
    expect([bench.call('a').verifying, ...bench.outcomes]).toEqual([false, 'a running']);
    const following = bench
      .call('a')
      .context.follow(1000)
      .catch((error: unknown) => error);
    bench.job.stop();
    await bench.clock.advance(1000);
    await bench.call('a').fail(await following);
    expect(bench.outcomes).toEqual(['a unknown']);
  });
});
