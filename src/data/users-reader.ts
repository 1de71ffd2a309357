import type { Homeserver } from '~/api/request';
import { listUsers, type UserRow, type UsersQuery } from '~/api/users';
import { fitsUserSearch } from '~/api/wildcards';
import { ListReader, type ListRead, type ReadProgress, type Wait } from './list-reader';

/** Accounts made in a span of time, in epoch ms; from its first moment to just before its end. */
export interface CreatedIn {
  readonly from?: number;
  readonly before?: number;
}

/** With `CreatedIn` the total is more than will be read. */
export type UsersProgress = ReadProgress;
export type UsersRead = ListRead;

/** New accounts push rows down while the place of a date is looked for. */
const MARGIN = 10;

/** Reads all users that match, the newest first. */
export class UsersReader {
  readonly #created: CreatedIn;
  readonly #reader: ListReader<UserRow>;

  /** @param take given each user once, the newest first; wildcards in the search stand for themselves */
  constructor(query: UsersQuery, created: CreatedIn | null, take: (users: readonly UserRow[]) => void, wait?: Wait) {
    const { from, before } = (this.#created = created ?? {});
    this.#reader = new ListReader<UserRow>({
      // The newest first, since Synapse has an index of it, and what is older than wanted needs no reading.
      async ask(hs, range, signal) {
        const page = await listUsers(hs, { ...query, order_by: 'creation_ts', dir: 'b', ...range }, signal);
        return { rows: page.users, odd: page.odd, total: page.total, next: page.next };
      },
      keyOf: ({ name }) => name,
      take: (users) =>
        take(
          users.filter(
            (user) =>
              fitsUserSearch(query, user) &&
              (from === undefined || (user.creation_ts ?? -Infinity) >= from) &&
              (before === undefined || (user.creation_ts ?? Infinity) < before),
          ),
        ),
      isPast: (users) => from !== undefined && users.some(({ creation_ts: at }) => at != null && at < from),
      ...(wait && { wait }),
    });
  }

  progress(): UsersProgress {
    return this.#reader.progress();
  }

  /** @throws HomeserverError; then it may be called again */
  async run(hs: Homeserver, signal: AbortSignal, onProgress: (progress: UsersProgress) => void): Promise<UsersRead> {
    const { lostTrack, absent, ...read } = await this.#reader.run(hs, signal, onProgress, () =>
      this.#firstOffset(hs, signal),
    );
    const { from, before } = this.#created;
    const missing = from === undefined && before === undefined ? absent : 0;
    return { ...read, missing: missing === 0 && lostTrack ? 1 : missing };
  }

  /** Where the accounts begin that are old enough: found by halving, with requests for one row. */
  async #firstOffset(hs: Homeserver, signal: AbortSignal): Promise<number> {
    const { before } = this.#created;
    if (before === undefined) return 0;
    const rowAt = async (from: number) => (await this.#reader.ask(hs, { from, limit: 1 }, signal)).rows[0];
    const first = await rowAt(0);
    // Accounts without a date come first on PostgreSQL and last on SQLite.
    const nullsFirst = first !== undefined && first.creation_ts == null;
    const isOldEnough = (user: UserRow | undefined) =>
      user === undefined || (user.creation_ts == null ? !nullsFirst : user.creation_ts < before);
    if (isOldEnough(first)) return 0;
    let [young, old] = [0, this.#reader.total];
    while (old - young > 1) {
      const middle = Math.floor((young + old) / 2);
      if (isOldEnough(await rowAt(middle))) old = middle;
      else young = middle;
    }
    return Math.max(0, old - MARGIN);
  }
}
