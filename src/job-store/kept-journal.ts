import { pageEnvironment } from '~/jobs/environment';
import type { JobSnapshot, JobSpec } from '~/jobs/job';
import { keptEntries, type Entry, type Journal } from '~/jobs/journal';
import { TextWriter } from '~/jobs/kept-texts';
import { isOver } from '~/jobs/phase';
import { lostSnapshot } from '~/jobs/restored';
import { deleteKept, markKept, shorten, storageReason, writeEntries, writePlan, type KeptJob } from './journal-db';
import { closeMark, removeMark, reserveMark, writeMark } from './lost-marks';
import { holdRunner } from './runner-lock';
import { TextError } from '~/lib/text-error';

/** What a journal needs to go on where another page left it. */
interface Begun {
  nextSeq: number;
  /** Characters so far. */
  size: number;
}

/** Until a disk that refuses even to forget is asked again, ms. */
const ASK_AGAIN_MS = 5000;

/** A job's journal on this browser's disk. With the first batch goes the plan: before it nothing was sent. */
export class KeptJournal<Item> implements Journal {
  #begun: Begun | null;
  /** Whether the disk lists it. */
  #isListed: boolean;
  #isClosed = false;
  /** The disk has room for a mark that says that the journal was lost. */
  #isReserved = false;
  #stale: Promise<void> | null = null;
  #isMarked = false;
  /** What is done to the disk, one after the other: what is written beside a deletion would bring some of it back. */
  #turn: Promise<unknown> = Promise.resolve();
  #turns = 0;
  #texts = new TextWriter();
  readonly #id: string;
  readonly #spec: JobSpec<Item>;
  readonly #wrote: (kept: KeptJob) => void;

  /** @param wrote told after each batch, when it is durable, and of the mark in their place when the journal is lost */
  constructor(id: string, spec: JobSpec<Item>, begun: Begun | null, wrote: (kept: KeptJob) => void) {
    this.#id = id;
    this.#spec = spec;
    this.#begun = begun;
    this.#isListed = begun !== null;
    this.#wrote = wrote;
  }

  /** For good: nothing more is written. @throws where the disk refuses; then all is as it was, and what there is to write is written */
  delete(): Promise<void> {
    return this.#inTurn(async () => {
      await deleteKept(this.#id);
      this.#isClosed = true;
    });
  }

  /** Whether all that was noted is written, in any task of its own: the next batch begins in the yielding in which one ends. */
  get isIdle(): boolean {
    return this.#turns === 0;
  }

  /** Another tab keeps it from now on. */
  close(): void {
    this.#isClosed = true;
    void closeMark(this.#id);
  }

  /**
   * After `write` was refused: resolves when nothing is left on the disk that could be taken for the job; null where that is so
   * already.
   */
  get stale(): Promise<void> | null {
    return this.#stale;
  }

  /** @throws why it can't be kept, for people */
  write(entries: readonly Entry[], snapshot: JobSnapshot): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#write(entries, snapshot);
      } catch (error) {
        const reason = storageReason(error);
        await this.#giveUp(lostSnapshot(snapshot, pageEnvironment.now(), reason));
        throw new TextError(reason, { cause: error });
      }
    });
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    this.#turns += 1;
    const turn = this.#turn.then(() => (this.#isClosed ? undefined : act()));
    this.#turn = turn.catch(() => undefined).finally(() => (this.#turns -= 1));
    return turn;
  }

  async #write(entries: readonly Entry[], snapshot: JobSnapshot): Promise<void> {
    // First the lock: room that was reserved for a job that nobody holds is given back.
    if (!this.#begun) await holdRunner(this.#id);
    this.#isReserved ||= await reserveMark(this.#id);
    const begun = (this.#begun ??= await this.#begin());
    const text = entries.length > 0 ? JSON.stringify(keptEntries(entries, this.#texts)) : null;
    begun.size += text?.length ?? 0;
    await writeEntries({ id: this.#id, snapshot, size: begun.size }, begun.nextSeq, text);
    begun.nextSeq += 1;
    this.#isListed = true;
    if (isOver(snapshot)) {
      // A log that stays long tells the same.
      begun.size -= await shorten(this.#id, snapshot.total).catch(() => 0);
      // It numbers the messages anew, and only those that are left.
      this.#texts = new TextWriter();
      this.#isReserved = false;
      void removeMark(this.#id);
    }
    this.#wrote({ id: this.#id, snapshot, size: begun.size });
  }

  async #begin(): Promise<Begun> {
    const { keep, items } = this.#spec;
    const size = await writePlan(this.#id, keep?.plan ?? null, items.length, (index) =>
      keep ? keep.pack(items[index] as Item) : null,
    );
    return { nextSeq: 0, size };
  }

  /** The job goes on without its journal, if at all: what the disk has of it must not be taken for the job. */
  async #giveUp(snapshot: JobSnapshot): Promise<void> {
    if (!this.#isListed) {
      // Nothing was sent: there is part of a plan at most. What can't be deleted is cleared away another day.
      await deleteKept(this.#id).catch(() => undefined);
      return;
    }
    const mark = { id: this.#id, snapshot, size: 0 };
    if (await this.#mark(mark)) this.#wrote(mark);
    else this.#stale = this.#tryAgain(mark);
  }

  /** @returns whether nothing on the disk can be taken for the job any more */
  async #mark(mark: KeptJob): Promise<boolean> {
    const isMarked = this.#isReserved && (await writeMark(mark));
    try {
      // Among the other jobs there is room for it: the reserved one is not needed.
      if (await markKept(mark)) void removeMark(this.#id);
      return true;
    } catch {
      return isMarked;
    }
  }

  async #tryAgain(mark: KeptJob): Promise<void> {
    await new Promise<void>((resolve) => {
      pageEnvironment.after(ASK_AGAIN_MS, resolve);
    });
    // Deleted, there is nothing to mark.
    await this.#inTurn(async () => {
      if (await this.#mark(mark)) this.#isMarked = true;
    });
    if (!this.#isMarked && !this.#isClosed) return this.#tryAgain(mark);
    this.#stale = null;
    if (this.#isMarked) this.#wrote(mark);
  }
}
