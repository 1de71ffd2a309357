import * as z from 'zod/mini';
import type { Ask } from '~/api/ask';
import { noneWhereNotFound } from '~/api/errors';
import { invariant } from '~/lib/invariant';
import { path, type Homeserver } from '~/api/request';
import { countMas, listMas, type MasFilter, type MasPage, type MasPaging } from './paging';
import { readNow, silentAsk, thingAsk, time } from './resource';

/** Accounts in MAS (`admin/v1/users`). It names an account by a ULID; its username is the part of the user ID before the colon. */

const userSchema = z.object({
  username: z.string(),
  created_at: z.string(),
  locked_at: time,
  /** 0.17 */
  deactivated_at: time,
  /** May ask for admin rights when signing in. Admins that MAS's own configuration names are not shown by it. */
  admin: z.boolean(),
  /** 1.3 */
  legacy_guest: z.optional(z.boolean()),
});
export type MasUser = { readonly id: string } & z.output<typeof userSchema>;

export interface MasUserFilter {
  admin?: boolean | undefined;
  legacyGuest?: boolean | undefined;
  /** Part of the username in any case; `%` and `_` are wildcards (1.3). */
  search?: string | undefined;
  /** `locked` shows only deactivated ones that are locked as well (`deactivated`: 0.17). */
  status?: 'active' | 'locked' | 'deactivated' | undefined;
  /** Ids of clients; one of them is enough (1.20). */
  activeClients?: readonly string[] | undefined;
  hasOAuthSession?: boolean | undefined;
  hasCompatSession?: boolean | undefined;
}

const filterOf = (filter: MasUserFilter): MasFilter => ({
  admin: filter.admin,
  'legacy-guest': filter.legacyGuest,
  search: filter.search === '' ? undefined : filter.search,
  status: filter.status,
  'active-oauth2-client': filter.activeClients,
  'has-active-oauth2-session': filter.hasOAuthSession,
  'has-active-compat-session': filter.hasCompatSession,
});

/** All accounts unless filtered, deactivated ones too, oldest first. */
export const listMasUsers = (
  hs: Homeserver,
  filter: MasUserFilter = {},
  page?: MasPaging,
  signal?: AbortSignal,
): Promise<MasPage<MasUser>> =>
  listMas(hs, { path: path`/api/admin/v1/users`, attributes: userSchema, filter: filterOf(filter), page }, signal);

export const countMasUsers = (hs: Homeserver, filter: MasUserFilter = {}, signal?: AbortSignal): Promise<number> =>
  countMas(hs, { path: path`/api/admin/v1/users`, filter: filterOf(filter) }, signal);

/** `anna` of `@anna:example.org`. Historical ones may hold `/` and the like. */
export function masNameOf(userId: string): string {
  const [, name] = /^@([^:]*):/.exec(userId) ?? [];
  invariant(name !== undefined, 'MAS is asked about whole user IDs');
  return name;
}

export const lookAtMasUser = (id: string): Ask<MasUser> => thingAsk(path`/api/admin/v1/users/${id}`, userSchema, id);

/** 404: a bridge's ghost, or one that was made on Synapse alone. */
export const lookAtMasUserNamed = (username: string): Ask<MasUser> =>
  thingAsk(path`/api/admin/v1/users/by-username/${username}`, userSchema, {
    at: ['data', 'attributes', 'username'],
    is: username,
  });

/** @returns null where MAS has no account of that name */
export const masUserNamed = (hs: Homeserver, username: string, signal?: AbortSignal): Promise<MasUser | null> =>
  readNow(hs, lookAtMasUserNamed(username), signal).catch(noneWhereNotFound);

/**
 * Makes the account on Synapse too, before it answers. 409: it exists, or the homeserver reserves the name. Password, emails and admin
 * are set afterwards.
 */
export const createMasUser = (user: {
  username: string;
  /** 1.18; an older MAS ignores both. */
  displayname?: string;
  avatar_url?: string;
}): Ask<MasUser> =>
  thingAsk(
    path`/api/admin/v1/users`,
    userSchema,
    { at: ['data', 'attributes', 'username'], is: user.username },
    { method: 'POST', body: user },
  );

/** 400 where it is too weak, without a reason; 403 where passwords are off. Ends no session. */
export const setMasPassword = (id: string, password: string, isUnchecked = false): Ask<null> =>
  silentAsk(path`/api/admin/v1/users/${id}/set-password`, {
    method: 'POST',
    body: { password, ...(isUnchecked && { skip_password_check: true }) },
    secret: password,
  });

/** Counts when they sign in next: sessions keep the rights that they have. */
export const setMasAdmin = (id: string, admin: boolean): Ask<MasUser> =>
  thingAsk(path`/api/admin/v1/users/${id}/set-admin`, userSchema, id, { method: 'POST', body: { admin } });

/** Sessions stay, and don't work until it is unlocked. A job tells Synapse (1.14). */
export const lockMasUser = (id: string, isLocked: boolean): Ask<MasUser> =>
  thingAsk(isLocked ? path`/api/admin/v1/users/${id}/lock` : path`/api/admin/v1/users/${id}/unlock`, userSchema, id, {
    method: 'POST',
  });

/**
 * Without a body MAS erases: what is not asked for is refused in words. Before 0.20 it always erases, so who sends this makes sure of
 * the version. Sessions, emails and Synapse follow in a job, which deactivates again if it runs after a reactivation.
 */
export const deactivateMasUser = (id: string, { erase }: { erase: boolean }): Ask<MasUser> =>
  thingAsk(path`/api/admin/v1/users/${id}/deactivate`, userSchema, id, {
    method: 'POST',
    body: { skip_erase: !erase },
  });

/** 0.20. Synapse is told before the answer. Unlocks nothing. */
export const reactivateMasUser = (id: string): Ask<MasUser> =>
  thingAsk(path`/api/admin/v1/users/${id}/reactivate`, userSchema, id, { method: 'POST' });
