import { queryOptions } from '@tanstack/react-query';
import { noneWhereNotFound } from '~/api/errors';
import { shownRows } from '~/api/rows';
import { listMasUsers, masNameOf, masUserNamed, type MasUser } from '~/api/mas/users';
import type { Homeserver } from '~/api/request';
import { getUser } from '~/api/users';
import { limitTo } from './at-most';

/** What Matrix Authentication Service (MAS) says of accounts, beside what Synapse says. */

export interface MasFacts {
  readonly id: string;
  readonly username: string;
  /** Epoch ms. */
  readonly created: number;
  readonly locked: number | null;
  readonly deactivated: number | null;
  /** May ask for admin rights when they sign in. */
  readonly admin: boolean;
  /** Was a guest before the homeserver moved to MAS. */
  readonly legacyGuest: boolean;
}

/** So many of MAS’s accounts are looked up on Synapse for one page. */
const PAGE = 100;
/** Rows that scroll by ask for one account each: so many at once, the others wait. */
const inTurn = limitTo(6);

const ms = (time: string | null | undefined): number | null => (time == null ? null : Date.parse(time));

export function masFacts(user: MasUser): MasFacts {
  return {
    id: user.id,
    username: user.username,
    created: Date.parse(user.created_at),
    locked: ms(user.locked_at),
    deactivated: ms(user.deactivated_at),
    admin: user.admin,
    legacyGuest: user.legacy_guest === true,
  };
}

/** Null where MAS has none of this name, as of a bridge’s ghost. */
export async function masAccountOf(hs: Homeserver, userId: string, signal?: AbortSignal): Promise<MasFacts | null> {
  const found = await masUserNamed(hs, masNameOf(userId), signal);
  return found && masFacts(found);
}

export const masAccounts = {
  /** One account; null where MAS has none of this name, as of a bridge’s ghost. */
  one: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'mas', userId],
      queryFn: ({ signal }) => inTurn(() => masAccountOf(hs, userId, signal), signal),
      staleTime: 60_000,
      enabled: hs.mas !== undefined,
    }),
  /**
   * A page of MAS’s accounts, the newest first, and which of them Synapse has not: each is looked at there.
   * @param before the ID before which the page ends; null: the newest
   */
  onlyInMas: (hs: Homeserver, serverName: string, before: string | null) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'only-in-mas', before],
      queryFn: async ({ signal }) => {
        const page = await listMasUsers(
          hs,
          {},
          { last: PAGE, count: false, ...(before !== null && { before }) },
          signal,
        );
        const accounts = shownRows({ rows: page.rows.rows, odd: page.rows.odd });
        const found = await Promise.all(
          accounts.map((account) =>
            inTurn(async () => {
              const userId = `@${account.username}:${serverName}`;
              const there = await getUser(hs, userId, signal).catch(noneWhereNotFound);
              return there === null ? { userId, ...masFacts(account) } : null;
            }, signal),
          ),
        );
        const next = page.hasMore ? (page.start ?? null) : null;
        return { rows: found.filter((one) => one !== null).toReversed(), read: accounts.length, next };
      },
    }),
} as const;

export type OnlyInMas = MasFacts & { readonly userId: string };
