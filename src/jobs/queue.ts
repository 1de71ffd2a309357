import { withValues, type Text } from '~/lib/text';
import type { Lanes } from './lanes';
import type { Ledger } from './ledger';

const NOT_DONE = /*i18n*/ {
  id: 'job.not-done',
  message:
    '{count, plural, one {Glia looked again, and # item has not happened. Resume to run it.} other {Glia looked again, and # items have not happened. Resume to run them.}}',
} as const;

const HALFWAY = /*i18n*/ {
  id: 'job.halfway',
  message: 'The job was stopped before all steps of this item were carried out. Retry it to carry out the rest.',
};

/** What is still to be done: what waits for its turn, what `stop` left out, what waits for the admin's word. */
export class Queue {
  /** Left out by `stop`: never run. */
  leftOutCount = 0;
  #lanes: Lanes | null = null;
  /** 1 = waits for its turn, or is in flight. */
  readonly #queued: Uint8Array;
  readonly #leftOut: Uint8Array;
  /** Verified as not done: they run with the next `resume` or `retryFailed`. */
  readonly #notDone = new Set<number>();
  /** Failed items that are to be tried again. */
  readonly #retried = new Set<number>();
  readonly #ledger: Ledger;
  /** The item that closes the job, which no stop leaves out; -1: none does. It is in no lane: its turn is when all others are over. */
  readonly #closing: number;
  /** It waits for that turn. */
  #closingWaits = false;
  /** Items that were taken: in flight, or between two tries. */
  #taken = 0;

  constructor(ledger: Ledger, closes: boolean) {
    this.#ledger = ledger;
    this.#closing = closes ? ledger.size - 1 : -1;
    this.#queued = new Uint8Array(ledger.size);
    this.#leftOut = new Uint8Array(ledger.size);
  }

  /** The items are read: there are lanes to queue in. */
  open(lanes: Lanes): void {
    this.#lanes = lanes;
  }

  get isOpen(): boolean {
    return this.#lanes !== null;
  }

  /** Items that wait for their turn, but for what closes the job. */
  get inLanes(): number {
    return this.#lanes?.size ?? 0;
  }

