import type { Text } from '~/lib/text';
import { TextError } from '~/lib/text-error';

/** What a job is: the words that the engine, the wizards and the screens share. Knows no Matrix and no React. */

/** A value that JSON can hold: before-states are kept, exported and, later, journaled. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * - `waiting`: not begun. - `running`: in flight.
 * - `done`: success that was read in an answer to a request of this job. What is only found to be so is never `done`.
 * - `skipped`: nothing to do, or the server changed since the plan (why is in the reason). So is what is found as it should be
 *   after a request without an answer: “by this job or by someone else”. Whose doing it is nobody can tell, so an undo offers
 *   such rows and leaves them alone unless they are chosen.
 * - `failed`: refused, with the server's own reason, or found not as it should be.
 * - `unknown`: sent, but no trustworthy answer came: it may have happened. Verifying offers itself.
 *
 * A request without an answer may be carried out at any time, whatever comes of its row afterwards (`LedgerRow.unanswered`): no
 * ending of such a row denies it, and it is looked at again when the job is over, and whenever its report is opened.
 */
export type ItemStatus = 'waiting' | 'running' | 'done' | 'skipped' | 'failed' | 'unknown';

/** How one item ended: `done` as read in an answer to it. */
export type Outcome = (
  | { status: 'done'; reason?: Text }
  | { status: 'skipped'; reason: Text }
  | { status: 'failed'; reason: Text }
) & {
  before?: Json;
  /** Whatever an unanswered request of the item may still do changes nothing any more: a file that is gone stays gone. */
  settles?: true;
};

/** What a thrown error means for the job. The job's own `classify` says it, since the engine knows no HTTP. */
export type Fault =
  /** 429: nothing was done. Everyone waits; `waitMs` null = the server did not say. */
  | { kind: 'busy'; waitMs: number | null; reason: Text; sent?: boolean }
  /**
   * Token lost, or no longer an admin's: nothing was done. The job pauses and asks; the item goes back to waiting.
   * `sent`, here and for `busy`: it was the answer to a later request of the item, and an earlier one was carried out.
   */
  | { kind: 'signed-out'; reason: Text; sent?: boolean }
  /** No trustworthy answer. Repeated only where that is harmless; otherwise what was sent ends `unknown`. */
  | { kind: 'unanswered'; reason: Text; /** Missing: as the job says. */ repeatable?: boolean }
  /** Refused by the server: it will be refused again. `sent`, as above: how the earlier request ended is not known then. */
  | { kind: 'refused'; reason: Text; sent?: boolean };

/**
 * What was looked for did not happen so far.
 * `underway`: the server took it over and still works on it, as this says. It runs again, and follows that.
 */
export interface NotDone {
  status: 'not-done';
  underway?: Text;
}

export interface RunContext {
  /** Aborted only when the whole page goes away; pause and stop let what is in flight finish. */
  signal: AbortSignal;
  /** How many times `run` was called for this item, this time included: 1 for the first try. A try answered by 429 counts. */
  attempt: number;
  /**
   * A request of an earlier try was sent, or may have been, and got no answer: in this page's life or, by the journal, in an
   * earlier one. A server may carry it out even now, so what is found done may be this job's own doing.
   */
  sentEarlier: boolean;
  /** What an earlier try kept, in this page's life or, by the journal, in an earlier one. */
  kept: Json | undefined;
  /**
   * Keeps the state found just before the change, so that it is in the ledger even when no answer comes. Await it where the
   * item itself does not tell that state: then it is in the journal before the change, and outlives the page.
   * @throws HeldBack where the job `keepsFirst` and pauses by now, as it does when nothing can be kept
   */
  keepBefore(before: Json): void | Promise<void>;
  /** What the parts of the item say that earlier tries kept, in order: for an item that changes several things one by one. */
  parts: readonly Json[];
  /** Adds one, for the report: durable some time. */
  addPart(part: Json): void;
  /**
   * Adds one just before a request that it tells of, as `keepBefore` does: it is durable when this resolves.
   * @throws HeldBack where the job pauses by now
   */
  keepPart(part: Json): Promise<void>;
  /**
   * All that was sent of the item so far is answered. What its next request meets says nothing about that, and it has all its tries
   * anew. @param settles as in an outcome
   */
  partAnswered(part?: Json, settles?: boolean): void;
  /** To call between two parts. @throws HeldBack where the job pauses or everyone waits: the item goes back to the queue */
  mayGoOn(): void;
  /**
   * To call before each further request of an item: where everyone waits by now (429), it waits too, back in the queue, and `run`
   * begins anew afterwards. @param sent whether an earlier request of this try has changed something
   * @throws HeldBack, to be let through
   */
  holdBack(sent?: boolean): void;
  /** Resolves after so many ms: for what the server still does in the background. */
  wait(ms: number): Promise<void>;
  /**
   * The same for what may take hours: where the job does not run any more, the item goes back to the queue, and `run` begins anew
   * when it is resumed.
   * @throws HeldBack, to be let through
   */
  follow(ms: number): Promise<void>;
  /** Another row of the job as it is now, also after a reload: where an item hangs on how an earlier one ended. */
  row(index: number): LedgerRow;
  /**
   * What closes the job had ended, and something turned up that it should have come after: it is `failed` from here on, and the
   * job unclosed. It runs again only when that is asked for.
   */
  reopen(why: Text): void;
}

