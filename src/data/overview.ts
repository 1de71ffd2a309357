import { queryOptions } from '@tanstack/react-query';
import { backgroundStatus, scheduledTasks } from '~/api/background';
import { longestFailing } from '~/api/federation';
import { openReports } from '~/api/open-reports';
import type { Homeserver } from '~/api/request';
import { listUsers, type UserRow } from '~/api/users';
import { userFilter, USUAL_USER_LIST } from './user-list';

/** Admins have one page: more of them than this is no list that anybody looks through on the first page. */
const ADMINS = 100;

export interface Accounts {
  readonly total: number;
  readonly admins: readonly UserRow[];
  /** There are more admins than were read. */
  readonly isPart: boolean;
}

/** What the first page asks: one request each. None is asked again by itself. */
export const overview = {
  reports: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'reports', 'open'],
      queryFn: ({ signal }) => openReports(hs, signal),
    }),
  failing: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'destinations', 'failing-longest'],
      queryFn: ({ signal }) => longestFailing(hs, signal),
    }),
  updates: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'background', 'at-a-glance'],
      queryFn: ({ signal }) => backgroundStatus(hs, signal),
    }),
  failedTasks: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'background', 'failed-tasks'],
      queryFn: async ({ signal }) => (await scheduledTasks(hs, signal, 'failed')).rows,
    }),
  /** How many accounts there are, and which of them are admins: sorted by it, admins come first. */
  accounts: (hs: Homeserver, session: { mas: boolean }) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'accounts'],
      queryFn: async ({ signal }): Promise<Accounts> => {
        const everybody = userFilter({ ...USUAL_USER_LIST, guests: 'any', bridged: 'any' }, session);
        const limit = session.mas ? 1 : ADMINS;
        const { users, total } = await listUsers(hs, { ...everybody, order_by: 'admin', dir: 'b', limit }, signal);
        const admins = users.filter(({ admin, deactivated }) => admin && !deactivated);
        return { total, admins, isPart: users.length === limit && users.at(-1)?.admin === true };
      },
    }),
} as const;
