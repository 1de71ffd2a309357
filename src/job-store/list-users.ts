import { listUsers, type UsersQuery } from '~/api/users';
import { fitsUserSearch } from '~/api/wildcards';
import { plural } from '~/lib/numbers';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from './jobs';
import type { Making } from './plan-draft';
import type { Session } from '~/data/session';

/** Each page costs the server two whole-table scans, so they are large. */
const PAGE = 1000;

interface Listed {
  ids: readonly string[];
  /** What the admin should know of the list. */
  notes: readonly string[];
}

/**
 * The users that match a filter of the users list: read page by page, as a part of making a plan. Those that match only by an SQL
 * wildcard in the search are left out.
 * @param next called with them when all pages were read
 */
export function listMatching(
  session: Session,
  filter: UsersQuery,
  making: Pick<Making<never>, 'read'>,
  next: (listed: Listed) => void,
): void {
  const owner = ownerOf(session);
  const notes: string[] = [];
  const ids = new Set<string>();
  const seen = new Set<string>();
  let total = 0;
  const list = (offsets: readonly number[], then: () => void) => {
    const job = startScan<number>({
      kind: 'scan',
      title: 'List the users',
      owner,
      items: offsets,
      describe: (from) => ({ id: `Users from ${from + 1}`, columns: {} }),
      run: async (from, { signal }) => {
        const page = await listUsers(homeserverFor(owner), { ...filter, from, limit: PAGE }, signal);
        for (const user of page.users) {
          seen.add(user.name);
          if (fitsUserSearch(filter, user)) ids.add(user.name);
        }
        if (page.odd.length > 0) notes.push(`${plural(page.odd.length, 'listed user')} could not be understood.`);
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
      notes.push(
        `The list changed while it was read: it names ${plural(seen.size, 'user')} of ${plural(total, 'user')}. Review again to be sure.`,
      );
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
