import { english } from '~/lib/english';
import { pageEnvironment, type Environment } from '~/jobs/environment';
import { Recollection, type Entry, type Journal } from '~/jobs/journal';
import { restingState, type Restored } from '~/jobs/restored';
import { createJob } from '~/jobs/runner';
import type { Fault, Job, JobSpec, Json, LedgerRow, NotDone, Outcome, RunContext } from '~/jobs/job';

/** Specs of the engine: a clock in hand, a server whose answers are given one by one. */

/** Lets everything that is due by promises happen: no promise chain of the engine is anywhere near as long. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
}

export class HandClock implements Environment {
  time = 0;
  /** What the clock on the wall is wrong by, ms. */
  jumped = 0;
  yields = 0;
  readonly #timers = new Set<{ at: number; callback: () => void }>();

  now(): number {
    return Date.UTC(2026, 0, 1) + this.time + this.jumped;
  }

  tick(): number {
    return this.time;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.time + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  yieldToPage(): Promise<void> {
    this.yields += 1;
    return Promise.resolve();
  }

  random(): number {
    return 0.5;
  }

  /** Timers that are still to go off. */
  get pending(): number {
    return this.#timers.size;
  }

  async advance(ms: number): Promise<void> {
    await settle();
    const until = this.time + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers.delete(next);
      this.time = Math.max(this.time, next.at);
      next.callback();
      await settle();
    }
    this.time = until;
    await settle();
  }
}

/** A page in a hurry: each timer goes off at once, and the clock says that its time has passed. For jobs that send for real. */
export class Hurry implements Environment {
  readonly yieldToPage = pageEnvironment.yieldToPage;
  readonly random = () => 0.5;
  /** What the clock on the wall is wrong by, ms. */
  jumped = 0;
  #passed = 0;

  now(): number {
    return pageEnvironment.now() + this.#passed + this.jumped;
  }

  tick(): number {
    return pageEnvironment.tick() + this.#passed;
  }

  after(ms: number, callback: () => void): () => void {
    return pageEnvironment.after(0, () => {
      this.#passed += ms;
      callback();
    });
  }
}

/** A journal that gives back what JSON holds, and the job as the next page finds it. */
export class Notebook implements Journal {
  readonly entries: Entry[] = [];

  async write(entries: readonly Entry[]): Promise<void> {
    await Promise.resolve();
    this.entries.push(...(JSON.parse(JSON.stringify(entries)) as Entry[]));
  }

  restored({ id, getSnapshot }: Pick<Job, 'id' | 'getSnapshot'>): Restored {
    const { total, state, startedAt, endedAt, waitingUntil } = getSnapshot();
    return {
      id,
      state: restingState(state),
      startedAt,
      endedAt,
      waitingUntil,
      rows: new Recollection(total).read(this.entries),
    };
  }
}

/** Goes on whenever the job asks, and has looked at what is unknown, until it has ended and nothing is. */
export async function seeItThrough(job: Job, beforeGoingOn: () => void): Promise<void> {
  for (let turn = 0; turn < 20_000; turn += 1) {
    const { state, counts } = job.getSnapshot();
    if (state.phase === 'paused') {
      beforeGoingOn();
      job.resume();
    } else if (state.phase === 'finished') {
      if (counts.unknown === 0) return;
      beforeGoingOn();
      job.verifyUnknown();
    }
    await pageEnvironment.yieldToPage();
  }
  throw new Error(`It never ended: ${JSON.stringify(job.getSnapshot())}`);
}

/** What a thrown fault looks like here: the engine knows errors only by what `classify` makes of them. */
export class Thrown extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(english(fault.reason));
    this.fault = fault;
  }
}

export const busy = (waitMs: number | null) => new Thrown({ kind: 'busy', waitMs, reason: 'Too Many Requests' });
export const unanswered = () => new Thrown({ kind: 'unanswered', reason: 'No answer came.' });
export const signedOut = () => new Thrown({ kind: 'signed-out', reason: 'The token is not accepted.' });
export const refused = (reason = 'Forbidden') => new Thrown({ kind: 'refused', reason });

export interface Call {
  item: string;
  verifying: boolean;
  context: RunContext;
  answer(outcome: Outcome | NotDone): Promise<void>;
  fail(error: unknown): Promise<void>;
}

/** A job whose every call waits for the spec to answer it. */
export class Bench {
  readonly clock = new HandClock();
  readonly job: Job;
  /** Everything that was ever sent, in order. */
  readonly sent: string[] = [];
  /** What is in flight. */
  readonly calls: Call[] = [];
  peak = 0;

