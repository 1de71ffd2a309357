import { textOfError } from '~/lib/text-error';
import type { Text } from '~/lib/text';
import type { JobSnapshot } from './job';
import type { Entry, Journal } from './journal';

/** Whose journal it is. */
interface Author {
  snapshot(): JobSnapshot;
  /**
   * Nothing can be written down any more. Called before whoever waits for a batch continues; and once more where something
   * stale was left on the disk, when it is gone.
   */
  unkept(reason: Text): void;
}

/**
 * Writes to a journal in batches, one at a time and in order: what is noted while a batch is on its way is the next one. With
 * no journal, or one that was lost, everything counts as written.
 */
export class JournalWriter {
  /** Why nothing is kept any more; null while it is. */
  lost: Text | null = null;
  /** What was written before it was lost could still be taken for the job. */
  isStale = false;
  /** Grows with each batch. */
  batches = 0;
  #pending: Entry[] = [];
  #waiting: (() => void)[] = [];
  /** Those that wait for the batch that is on its way. */
  #waitingNow: (() => void)[] = [];
  #writing = false;
  #kicked = false;
  readonly #journal: Journal | null;
  readonly #job: Author;

  constructor(journal: Journal | undefined, job: Author) {
    this.#journal = journal ?? null;
    this.#job = job;
  }

  get isKeeping(): boolean {
    return this.#journal !== null && this.lost === null;
  }

  note(entry: Entry): void {
    if (!this.isKeeping) return;
    this.#pending.push(entry);
    this.#kick();
  }

  /** The state of the job changed: a batch even without entries. */
  touch(): void {
    if (this.isKeeping) this.#kick();
  }

  /** Resolves when all that was noted so far is durable, or lost. */
  written(): Promise<void> {
    if (!this.isKeeping || (this.#pending.length === 0 && !this.#writing)) return Promise.resolve();
    const queue = this.#pending.length > 0 ? this.#waiting : this.#waitingNow;
    return new Promise((resolve) => queue.push(resolve));
  }

  /** In a microtask: what is noted in one turn is one batch. */
  #kick(): void {
    if (this.#kicked || this.#writing) {
      this.#kicked = true;
      return;
    }
    this.#kicked = true;
    queueMicrotask(() => void this.#write());
  }

  async #write(): Promise<void> {
    if (!this.#journal || this.#writing) return;
    this.#writing = true;
    while (this.#kicked && this.isKeeping) {
      this.#kicked = false;
      const entries = this.#pending;
      this.#waitingNow = this.#waiting;
      this.#pending = [];
      this.#waiting = [];
      this.batches += 1;
      try {
        await this.#journal.write(entries, this.#job.snapshot());
      } catch (error) {
        this.#lose(textOfError(error));
      }
      for (const resolve of this.#waitingNow.splice(0)) resolve();
    }
    this.#writing = false;
  }

  #lose(reason: Text): void {
    this.lost = reason;
    this.#pending = [];
    const stale = this.#journal?.stale ?? null;
    this.isStale = stale !== null;
    if (stale) void this.#forget(stale, reason);
    this.#job.unkept(reason);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #forget(stale: Promise<void>, reason: Text): Promise<void> {
    await stale;
    this.isStale = false;
    this.#job.unkept(reason);
  }
}