/** Thrown by `holdBack`; the engine knows what it means. */
export class HeldBack extends TextError {
  override readonly name = 'HeldBack';
  readonly sent: boolean;

  constructor(sent: boolean, text: Text = EVERYONE_WAITS) {
    super(text);
    this.sent = sent;
  }
}

const EVERYONE_WAITS = /*i18n*/ {
  id: 'job.everyone-waits',
  message: 'Waiting, because the homeserver asked to slow down.',
};

export const STILL_WORKING = /*i18n*/ { id: 'job.still-working', message: 'The homeserver is still working on it.' };

export interface Policy {
  /** Never more of this job's items in flight at once. Default 6: a browser's HTTP/1.1 connections to a host. */
  concurrency: number;
  /** So many at once at the beginning; from then on as the round trips say. Default 2. */
  start: number;
  /** The first few items run alone, one by one, before the rest (promise 5). Default 3, for a scan 0; 0 = none. */
  canary: number;
  /**
   * Past this share of failed + unknown among the finished (skipped ones left out, and not before `enough` of them), the job
   * pauses and asks. 0 to 1, default 0.05; 1 = never.
   */
  failureThreshold: number;
  /** Before so many have finished, a share says nothing. Default 20. */
  enough: number;
  /** Tries for an unanswered item of a repeatable job, the first included. Default 4. */
  maxAttempts: number;
}

/**
 * A job with a closing is not over before its last item ran: that runs too where the job is stopped, from wherever it is stopped,
 * and `stop` runs it again where it failed or nobody knows. So it has to look before it changes anything.
 */
export interface Closing {
  /** What it does, within a sentence: “your own rate limit is put back as it was”. */
  does: Text;
  /** What may be so until it did, as a sentence. */
  until: Text;
}

/** Cells by the name of their column, which no language changes. */
export type Columns = Readonly<Record<string, Text>>;

export interface JobSpec<Item> {
  /** `join-rooms`, `delete-media`, `external-ids`, `scan`… */
  kind: string;
  /** For people: “Join 12 users to 3 rooms”. */
  title: Text;
  /** Which homeserver and as whom: said in the report. Never a token. */
  owner: { baseUrl: string; userId: string };
  /** Id of the job that this one undoes. */
  undoes?: string;
  /** Unique by `describe().id`. Snapshot: the job runs exactly these. */
  items: readonly Item[];
  /** What is shown of the item. `id` is unique in the job; columns are for people and the report. */
  describe(item: Item): { id: string; columns: Columns };
  /** Items of one lane run one at a time, lanes side by side (Synapse serialises joins to one room). */
  lane?(item: Item): string;
  run(item: Item, context: RunContext): Promise<Outcome>;
  /**
   * Looks whether an item happened that is unknown, or that has a request without an answer; changes nothing. `not-done`: not so
   * far; that puts an unknown item back to waiting where verifying was asked for.
   */
  verify?(item: Item, context: RunContext): Promise<Outcome | NotDone>;
  /**
   * `run` awaits `keepBefore` before its first request that changes something, and sends none without it: that marks the item as
   * about to be sent, and a try that did not come so far is known to have changed nothing. Otherwise each item is marked before
   * its turn, and after a crash nobody can tell which of them were sent.
   */
  keepsFirst?: boolean;
  /** Done, it may still be changed by what was sent before this job: it is looked at again as what got no answer is. */
  mayBeUndone?(item: Item): boolean;
  classify(error: unknown): Fault;
  /** True where sending twice does no harm: then an unanswered item is tried again with backoff. */
  repeatable: boolean;
  policy?: Partial<Policy>;
  /** The last item puts back what the job changed for its own run. */
  closing?: Closing;
  /**
   * How it outlives its page: each item as JSON, and what its kind needs besides the items to make this spec again. Never a
   * token. Missing: it lives and dies with the page.
   */
  keep?: { plan: Json; pack(item: Item): Json };
  /** A scan makes a plan: it only reads, is not listed among the jobs, and leaves no report. */
  scan?: boolean;
}