  constructor(items: readonly string[], spec: Partial<JobSpec<string>> = {}) {
    const { verify, ...rest } = spec;
    this.job = createJob<string>(
      {
        kind: 'try-out',
        title: 'Try it out',
        owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
        items,
        describe: (item) => ({ id: item, columns: { name: `Name of ${item}` } }),
        run: (item, context) => this.#call(item, context, false) as Promise<Outcome>,
        classify: (error) =>
          error instanceof Thrown
            ? error.fault
            : { kind: 'refused', reason: error instanceof Error ? error.message : String(error) },
        repeatable: false,
        ...rest,
        // Four at once from the beginning: specs about something else need not grow first.
        policy: { canary: 0, concurrency: 4, start: 6, ...spec.policy },
        ...(verify ? { verify: (item: string, context: RunContext) => this.#call(item, context, true) } : {}),
      },
      this.clock,
    );
  }

  async start(): Promise<this> {
    this.job.start();
    await settle();
    return this;
  }

  /** Ids in flight. */
  get inFlight(): string[] {
    return this.calls.map(({ item }) => item);
  }

  get phase(): string {
    return this.job.getSnapshot().state.phase;
  }

  get rows(): LedgerRow[] {
    return Array.from({ length: this.job.getSnapshot().total }, (_, index) => this.job.row(index));
  }

  /** `['a done', 'b failed']` */
  get outcomes(): string[] {
    return this.rows.map(({ id, status }) => `${id} ${status}`);
  }

  /** The call of this item that is in flight; the oldest call when none is named. */
  call(item?: string): Call {
    const call = item === undefined ? this.calls[0] : this.calls.find((one) => one.item === item);
    if (!call)
      throw new Error(`${item ?? 'Nothing'} is not in flight, but ${this.inFlight.join(', ') || 'nothing'} is.`);
    return call;
  }

  async done(...items: string[]): Promise<void> {
    for (const item of items) await this.call(item).answer({ status: 'done' });
  }

  async fail(error: unknown, ...items: string[]): Promise<void> {
    for (const item of items) await this.call(item).fail(error);
  }

  /** Answers everything in flight, and what comes after it, until nothing is in flight. */
  async answerAll(outcome: (item: string) => Outcome = () => ({ status: 'done' })): Promise<void> {
    for (let call = this.calls[0]; call; call = this.calls[0]) await call.answer(outcome(call.item));
  }

  #call(item: string, context: RunContext, verifying: boolean): Promise<Outcome | NotDone> {
    this.sent.push(item);
    return new Promise((resolve, reject) => {
      const end = async (finish: () => void) => {
        this.calls.splice(this.calls.indexOf(call), 1);
        finish();
        await settle();
      };
      const call: Call = {
        item,
        verifying,
        context,
        answer: (outcome) => end(() => resolve(outcome)),
        fail: (error) => end(() => reject(error)),
      };
      this.calls.push(call);
      this.peak = Math.max(this.peak, this.calls.length);
    });
  }
}

/** `['a1', 'a2', …]` */
export const names = (count: number, prefix = 'a'): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

/** What a disk gives back of a job: as JSON, and nothing more. */
export function asKept<Item>({ title, owner, items, keep }: JobSpec<Item>) {
  if (!keep) throw new Error('It is not kept at all.');
  const text = JSON.stringify({ plan: keep.plan, items: items.map((item) => keep.pack(item)) });
  return { title, owner, ...(JSON.parse(text) as { plan: Json; items: Json[] }) };
}

/** All that a ledger says of each item before anything ran, and what runs beside what. */
export const describedBy = ({ items, describe, lane, title }: JobSpec<unknown>) => ({
  title,
  rows: items.map((item) => ({ ...describe(item), lane: lane?.(item) })),
});

/** What an item is given that only looks, by hand: it keeps nothing and holds nothing back. */
export const lookOnly = (): RunContext => ({
  signal: new AbortController().signal,
  attempt: 1,
  sentEarlier: false,
  kept: undefined,
  keepBefore: () => undefined,
  parts: [],
  addPart: () => undefined,
  keepPart: () => Promise.resolve(),
  partAnswered: () => undefined,
  mayGoOn: () => undefined,
  holdBack: () => undefined,
  wait: () => Promise.resolve(),
  follow: () => Promise.resolve(),
  reopen: () => undefined,
  row: () => {
    throw new Error('It only looks at its own item.');
  },
});
