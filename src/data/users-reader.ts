import { HomeserverError } from '~/api/errors';
import type { Homeserver } from '~/api/request';
import { listUsers, type UserRow, type UsersPage, type UsersQuery } from '~/api/users';
import { fitsUserSearch } from '~/api/wildcards';

/** Each page costs the server two whole-table scans, so they are large. */
export const READ_PAGE = 1000;

/** Accounts made in a span of time, in epoch ms; from its first moment to just before its end. */
export interface CreatedIn {
  readonly from?: number;
  readonly before?: number;
}

export interface UsersProgress {
  readonly read: number;
  readonly requests: number;
  /** How many match on the homeserver; with `CreatedIn` more than will be read. Null before the first answer. */
  readonly total: number | null;
}

export interface UsersRead {
  /** Users that could not be read in full: nobody knows whether they match. */
  readonly odd: number;
  /** So many matched when the reading began. */
  readonly total: number;
  /** Users may be missing: the list changed, and could not be followed. */
  readonly missing: number;
  readonly requests: number;
  /** Epoch ms, of the first and of the last answer. */
  readonly from: number;
  readonly to: number;
}

type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Rows that go back to the list where it became shorter under the reading; then the gap is reported. */
const MOST_STEPS_BACK = 5;
/** New accounts push rows down while the place of a date is looked for. */
const MARGIN = 10;

/**
 * Reads all users that match, page by page, one request at a time. The list moves while it is read: a new account pushes rows down, so
 * that some come twice; one that stops matching pulls them up, so that some would be left out. So each page begins with the last row
 * of the page before, and where that row is not in it, the reading goes back a page.
 *
 * After a failure `run` resumes where it was.
 */
export class UsersReader {
  readonly #query: UsersQuery;
  readonly #created: CreatedIn;
  readonly #take: (users: readonly UserRow[]) => void;
  readonly #wait: Wait;
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

  /** @param take given each user once, the newest first; wildcards in the search stand for themselves */
  constructor(
    query: UsersQuery,
    created: CreatedIn | null,
    take: (users: readonly UserRow[]) => void,
    wait: Wait = waitFor,
  ) {
    // The newest first, since Synapse has an index of it, and what is older than wanted needs no reading.
    this.#query = { ...query, order_by: 'creation_ts', dir: 'b' };
    this.#created = created ?? {};
    this.#take = take;
    this.#wait = wait;
  }

  progress(): UsersProgress {
    return { read: this.#known.size, requests: this.#requests, total: this.#total };
  }

  /** @throws HomeserverError; then it may be called again */
  async run(hs: Homeserver, signal: AbortSignal, onProgress: (progress: UsersProgress) => void): Promise<UsersRead> {
    this.#offset ??= await this.#firstOffset(hs, signal);
    for (let more = true; more;) {
      const offset: number = this.#offset;
      const page = await this.#ask(hs, { from: offset, limit: READ_PAGE }, signal);
      const count = page.users.length + page.odd.length;
      // Nothing comes before the first row.
      const hasGap = offset > 0 && this.#hasGap(page);
      if (hasGap && this.#stepsBack < MOST_STEPS_BACK) {
        this.#stepsBack += 1;
        this.#offset = Math.max(0, offset - READ_PAGE + 1);
        continue;
      }
      if (hasGap) this.#lostTrack = true;
      const isPast = this.#takeRows(page, offset);
      more = !isPast && count > 0 && page.next !== undefined;
      const last = page.users.at(-1);
      this.#anchor = last?.name ?? null;
      // Rows that could not be read can’t be recognised again: the last one that could is in the next page too.
      this.#offset = offset + (last ? Math.max(1, count - 1 - page.odd.length) : count);
      onProgress(this.progress());
    }
    const total = this.#total ?? 0;
    return {
      odd: this.#odd.size,
      total,
      missing: this.#missing(total),
      requests: this.#requests,
      from: this.#from,
      to: this.#to,
    };
  }

  #missing(total: number): number {
    const { from, before } = this.#created;
    const isWhole = from === undefined && before === undefined;
    const absent = isWhole ? Math.max(0, total - this.#known.size - this.#odd.size) : 0;
    return absent === 0 && this.#lostTrack ? 1 : absent;
  }

  /** An empty page has one too: the list ends before the row that was read last. */
  #hasGap({ users }: UsersPage): boolean {
    const anchor = this.#anchor;
    return anchor !== null && !users.some(({ name }) => name === anchor);
  }

  /** @returns whether what follows is older than wanted */
  #takeRows({ users, odd }: UsersPage, offset: number): boolean {
    const { from, before } = this.#created;
    for (const { index } of odd) this.#odd.add(offset + index);
    const fresh = users.filter(({ name }) => !this.#known.has(name));
    for (const { name } of fresh) this.#known.add(name);
    this.#take(
      fresh.filter(
        (user) =>
          fitsUserSearch(this.#query, user) &&
          (from === undefined || (user.creation_ts ?? -Infinity) >= from) &&
          (before === undefined || (user.creation_ts ?? Infinity) < before),
      ),
    );
    return from !== undefined && users.some(({ creation_ts: at }) => at != null && at < from);
  }

  /** Where the accounts begin that are old enough: found by halving, with requests for one row. */
  async #firstOffset(hs: Homeserver, signal: AbortSignal): Promise<number> {
    const { before } = this.#created;
    if (before === undefined) return 0;
    const rowAt = async (from: number) => (await this.#ask(hs, { from, limit: 1 }, signal)).users[0];
    const first = await rowAt(0);
    // Accounts without a date come first on PostgreSQL and last on SQLite.
    const nullsFirst = first !== undefined && first.creation_ts == null;
    const isOldEnough = (user: UserRow | undefined) =>
      user === undefined || (user.creation_ts == null ? !nullsFirst : user.creation_ts < before);
    if (isOldEnough(first)) return 0;
    let [young, old] = [0, this.#total ?? 0];
    while (old - young > 1) {
      const middle = Math.floor((young + old) / 2);
      if (isOldEnough(await rowAt(middle))) old = middle;
      else young = middle;
    }
    return Math.max(0, old - MARGIN);
  }

  async #ask(hs: Homeserver, range: { from: number; limit: number }, signal: AbortSignal): Promise<UsersPage> {
    let [failures, waits] = [0, 0];
    for (;;) {
      try {
        this.#requests += 1;
        const page = await listUsers(hs, { ...this.#query, ...range }, signal);
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
        await this.#wait(ms, signal);
      }
    }
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
