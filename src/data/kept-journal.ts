import type { JobSnapshot, JobSpec } from '~/jobs/job';
import type { Entry, Journal } from '~/jobs/journal';
import { shorten, storageReason, writeEntries, writePlan, type KeptJob } from './journal-db';
import { holdRunner, NO_LOCKS } from './runner-lock';

/** What a journal needs to go on where another page left it. */
interface Begun {
  nextSeq: number;
  /** Characters so far. */
  size: number;
}

/** A job's journal on this browser's disk. With the first batch goes the plan: before it nothing was sent. */
export class KeptJournal<Item> implements Journal {
  #begun: Begun | null;
  #isClosed = false;
  readonly #id: string;
  readonly #spec: JobSpec<Item>;
  readonly #wrote: (kept: KeptJob) => void;

  /** @param wrote told after each batch, when it is durable */
  constructor(id: string, spec: JobSpec<Item>, begun: Begun | null, wrote: (kept: KeptJob) => void) {
    this.#id = id;
    this.#spec = spec;
    this.#begun = begun;
    this.#wrote = wrote;
  }

  /** Nothing more is written: the job is deleted. */
  close(): void {
    this.#isClosed = true;
  }

  /** @throws why it can't be kept, for people */
  async write(entries: readonly Entry[], snapshot: JobSnapshot): Promise<void> {
    try {
      await this.#write(entries, snapshot);
    } catch (error) {
      const reason = error instanceof Error && error.message === NO_LOCKS ? NO_LOCKS : storageReason(error);
      throw new Error(reason, { cause: error });
    }
  }

  async #write(entries: readonly Entry[], snapshot: JobSnapshot): Promise<void> {
    const begun = (this.#begun ??= await this.#begin());
    if (this.#isClosed) return;
    const text = entries.length > 0 ? JSON.stringify(entries) : null;
    begun.size += text?.length ?? 0;
    await writeEntries({ id: this.#id, snapshot, size: begun.size }, begun.nextSeq, text);
    begun.nextSeq += 1;
    const { phase } = snapshot.state;
    if (!this.#isClosed && (phase === 'finished' || phase === 'stopped'))
      begun.size -= await shorten(this.#id, snapshot.total);
    this.#wrote({ id: this.#id, snapshot, size: begun.size });
  }

  async #begin(): Promise<Begun> {
    await holdRunner(this.#id);
    const { keep, items } = this.#spec;
    const size = await writePlan(this.#id, keep?.plan ?? null, items.length, (index) =>
      keep ? keep.pack(items[index] as Item) : null,
    );
    return { nextSeq: 0, size };
  }
}
