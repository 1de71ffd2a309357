import { listUsers, type UserRow, type UsersQuery } from '~/api/users';
import { fitsUserSearch } from '~/api/wildcards';
import { withValues, type Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from './jobs';
import type { Making } from './plan-draft';
import type { Session } from '~/data/session';

/** Each page costs the server two whole-table scans, so they are large. */
const PAGE = 1000;

const LIST = /*i18n*/ { id: 'list.users', message: 'List the users' };
const PAGE_FROM = /*i18n*/ { id: 'list.page-from', message: 'Users from {first, number}' } as const;
const ODD_USERS = /*i18n*/ {
  id: 'list.odd-users',
  message: 'Glia could not read {count, plural, one {# user} other {# users}} in the list.',
} as const;
const LIST_CHANGED = /*i18n*/ {
  id: 'list.changed',
  message:
    'The list changed while Glia read it: it has {named, number} of {count, plural, one {# user} other {# users}}. Review again to be sure.',
} as const;

interface Listed {
  ids: readonly string[];
  /** What the admin should know of the list. */
  notes: readonly Text[];
}

/**
 * The users that match a filter of the users list: read page by page, as a part of making a plan. Those that match only by an SQL
 * wildcard in the search are left out.
 * @param next called with them when all pages were read
 * @param keeps what besides has to be so of each, by the list alone
 */
export function listMatching(
  session: Session,
  filter: UsersQuery,
  making: Pick<Making<never>, 'read'>,
  next: (listed: Listed) => void,
  keeps: (user: UserRow) => boolean = () => true,
): void {
  const owner = ownerOf(session);
  const notes: Text[] = [];
  const ids = new Set<string>();
  const seen = new Set<string>();
  let total = 0;
  const list = (offsets: readonly number[], then: () => void) => {
    const job = startScan<number>({
      kind: 'scan',
      title: LIST,
      owner,
      items: offsets,
      describe: (from) => ({ id: wordsOf(withValues(PAGE_FROM, { first: from + 1 })), columns: {} }),
      run: async (from, { signal }) => {
        const page = await listUsers(homeserverFor(owner), { ...filter, from, limit: PAGE }, signal);
        for (const user of page.users) {
          seen.add(user.name);
          if (fitsUserSearch(filter, user) && keeps(user)) ids.add(user.name);
        }
        if (page.odd.length > 0) notes.push(withValues(ODD_USERS, { count: page.odd.length }));
        total = page.total;
        return { status: 'done' };
      },
      classify: classifyHomeserverError,
      repeatable: true,
      // Every page costs the server the same two scans: side by side they would only stand in each other's way.
      policy: { concurrency: 1, failureThreshold: 1 },
    });
    making.read(job, 'list', then);
  };
  const listed = () => {
    if (seen.size < total) {
      notes.push(withValues(LIST_CHANGED, { named: seen.size, count: total }));
    }
    next({ ids: [...ids], notes });
  };
  // How many pages there are is in the first one.
  list([0], () => {
    const offsets = [];
    for (let from = PAGE; from < total; from += PAGE) offsets.push(from);
    if (offsets.length === 0) listed();
    else list(offsets, listed);
  });
}
