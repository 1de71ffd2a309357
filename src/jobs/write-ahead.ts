import type { JournalWriter } from './journal-writer';

/** At most so many items are marked before their turn: after a crash each of them is looked at. */
const MOST_AHEAD = 256;

/**
 * Which items the journal knows as “about to be sent”. An item is marked before it is sent, and waits until that is durable.
 * Where the job can verify, the next ones are marked with it, as many as are used up during two writes: then a quick server does
 * not wait for the disk, and a slow one leaves hardly more unknown ones behind a crash than were in flight.
 */
export class WriteAhead {
  /** Marked, durable or on the way there, and not sent yet. */
  readonly #marked = new Map<number, 'writing' | 'written'>();
  /** Sent since the last batch began, and how many that were in the batch before. */
  #used = 0;
  #usedBefore = 0;
  #batch = 0;
  readonly #writer: JournalWriter;
  readonly #atLeast: number;
  readonly #upcoming: (count: number) => readonly number[];

  /**
   * @param atLeast how many are marked ahead at any rate; -1 = none ever
   * @param upcoming the items that are likely next
   */
  constructor(writer: JournalWriter, atLeast: number, upcoming: (count: number) => readonly number[]) {
    this.#writer = writer;
    this.#atLeast = atLeast;
    this.#upcoming = upcoming;
  }

  /** Takes the item's mark, if that is durable already. */
  take(index: number): boolean {
    if (!this.#writer.isKeeping) return true;
    if (this.#marked.get(index) !== 'written') return false;
    this.#marked.delete(index);
    this.#use();
    return true;
  }

  /** WriteAhead the item, and takes the mark when it is durable. */
  async make(index: number): Promise<void> {
    this.#mark(index);
    this.#lookAhead();
    await this.#writer.written();
    this.#marked.delete(index);
    this.#used += 1;
  }

  /** The items that were marked and not sent: the job rests. */
  unmarkAll(): number[] {
    const left = [...this.#marked.keys()];
    this.#marked.clear();
    return left;
  }

  #mark(index: number): void {
    if (this.#marked.has(index)) return;
    this.#marked.set(index, 'writing');
    this.#writer.note(['sent', index]);
  }

  #use(): void {
    this.#used += 1;
    if (this.#marked.size <= this.#ahead() / 2) this.#lookAhead();
  }

  #ahead(): number {
    if (this.#atLeast < 0) return -1;
    if (this.#batch !== this.#writer.batches) {
      this.#batch = this.#writer.batches;
      this.#usedBefore = this.#used;
      this.#used = 0;
    }
    return Math.min(MOST_AHEAD, this.#atLeast + 2 * Math.max(this.#used, this.#usedBefore));
  }

  #lookAhead(): void {
    const ahead = this.#ahead();
    if (ahead <= 0) return;
    const marked: number[] = [];
    for (const index of this.#upcoming(ahead)) {
      if (this.#marked.has(index)) continue;
      this.#mark(index);
      marked.push(index);
    }
    if (marked.length === 0) return;
    void this.#written(marked);
  }

  async #written(marked: readonly number[]): Promise<void> {
    await this.#writer.written();
    for (const index of marked) if (this.#marked.has(index)) this.#marked.set(index, 'written');
  }
}
