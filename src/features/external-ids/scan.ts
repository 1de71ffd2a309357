import { HomeserverError } from '~/api/errors';
import { pageStarts } from '~/api/pages';
import { getUser, listUsers, type User, type UsersQuery } from '~/api/users';
import { fitsUserSearch } from '~/api/wildcards';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import type { Session } from '~/data/session';
import type { Job, Outcome } from '~/jobs/job';
import { serverOf } from '~/lib/mxid';
import { withValues, type Text } from '~/lib/text';
import type { Scanned, UserFound, UserMissing } from './plan';
import { wordsOf } from '~/lib/words';

/** Whose external IDs are read. */
export type Whom =
  | { kind: 'everyone' }
  /** All that match a filter of the users list, handed over from there. */
  | { kind: 'filter'; filter: UsersQuery; total: number }
  | { kind: 'named'; ids: readonly string[] };

/** What is read: first who there is, then each of them. */
export type Stage = 'list' | 'users';

export interface ScanResult extends Scanned {
  whom: Whom;
  /** Epoch ms: when the reading was over. */
  at: number;
  /** What the admin should know of it. */
  notes: readonly Text[];
}

const LISTING = /*i18n*/ { id: 'ids.listing', message: 'List the users' };
const READING = /*i18n*/ { id: 'ids.reading', message: 'Read the external IDs' };
const PAGE_FROM = /*i18n*/ { id: 'ids.page-from', message: 'Users from {from, number}' } as const;
const LIST_CHANGED = /*i18n*/ {
  id: 'ids.list-changed',
  message:
    'The list changed while Glia was reading it, and has {found, number} of {total, plural, one {# user} other {# users}}. Read again to be sure.',
} as const;
const NOT_UNDERSTOOD = /*i18n*/ {
  id: 'ids.not-understood',
  message:
    '{count, plural, one {# user of the list is} other {# users of the list are}} in a form that Glia can’t read.',
} as const;
const ELSEWHERE = /*i18n*/ { id: 'ids.elsewhere', message: 'The account is on another homeserver' };
const NOT_HERE = /*i18n*/ { id: 'ids.not-here', message: 'Not a user of this homeserver' };
const UNREAD = /*i18n*/ { id: 'ids.unread', message: 'This user could not be read: {reason}' } as const;

/** Each page costs the server two whole-table scans, so they are large. */
const PAGE = 1000;

/** Reads the list of users, and then each one’s external IDs. */
export function beginScan(session: Session, whom: Whom, making: Making<ScanResult>): void {
  const notes: Text[] = [];
  if (whom.kind === 'named') {
    readUsers(session, whom, whom.ids, notes, making);
    return;
  }
  const ids = new Set<string>();
  /** Those too that match only by a wildcard in the search, and are not read. */
  const listedIds = new Set<string>();
  let total = 0;
  /** Where the page begins that the furthest one names as its next. */
  let furthest = 0;
  const listed = () => {
    if (listedIds.size < total) {
      notes.push(withValues(LIST_CHANGED, { found: listedIds.size, total }));
    }
    readUsers(session, whom, [...ids], notes, making);
  };
  const list = (offsets: readonly number[], next: () => void) => {
    const owner = ownerOf(session);
    const job = startScan<number>({
      kind: 'scan',
      title: LISTING,
      owner,
      items: offsets,
      describe: (from) => ({ id: wordsOf(withValues(PAGE_FROM, { from: from + 1 })), columns: {} }),
      run: async (from, { signal }) => {
        const page = await listUsers(homeserverFor(owner), { ...queryOf(whom), from, limit: PAGE }, signal);
        const query = queryOf(whom);
        for (const user of page.users) {
          listedIds.add(user.name);
          if (fitsUserSearch(query, user)) ids.add(user.name);
        }
        if (page.odd.length > 0) notes.push(withValues(NOT_UNDERSTOOD, { count: page.odd.length }));
        total = page.total;
        if (page.users.length + page.odd.length > 0) furthest = Math.max(furthest, page.next ?? 0);
        return { status: 'done' };
      },
      classify: classifyHomeserverError,
      repeatable: true,
      // Every page costs the server the same two scans: side by side they would only stand in each other's way.
      policy: { concurrency: 1, failureThreshold: 1 },
    });
    making.read(job, 'list' satisfies Stage, next);
  };
  // How many pages there are is in the first one.
  list([0], () => {
    const offsets = pageStarts(total, PAGE).slice(1);
    // The number may be wrong, or have grown: the pages themselves say whether there is more.
    const readOn = (until: number): void => {
      const from = furthest;
      if (from > until) list([from], () => readOn(from));
      else listed();
    };
    if (offsets.length === 0) readOn(0);
    else list(offsets, () => readOn(offsets.at(-1) ?? 0));
  });
}

/**
 * Deactivated and locked users too, since no other account can use their IDs. `guests=false`: guests have no external IDs, and a server
 * with MAS refuses anything else (`users.py:123-129`).
 */
export function queryOf(whom: Exclude<Whom, { kind: 'named' }>): UsersQuery {
  if (whom.kind === 'filter') return { ...whom.filter, guests: false };
  return { guests: false, locked: true, order_by: 'name' };
}

function readUsers(
  session: Session,
  whom: Whom,
  ids: readonly string[],
  notes: readonly Text[],
  making: Making<ScanResult>,
): void {
  const owner = ownerOf(session);
  const isLocal = (userId: string) => serverOf(userId) === session.serverName;
  const found = new Map<string, UserFound>();
  const missing: UserMissing[] = ids
    .filter((userId) => !isLocal(userId))
    .map((userId) => ({ userId, reason: ELSEWHERE }));
  const job = startScan<string>({
    kind: 'scan',
    title: READING,
    owner,
    items: ids.filter(isLocal),
    describe: (userId) => ({ id: userId, columns: {} }),
    run: async (userId, { signal }): Promise<Outcome> => {
      try {
        found.set(userId, foundIn(await getUser(homeserverFor(owner), userId, signal)));
        return { status: 'done' };
      } catch (error) {
        if (!(error instanceof HomeserverError && error.notFound)) throw error;
        missing.push({ userId, reason: NOT_HERE });
        return { status: 'skipped', reason: NOT_HERE };
      }
    },
    classify: classifyHomeserverError,
    // What could not be read may be read again.
    verify: () => Promise.resolve({ status: 'not-done' }),
    repeatable: true,
  });
  making.read(job, 'users' satisfies Stage, () =>
    making.finish({
      users: [...found.values()],
      missing: [...missing, ...unreadOf(job)],
      whom,
      notes,
      at: Date.now(),
    }),
  );
}

function foundIn(user: User): UserFound {
  return {
    userId: user.name,
    displayname: user.displayname ?? null,
    externalIds: user.external_ids,
    createdAt: user.creation_ts ?? null,
    admin: user.admin ?? false,
    deactivated: user.deactivated ?? false,
    locked: user.locked ?? false,
  };
}

function unreadOf(job: Job): UserMissing[] {
  return job.indexes(['failed', 'unknown']).map((index) => {
    const { id, reason } = job.row(index);
    return { userId: id, reason: withValues(UNREAD, { reason }) };
  });
}
