import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from './job';
import { MAX_BUSY } from './retries';
import { Bench, busy, refused, settle, signedOut, unanswered } from '~/testing/engine';

type Answer = 'done' | 'skipped' | 'failed' | 'refused' | 'unanswered' | 'busy' | 'busy-unsaid' | 'signed-out';
type Step =
  | { do: 'answer'; which: number; how: Answer }
  | { do: 'wait'; ms: number }
  | { do: 'pause' | 'resume' | 'stop' | 'retry' | 'verify' };

const answer = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Answer>('done') },
  {
    weight: 8,
    arbitrary: fc.constantFrom<Answer>(
      'skipped',
      'failed',
      'refused',
      'unanswered',
      'unanswered',
      'busy',
      'busy-unsaid',
      'signed-out',
    ),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(7), how: answer }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(50, 600, 5000, 40_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const, 'resume' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('retry' as const, 'verify' as const) }) },
);

const plan = fc.record({
  itemCount: fc.integer({ min: 0, max: 40 }),
  laneCount: fc.integer({ min: 0, max: 6 }),
  repeatable: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 5 }),
  canary: fc.nat(4),
  failureThreshold: fc.constantFrom(0, 0.05, 0.5, 1),
  maxAttempts: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(step, { maxLength: 120 }),
  /** Where among the steps the job is stopped; mostly nowhere. */
  stopAt: fc.option(fc.nat(120), { freq: 3 }),
});

type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** The server's side of it: what it was sent, and what it has answered. It knows nothing of the engine's ledger. */
class Observer {
  readonly bench: Bench;
  readonly disorder: string[] = [];
  readonly plan: Plan;
  /** What the server last said about an item, if that was an answer. */
  readonly said = new Map<string, 'done' | 'skipped' | 'failed' | 'unknown' | 'nothing'>();
  readonly retried = new Set<string>();
  readonly runs = new Map<string, number>();
  readonly silences = new Map<string, number>();
  readonly busies = new Map<string, number>();
  /** A request of it was left unanswered, at whatever time: it may still be carried out. */
  readonly unanswered = new Set<string>();

  constructor(plan: Plan) {
    this.plan = plan;
    const { itemCount, laneCount, repeatable, concurrency, canary, failureThreshold, maxAttempts } = plan;
    this.bench = new Bench(
      Array.from({ length: itemCount }, (_, index) => `${laneCount === 0 ? 0 : (index * 7) % laneCount}-${index}`),
      {
        repeatable,
        policy: { concurrency, canary, failureThreshold, maxAttempts },
        verify: () => Promise.resolve<Outcome>({ status: 'done' }),
        ...(laneCount === 0 ? {} : { lane: (item: string) => item.split('-')[0] ?? '' }),
      },
    );
  }

  async answer(which: number, how: Answer): Promise<void> {
    const call = this.bench.calls[which % Math.max(1, this.bench.calls.length)];
    if (!call) return;
    const { item, verifying } = call;
    if (!verifying) this.runs.set(item, (this.runs.get(item) ?? 0) + 1);
    switch (how) {
      case 'done':
        this.#note(item, 'done');
        return call.answer({ status: 'done', before: item });
      case 'skipped':
        // To a question whether it happened, the other answer is “no”.
        this.#note(item, verifying ? 'nothing' : 'skipped');
        return call.answer(verifying ? { status: 'not-done' } : { status: 'skipped', reason: 'already so' });
      case 'failed':
        this.#note(item, 'failed');
        return call.answer({ status: 'failed', reason: 'no' });
      case 'refused':
        // After a try without answer a refusal does not say that nothing was changed.
        this.#note(item, verifying || this.silences.has(item) ? 'unknown' : 'failed');
        return call.fail(refused());
      case 'unanswered': {
        const silences = (this.silences.get(item) ?? 0) + 1;
        this.silences.set(item, silences);
        if (!verifying) this.unanswered.add(item);
        if (!verifying && (!this.plan.repeatable || silences >= this.plan.maxAttempts)) this.#note(item, 'unknown');
        if (verifying && silences >= this.plan.maxAttempts) this.#note(item, 'unknown');
        return call.fail(unanswered());
      }
      case 'busy':
      case 'busy-unsaid': {
        const times = (this.busies.get(item) ?? 0) + 1;
        this.busies.set(item, times);
        if (times >= MAX_BUSY) this.#note(item, verifying || this.unanswered.has(item) ? 'unknown' : 'failed');
        return call.fail(busy(how === 'busy' ? 700 : -1));
      }
      case 'signed-out':
        return call.fail(signedOut());
    }
  }