/**
 * - `paused` says why: by the admin, by failures past the threshold, by a lost token, because its journal can't be kept
 *   (any more).
 * - `stopping`/`pausing`: what is in flight is finishing.
 * - `lost`: what is still on disk of a job whose journal was lost, as of that moment. Only its own tab may still run it.
 */
export type JobState =
  | { phase: 'ready' }
  /** `canary`: the first few are running alone. */
  | { phase: 'running'; canary: boolean }
  | { phase: 'pausing' }
  | { phase: 'paused'; why: 'asked' | 'failures' | 'unkept' | 'signed-out'; reason: Text }
  | { phase: 'stopping' }
  | { phase: 'stopped' }
  | { phase: 'finished' }
  /** `at`: epoch ms. */
  | { phase: 'lost'; at: number; reason: Text };

export interface JobSnapshot {
  id: string;
  kind: string;
  title: Text;
  owner: { baseUrl: string; userId: string };
  /** Id of the job that this one undoes. Missing in journals of older versions until the job is opened. */
  undoes?: string;
  state: JobState;
  total: number;
  counts: Readonly<Record<ItemStatus, number>>;
  /** Epoch ms. */
  startedAt: number | null;
  endedAt: number | null;
  /** Finished items a second, over the last seconds. Null until it can be said. */
  ratePerSecond: number | null;
  /** Null until it can be said. */
  remainingMs: number | null;
  /** Everyone waits until then (epoch ms) because the server asked; null when not waiting. */
  waitingUntil: number | null;
  /** Requests allowed at once right now. */
  concurrency: number;
  canVerify: boolean;
  scan: boolean;
  /** Requests that got no answer so far; most were sent again. Missing: none. */
  failures?: number;
  /** Its closing is still to come, or did not succeed. */
  unclosed?: Closing;
  /** Rows with a request that got no answer and may still be carried out, or that `mayBeUndone`; missing: none. */
  unsettled?: {
    count: number;
    isLooking: boolean;
    /** When they were looked at last, epoch ms. */ lookedAt: number | null;
  };
  /** Grows with every change of any row: a cheap reason to read rows again. */
  version: number;
  /** Whether a journal keeps it beyond this page; missing where nobody tried. */
  kept?:
    | { ok: true }
    /** `stale`: the disk still has an older state of it, so nothing is sent until that is gone. */
    | { ok: false; reason: Text; stale?: true };
  /** Another tab runs it, and this is what that tab says. */
  elsewhere?: true;
}

export interface LedgerRow {
  index: number;
  id: string;
  columns: Columns;
  status: ItemStatus;
  reason: Text;
  before: Json | undefined;
  /** What it did one by one, where it changes several things. Missing: nothing so far. */
  parts?: readonly Json[];
  attempts: number;
  /** Epoch ms of the last outcome; null while it has none. */
  endedAt: number | null;
  /** A request of it was sent, or may have been, and got no answer: it may still be carried out, whatever the status says. */
  unanswered?: true;
}

/** A job as screens see it. Snapshots are immutable and change at most every 100 ms or so. */
export interface Job {
  readonly id: string;
  /** A property, not a method: `useSyncExternalStore(job.subscribe, job.getSnapshot)` is safe. */
  readonly subscribe: (listener: () => void) => () => void;
  /** The same object until something changes. Rows, `indexes` and `columns` are read live, so they may be a moment ahead. */
  readonly getSnapshot: () => JobSnapshot;
  columns(): readonly string[];
  row(index: number): LedgerRow;
  /** Indexes of the rows with one of these statuses (all when none is named), in plan order. */
  indexes(statuses: readonly ItemStatus[]): readonly number[];
  start(): void;
  pause(): void;
  /** Also after a pause by failures (it asks again after as many more) or a lost token. */
  resume(): void;
  /**
   * For good: what was not begun stays `waiting` in the ledger and never runs, but for a closing. Failed items may still be
   * retried. Where the job is over and its closing did not succeed, that alone is run again.
   */
  stop(): void;
  /** Puts failed items back to waiting and runs them. Touches nothing else: a paused job is paused again afterwards. */
  retryFailed(): void;
  /**
   * Verifies unknown items, which stay `unknown` until then. Those that did not happen go back to waiting but run only on
   * `resume`/`retryFailed`: the job is paused (`asked`) afterwards if there are any.
   */
  verifyUnknown(): void;
  /**
   * Looks again at what had a request without an answer, in a job that is over. Changes nothing on the server; a row changes where
   * something is found.
   */
  lookAgain(): void;
  /** Resolves when the job is finished or stopped (again after a retry). */
  settled(): Promise<JobSnapshot>;
}