  /** Items that wait for their turn. */
  get size(): number {
    return this.inLanes + (this.#closingWaits && this.isOpen && !this.#isHeldUp ? 1 : 0);
  }

  /** All others have run that may, and some still wait for the admin's word: what closes the job waits for that, too. */
  get #isHeldUp(): boolean {
    if (this.inLanes + this.#taken > 0 || !this.#ledger.is(this.#closing, 'waiting')) return false;
    return this.resting.count > 1;
  }

  /** What closes the job is still to come, or did not succeed. */
  get isUnclosed(): boolean {
    return this.#closing >= 0 && !this.#ledger.is(this.#closing, 'done') && !this.#ledger.is(this.#closing, 'skipped');
  }

  /** Waiting items that nobody queued and nobody left out; what to say where each of them was verified as not done. */
  get resting(): { count: number; notDone: Text | null } {
    const count = this.#ledger.count('waiting') - this.leftOutCount;
    const { size } = this.#notDone;
    const others = this.#ledger.is(this.#closing, 'waiting') && !this.#notDone.has(this.#closing) ? count - 1 : count;
    return { count, notDone: size > 0 && size === others ? withValues(NOT_DONE, { count: size }) : null };
  }

  /** Queues every item with this status that may run. @returns how many. O(items): at a click, never for each item. */
  queueAll(status: 'waiting' | 'unknown'): number {
    if (!this.#lanes) return 0;
    let count = 0;
    for (let index = 0; index < this.#ledger.size; index += 1) {
      if (!this.#ledger.is(index, status) || this.#queued[index] === 1 || this.#leftOut[index] === 1) continue;
      this.#queue(index);
      count += 1;
    }
    return count;
  }

  /** Queues what failed, and what was verified as not done. @returns how many. */
  queueAgain(): number {
    if (!this.#lanes) return 0;
    const failed = this.#ledger.indexes(['failed']);
    for (const index of failed) {
      this.#ledger.wait(index, this.#ledger.facts(index).reason);
      this.#retried.add(index);
      this.#queue(index);
    }
    const notDone = [...this.#notDone];
    for (const index of notDone) this.#queue(index);
    return failed.length + notDone.length;
  }

  /** Nothing waits for its turn any more; `queueAll` brings it back. Only while nothing is taken. */
  unqueueAll(): void {
    this.#lanes?.clear();
    this.#closingWaits = false;
    this.#queued.fill(0);
  }

  /** The next item, or -1 when none may run now. */
  take(): number {
    let index = this.#lanes?.take() ?? -1;
    // Only that is left, and nothing is under way.
    if (index === -1 && this.inLanes + this.#taken === 0 && this.size > 0) {
      index = this.#closing;
      this.#closingWaits = false;
    }
    if (index !== -1) this.#taken += 1;
    return index;
  }

  /** Items that are likely to run next: a guess. */
  upcoming(count: number): number[] {
    return this.#lanes?.upcoming(count).filter((index) => this.#ledger.is(index, 'waiting')) ?? [];
  }

  /** A taken item has to run again: it is the next of its lane. */
  putBack(index: number): void {
    this.#taken -= 1;
    if (index === this.#closing) this.#closingWaits = true;
    else this.#lanes?.putBack(index);
  }

  /** A taken item needs nothing more. */
  leave(index: number): void {
    this.#queued[index] = 0;
    this.#retried.delete(index);
    this.#taken -= 1;
    if (index !== this.#closing) this.#lanes?.release(index);
  }

  /** It did not happen, and runs only when the admin says so. */
  noteNotDone(index: number): void {
    this.#notDone.add(index);
  }

  /** It waits, and no stop left it out. */
  mayRun(index: number): boolean {
    return this.#ledger.is(index, 'waiting') && this.#leftOut[index] !== 1;
  }

  /** As the journal says: a stop left it out. */
  leaveOut(index: number): void {
    if (this.#leftOut[index] === 1 || index === this.#closing) return;
    this.#leftOut[index] = 1;
    this.leftOutCount += 1;
  }

  /**
   * For good, but for what closes the job: that has its turn. Only while nothing is taken.
   * @param silent what was sent without any answer, and why: it is not untouched
   * @param now epoch ms
   */
  leaveOutAllWaiting(silent: readonly (readonly [index: number, reason: Text])[], now: number): void {
    for (const [index, reason] of silent) {
      if (this.#ledger.is(index, 'waiting')) this.#ledger.end(index, 'unknown', reason, now);
    }
    for (const index of this.#retried) {
      // It was not tried again, so it is as it was.
      if (this.#ledger.is(index, 'waiting')) this.#ledger.end(index, 'failed', this.#ledger.facts(index).reason, now);
    }
    this.#retried.clear();
    // Looked for in vain, and it may still be carried out: it did not “never run”.
    for (const index of this.#ledger.unanswered()) {
      if (this.#ledger.is(index, 'waiting')) this.#ledger.end(index, 'unknown', this.#ledger.facts(index).reason, now);
    }
    for (let index = 0; index < this.#ledger.size; index += 1) {
      if (!this.#ledger.is(index, 'waiting')) continue;
      // It did not “never run”.
      if (this.#ledger.parts(index).length > 0) this.#ledger.end(index, 'failed', HALFWAY, now);
      else this.leaveOut(index);
    }
    this.unqueueAll();
    this.#notDone.clear();
    this.queueClosing();
  }

  /** What closes the job runs, once more where it has to. */
  queueClosing(): void {
    if (!this.isUnclosed) return;
    this.#ledger.wait(this.#closing, this.#ledger.facts(this.#closing).reason);
    this.#queue(this.#closing);
  }

  /** What closes the job ended too early. Where nobody knows how it ended, it is looked at anyway. @param now epoch ms */
  reopen(why: Text, now: number): void {
    const ended = (['done', 'skipped', 'failed'] as const).some((status) => this.#ledger.is(this.#closing, status));
    if (ended) this.#ledger.end(this.#closing, 'failed', why, now);
  }

  #queue(index: number): void {
    this.#notDone.delete(index);
    this.#queued[index] = 1;
    if (index === this.#closing) this.#closingWaits = true;
    else this.#lanes?.add(index);
  }
}
