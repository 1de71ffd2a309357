import { HomeserverError } from '~/api/errors';
import type { UserRow } from '~/api/users';
import { looksBridged } from '~/api/wildcards';
import { expireSession, homeserverOf, ownerOf, type Session } from '~/data/session';
import { userFilter, type UserListState } from '~/data/user-list';
import { createdIn, fitsRow } from '~/data/user-rows';
import { UsersReader, type UsersProgress, type UsersRead } from '~/data/users-reader';
import { BOM, csvLine, type Cell } from '~/lib/csv';
import { isoTime } from '~/lib/times';

export type ExportFormat = 'csv' | 'json';

export interface UsersFile {
  readonly file: Blob;
  /** Users in it. */
  readonly count: number;
  readonly read: UsersRead;
}

/** Synapse's own names, but for the ID: a column `name` would be taken for what people are called. */
const COLUMNS: readonly (readonly [head: string, cell: (user: UserRow) => Cell])[] = [
  ['user_id', ({ name }) => name],
  ['displayname', ({ displayname }) => displayname],
  ['user_type', ({ user_type }) => user_type],
  ['admin', ({ admin }) => admin],
  ['deactivated', ({ deactivated }) => deactivated],
  ['locked', ({ locked }) => locked],
  ['shadow_banned', ({ shadow_banned }) => shadow_banned],
  ['erased', ({ erased }) => erased],
  ['is_guest', ({ is_guest }) => is_guest],
  ['created', ({ creation_ts }) => isoTime(creation_ts)],
  ['last_seen', ({ last_seen_ts }) => isoTime(last_seen_ts)],
  ['avatar_url', ({ avatar_url }) => avatar_url],
];

/**
 * All users that match the list’s filters, as a file: written page by page as they are read, the newest first. After a failure `run`
 * resumes where it was.
 */
export class UsersExport {
  readonly #session: Session;
  readonly #state: UserListState;
  readonly #format: ExportFormat;
  readonly #reader: UsersReader;
  readonly #parts: Blob[] = [];
  #count = 0;

  constructor(session: Session, state: UserListState, format: ExportFormat) {
    this.#session = session;
    this.#state = state;
    this.#format = format;
    const query = userFilter({ ...state, bridged: 'any' }, session);
    this.#reader = new UsersReader(query, createdIn(state), (users) => this.#take(users));
  }

  progress(): UsersProgress {
    return this.#reader.progress();
  }

  /** @throws HomeserverError */
  async run(signal: AbortSignal, onProgress: (progress: UsersProgress) => void): Promise<UsersFile> {
    const read = await this.#read(signal, onProgress);
    const [head, end] = this.#format === 'csv' ? [BOM + csvLine(COLUMNS.map(([name]) => name)), ''] : this.#json(read);
    const type = this.#format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json';
    return { file: new Blob([head, ...this.#parts, end], { type }), count: this.#count, read };
  }

  async #read(signal: AbortSignal, onProgress: (progress: UsersProgress) => void): Promise<UsersRead> {
    // After a sign-in in between there is another token.
    const hs = homeserverOf(ownerOf(this.#session)) ?? this.#session.homeserver;
    try {
      return await this.#reader.run(hs, signal, onProgress);
    } catch (error) {
      if (error instanceof HomeserverError && error.signedOut) expireSession(error.text, error.sentAt, error.sentWith);
      throw error;
    }
  }

  #take(users: readonly UserRow[]): void {
    const { bridged } = this.#state;
    const fitting = users.filter(
      (user) => fitsRow(this.#state, user) && (bridged === 'any' || !looksBridged(user.name)),
    );
    if (fitting.length === 0) return;
    const text =
      this.#format === 'csv'
        ? fitting.map((user) => csvLine(COLUMNS.map(([, cell]) => cell(user)))).join('')
        : fitting.map((user, index) => (this.#count + index === 0 ? '' : ',\n') + JSON.stringify(user)).join('');
    this.#count += fitting.length;
    this.#parts.push(new Blob([text]));
  }

  /** Who read it, where, when, by which filters, and what may be missing: known only at the end, and written first. */
  #json(read: UsersRead): [head: string, end: string] {
    const { homeserver, userId, version } = this.#session;
    const {
      columns: _columns,
      page: _page,
      size: _size,
      order_by: _order,
      dir: _dir,
      read: _read,
      ...filters
    } = this.#state;
    const facts = {
      report: 'glia-users',
      version: 1,
      homeserver: homeserver.baseUrl,
      synapse: version,
      read_by: userId,
      read_from: isoTime(read.from),
      read_to: isoTime(read.to),
      filters,
      count: this.#count,
      may_be_missing: read.missing,
      not_readable: read.odd,
    };
    return [`${JSON.stringify(facts).slice(0, -1)},"users":[\n`, '\n]}\n'];
  }
}
