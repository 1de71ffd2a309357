import { sendsAs } from '~/api/held';
import { watchRequests } from '~/api/seen';
import { sessionOf, watchSession, type Owner } from '~/data/session';
import type { JobSpec, RunContext } from '~/jobs/job';

/**
 * What the jobs of this tab asked of their homeserver: what was sent, what came of it, how long it took. It lives in this page
 * alone, and never holds a body, a header or a token.
 */

export interface LoggedRequest {
  /** Counts the requests of its job, from 0. */
  readonly number: number;
  /** When it was sent, epoch ms. */
  readonly at: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Null: no answer came. */
  readonly status: number | null;
  /** The homeserver's own, or what became of the request instead; empty where it was answered as it should be. */
  readonly outcome: string;
  readonly ms: number;
  /** Of the item that it was sent for, 1 for the first. */
  readonly attempt: number;
}

/** So many are kept of a job. */
export const LOGGED = 1000;

/** The requests of a job, newest first. */
export class RequestLog {
  /** All that were sent. */
  count = 0;
  readonly #ring: LoggedRequest[] = [];

  get length(): number {
    return this.#ring.length;
  }

  /** @param back 0: the newest */
  at(back: number): LoggedRequest | undefined {
    return back < this.length ? this.#ring[(this.count - 1 - back) % LOGGED] : undefined;
  }

  add(request: Omit<LoggedRequest, 'number'>): void {
    this.#ring[this.count % LOGGED] = { number: this.count, ...request };
    this.count += 1;
  }
}

const logs = new Map<string, { readonly owner: Owner; readonly log: RequestLog }>();
/** For which try of which job a request is, by the signal that it was sent with. */
const tries = new WeakMap<AbortSignal, { jobId: string; owner: Owner; attempt: number }>();

/** Undefined where this page ran nothing of the job. */
export const requestLogOf = (jobId: string): RequestLog | undefined => logs.get(jobId)?.log;

/** The same job, with its requests written down. */
export function withRequestLog<Item>(spec: JobSpec<Item>, jobId: string): JobSpec<Item> {
  const { owner } = spec;
  logs.set(jobId, { owner, log: new RequestLog() });
  const noted = (context: RunContext): RunContext => {
    let own: AbortSignal | undefined;
    return {
      ...context,
      // Each try has a signal of its own, which tells its requests from those of other tries. Made only when it is asked for: for
      // 100,000 quick items, clearing the signals away would hold the page for longer than 50 ms.
      get signal() {
        if (own) return own;
        own = AbortSignal.any([context.signal]);
        tries.set(own, { jobId, owner, attempt: context.attempt });
        sendsAs(own, spec.kind);
        return own;
      },
    };
  };
  const { verify } = spec;
  return {
    ...spec,
    run: (item, context) => spec.run(item, noted(context)),
    ...(verify && { verify: (item: Item, context: RunContext) => verify(item, noted(context)) }),
  };
}

watchRequests(({ signal, ...request }) => {
  const known = signal && tries.get(signal);
  // The answer came after the admin signed out.
  if (!known || sessionOf(known.owner) === null) return;
  const { jobId, owner, attempt } = known;
  // Not the log that the job began with: a job may be resumed after its admin signed out and in again.
  const log = requestLogOf(jobId) ?? new RequestLog();
  logs.set(jobId, { owner, log });
  log.add({ ...request, attempt });
});

// The next admin must not see what the jobs of the last one sent.
watchSession(() => {
  for (const [jobId, { owner }] of logs) if (sessionOf(owner) === null) logs.delete(jobId);
});
