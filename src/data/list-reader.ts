import { HomeserverError } from '~/api/errors';
import type { Homeserver } from '~/api/request';
import type { OddRow } from '~/api/rows';

/** Each page costs the server a scan of whole tables, so they are large. */
export const READ_PAGE = 1000;

export interface ReadProgress {
  readonly read: number;
  readonly requests: number;
  /** How many match on the homeserver; a reading of a part of them reads fewer. Null before the first answer. */
  readonly total: number | null;
}

export interface ListRead {
  /** Rows that could not be read in full: nobody knows whether they match. */
  readonly odd: number;
  /** So many matched when the reading began. */
  readonly total: number;
  /** Rows may be missing: the list changed, and could not be followed. */
  readonly missing: number;
  readonly requests: number;
  /** Epoch ms, of the first and of the last answer. */
  readonly from: number;
  readonly to: number;
}

export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface PageOf<Row> {
  readonly rows: readonly Row[];
  readonly odd: readonly OddRow<Row>[];
  readonly total: number;
  readonly next: number | undefined;
}

interface Reading<Row> {
  ask(hs: Homeserver, range: { from: number; limit: number }, signal: AbortSignal): Promise<PageOf<Row>>;
  keyOf(row: Row): string;
  /** Given each row once. */
  take(rows: readonly Row[]): void;
  /** Whether what follows these rows is not wanted. */
  isPast?(rows: readonly Row[]): boolean;
  wait?: Wait;
}

/** Rows that go back to the list where it became shorter under the reading; then the gap is reported. */
const MOST_STEPS_BACK = 5;

/**
 * Reads a whole list, page by page, one request at a time. The list moves while it is read: a new row pushes others down, so that
 * some come twice; one that stops matching pulls them up, so that some would be left out. So each page begins with the last row of
 * the page before, and where that row is not in it, the reading goes back a page.
 *
 * After a failure `run` resumes where it was.
 */
export class ListReader<Row> {
  readonly #reading: Reading<Row>;
  readonly #known = new Set<string>();
  /** Their places: a page may come again after a step back. */
  readonly #odd = new Set<number>();
  #offset: number | null = null;
  #anchor: string | null = null;
  #stepsBack = 0;
  #lostTrack = false;
  #requests = 0;
  #total: number | null = null;
  #from = 0;
  #to = 0;

  constructor(reading: Reading<Row>) {
    this.#reading = reading;
  }

  progress(): ReadProgress {
    return { read: this.#known.size, requests: this.#requests, total: this.#total };
  }

  /**
   * @param first where to begin, found once; a part of the list may be missing then
   * @throws HomeserverError; then it may be called again
   */
  async run(
    hs: Homeserver,
    signal: AbortSignal,
    onProgress: (progress: ReadProgress) => void,
    first: () => Promise<number> = () => Promise.resolve(0),
  ): Promise<Omit<ListRead, 'missing'> & { readonly lostTrack: boolean; readonly absent: number }> {
    this.#offset ??= await first();
    for (let more = true; more;) {
      const offset: number = this.#offset;
      const page = await this.ask(hs, { from: offset, limit: READ_PAGE }, signal);
      const count = page.rows.length + page.odd.length;
      // Nothing comes before the first row.
      const hasGap = offset > 0 && this.#hasGap(page);
      if (hasGap && this.#stepsBack < MOST_STEPS_BACK) {
        this.#stepsBack += 1;
        this.#offset = Math.max(0, offset - READ_PAGE + 1);
        continue;
      }
      if (hasGap) this.#lostTrack = true;
      this.#takeRows(page, offset);
      more = this.#reading.isPast?.(page.rows) !== true && count > 0 && page.next !== undefined;
      const last = page.rows.at(-1);
      this.#anchor = last === undefined ? null : this.#reading.keyOf(last);
      // Rows that could not be read can’t be recognised again: the last one that could is in the next page too.
      this.#offset = offset + (last === undefined ? count : Math.max(1, count - 1 - page.odd.length));
      onProgress(this.progress());
    }
    const total = this.#total ?? 0;
    return {
      odd: this.#odd.size,
      total,
      absent: Math.max(0, total - this.#known.size - this.#odd.size),
      lostTrack: this.#lostTrack,
      requests: this.#requests,
      from: this.#from,
      to: this.#to,
    };
  }

  /** An empty page has one too: the list ends before the row that was read last. */
  #hasGap({ rows }: PageOf<Row>): boolean {
    const anchor = this.#anchor;
    return anchor !== null && !rows.some((row) => this.#reading.keyOf(row) === anchor);
  }

  #takeRows({ rows, odd }: PageOf<Row>, offset: number): void {
    const { keyOf, take } = this.#reading;
    for (const { index } of odd) this.#odd.add(offset + index);
    const fresh = rows.filter((row) => !this.#known.has(keyOf(row)));
    for (const row of fresh) this.#known.add(keyOf(row));
    take(fresh);
  }

  /** One page, asked again where the homeserver is busy or out of reach for a moment. */
  async ask(hs: Homeserver, range: { from: number; limit: number }, signal: AbortSignal): Promise<PageOf<Row>> {
    const { ask, wait = waitFor } = this.#reading;
    let [failures, waits] = [0, 0];
    for (;;) {
      try {
        this.#requests += 1;
        const page = await ask(hs, range, signal);
        this.#to = Date.now();
        if (this.#total === null) {
          this.#from = this.#to;
          this.#total = Number.isNaN(page.total) ? null : page.total;
        }
        return page;
      } catch (error) {
        const isBusy = error instanceof HomeserverError && error.status === 429;
        if (isBusy) waits += 1;
        else failures += 1;
        const ms = pauseAfter(error, isBusy ? waits : failures);
        if (ms === null || signal.aborted) throw error;
        await wait(ms, signal);
      }
    }
  }

  /** How many match, as the first answer said. */
  get total(): number {
    return this.#total ?? 0;
  }
}

/** How long to wait before the same is asked again; null: it is of no use, or was tried often enough. @param times with this one */
function pauseAfter(error: unknown, times: number): number | null {
  if (!(error instanceof HomeserverError)) return null;
  if (error.status === 429 && times < 10) return Math.min(Math.max(error.retryAfterMs ?? 2000, 500), 60_000);
  const isPassing =
    error.kind === 'network' || error.kind === 'timeout' || (error.kind !== 'shape' && (error.status ?? 0) >= 500);
  return isPassing && times < 3 ? 1000 * times : null;
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