  #note(item: string, said: 'done' | 'skipped' | 'failed' | 'unknown' | 'nothing'): void {
    this.said.set(item, said);
    this.silences.delete(item);
    this.busies.delete(item);
    this.retried.delete(item);
  }

  async take(one: Step): Promise<void> {
    const { job, clock } = this.bench;
    switch (one.do) {
      case 'answer': {
        const stopping = this.bench.phase === 'stopping';
        await this.answer(one.which, one.how);
        if (stopping) this.#stopped();
        break;
      }
      case 'wait':
        await clock.advance(one.ms);
        break;
      case 'retry':
        for (const [item, said] of this.said) if (said === 'failed') this.retried.add(item);
        job.retryFailed();
        break;
      case 'verify':
        job.verifyUnknown();
        break;
      case 'pause':
      case 'resume':
      case 'stop':
        if (one.do === 'stop') this.#stopped();
        job[one.do]();
        break;
    }
    await settle();
    this.disorder.push(...disorder(this));
  }

  /** Stopped between two tries: nobody knows. Learnt from what the server left unanswered, not from the ledger. */
  #stopped(): void {
    const inFlight = new Set(this.bench.inFlight);
    for (const [item] of this.silences) {
      if (!inFlight.has(item)) this.#note(item, 'unknown');
    }
    for (const item of this.unanswered) {
      if (!inFlight.has(item) && (this.said.get(item) ?? 'nothing') === 'nothing') this.#note(item, 'unknown');
    }
  }

  /** From wherever it is to its end, the server answering “done” to everything. */
  async finish(): Promise<void> {
    const { bench } = this;
    for (let turn = 0; turn < 10_000; turn += 1) {
      const { phase } = bench.job.getSnapshot().state;
      if (phase === 'finished' || phase === 'stopped') return;
      if (phase === 'paused') await this.take({ do: 'resume' });
      else if (bench.calls.length > 0) await this.take({ do: 'answer', which: 0, how: 'done' });
      else await this.take({ do: 'wait', ms: 1000 });
    }
    throw new Error(`It never ended: ${JSON.stringify(bench.job.getSnapshot())}`);
  }
}

/** What must hold at every moment, and does not. */
function disorder({ bench, plan, said, retried }: Observer): string[] {
  const { counts, total, state } = bench.job.getSnapshot();
  const flying = bench.calls.length;
  const resting = state.phase === 'paused' || state.phase === 'stopped' || state.phase === 'finished';
  const lanes = new Set(bench.inFlight.map((item) => (plan.laneCount > 0 ? item.split('-')[0] : item)));
  const checks: [string, boolean][] = [
    ['every item has one status', Object.values(counts).reduce((sum, count) => sum + count, 0) === total],
    ['the limit holds', flying <= plan.concurrency],
    ['canaries run alone', !(state.phase === 'running' && state.canary) || flying <= 1],
    ['one at a time in a lane', lanes.size === flying],
    ['nothing is in flight at rest', !resting || (flying === 0 && counts.running === 0)],
    ['no timer is left at rest', !resting || bench.clock.pending === 0],
    ...bench.calls.map(({ item, verifying }): [string, boolean] => {
      const answer = said.get(item) ?? 'nothing';
      const wanted = answer === 'nothing' || (answer === 'failed' && retried.has(item));
      return [`${item} is sent only where that is due`, verifying ? answer === 'unknown' : wanted];
    }),
  ];
  return checks.filter(([, holds]) => !holds).map(([what]) => what);
}

/** What the ledger should say by what the server knows. */
function truth({ bench, said, runs }: Observer): unknown[] {
  return bench.rows.map(({ id }) => {
    const answer = said.get(id) ?? 'nothing';
    return {
      id,
      status: answer === 'nothing' ? 'waiting' : answer,
      attempts: runs.get(id) ?? 0,
      ended: answer !== 'nothing',
    };
  });
}

function ledger({ bench }: Observer): unknown[] {
  return bench.rows.map(({ id, status, attempts, endedAt }) => ({ id, status, attempts, ended: endedAt !== null }));
}

describe('whatever happens, in whatever order', () => {
  test('each item ends with the outcome the server gave, once, within its lane and the limit', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (drawn) => {
        const observer = new Observer({ ...drawn, stopAt: null });
        await observer.bench.start();
        for (const one of drawn.steps) await observer.take(one);
        await observer.finish();
        expect(observer.disorder).toEqual([]);
        expect(ledger(observer)).toEqual(truth(observer));
        const { counts, state } = observer.bench.job.getSnapshot();
        expect(state.phase).toBe('finished');
        expect(counts.waiting + counts.running).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test('a job that is stopped somewhere says of each item what the server knows', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (drawn) => {
        const observer = new Observer(drawn);
        await observer.bench.start();
        const stopAt = Math.min(drawn.stopAt ?? 20, drawn.steps.length);
        for (const one of drawn.steps.slice(0, stopAt)) await observer.take(one);
        await observer.take({ do: 'stop' });
        for (const one of drawn.steps.slice(stopAt)) await observer.take(one);
        await observer.finish();
        expect(observer.disorder).toEqual([]);
        expect(ledger(observer)).toEqual(truth(observer));
      }),
      { numRuns: 300 },
    );
  });
});
