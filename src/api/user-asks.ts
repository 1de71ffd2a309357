import * as z from 'zod/mini';
import type { PasswordRules } from '~/lib/passwords';
import { changeAsk, changeOfAsk, lookAsk, Mishap, type Ask } from './ask';
import { clientRelease } from './older-path';
import { path } from './request';
import { anyLimitSchema, joinedRoomsSchema, userSchema, type RateLimit, type User } from './users';
import { withValues } from '~/lib/text';

/** Looks at users and changes of them, as data (`synapse/rest/admin/users.py`): what actions send. */

const named = (userId: string) => ({ at: ['name'], is: userId });

/** `GET /v2/users/{id}`: 404 for an unknown one. `creation_ts` is in seconds, as it is answered. */
export const lookAtUser = (userId: string): Ask<User> =>
  lookAsk(path`/_synapse/admin/v2/users/${userId}`, userSchema, named(userId));

/**
 * `PUT /v2/users/{id}` of one field; the others stay. Answers with the user as the database has it afterwards. A PUT to a user
 * who is gone makes an account of that name (201, `users.py:274-533`): a mishap.
 */
export const changeUser = (
  userId: string,
  change:
    | { locked: boolean }
    | { deactivated: false }
    | { displayname: string }
    | { avatar_url: string }
    | { user_type: string | null },
): Ask<User> =>
  changeOfAsk(
    { method: 'PUT', path: path`/_synapse/admin/v2/users/${userId}`, body: change, schema: userSchema },
    named(userId),
    (user, status) => unlessMade(userId, user, status),
  );

/** @throws Mishap where the PUT made a new account */
export function unlessMade(userId: string, user: User, status: number): User {
  if (status !== 201) return user;
  throw new Mishap(withValues(MADE_ANEW, { userId }));
}

const MADE_ANEW = /*i18n*/ {
  id: 'api.made-anew',
  message:
    'ATTENTION: {userId} no longer existed, so this request created a new account with that name (201). Deactivate it.',
} as const;

/** `PUT /v1/suspend/{id}` (1.110). The answer names the user in its key (`users.py:820`). */
export const suspendUser = (userId: string, suspend: boolean): Ask<null> =>
  changeAsk(
    { method: 'PUT', path: path`/_synapse/admin/v1/suspend/${userId}`, body: { suspend } },
    { exactly: { [`user_${userId}_suspended`]: suspend } },
  );

/** `POST` and `DELETE /v1/users/{id}/shadow_ban` (1.27, 1.48). */
export const shadowBanUser = (userId: string, isBanned: boolean): Ask<null> =>
  changeAsk(
    { method: isBanned ? 'POST' : 'DELETE', path: path`/_synapse/admin/v1/users/${userId}/shadow_ban` },
    { exactly: {} },
  );

/** `PUT /v1/users/{id}/admin`. 400 for oneself; absent under MAS. */
export const setUserAdmin = (userId: string, admin: boolean): Ask<null> =>
  changeAsk({ method: 'PUT', path: path`/_synapse/admin/v1/users/${userId}/admin`, body: { admin } }, { exactly: {} });

/** The homeserver signs the user out, forgets addresses and keys, and leaves the rooms later, in the background. Long. */
const DEACTIVATE_TIMEOUT_MS = 300_000;

/** `POST /v1/deactivate/{id}`. With `erase` the user's messages are hidden from those who join later. */
export const deactivateUser = (userId: string, erase: boolean): Ask<null> =>
  changeAsk(
    {
      method: 'POST',
      path: path`/_synapse/admin/v1/deactivate/${userId}`,
      body: { erase },
      timeoutMs: DEACTIVATE_TIMEOUT_MS,
    },
    { has: 'id_server_unbind_result' },
  );

/** `GET /v1/users/{id}/joined_rooms`: the rooms that a user is in. */
export const lookAtJoinedRooms = (userId: string): Ask<{ joined_rooms: string[] }> =>
  lookAsk(path`/_synapse/admin/v1/users/${userId}/joined_rooms`, joinedRoomsSchema);

export const lookAtRateLimit = (userId: string): Ask<RateLimit | null> =>
  lookAsk(path`/_synapse/admin/v1/users/${userId}/override_ratelimit`, anyLimitSchema);

/** Null takes the user's own limit away. An empty body would lift it instead (`users.py:1344-1347`). */
export function changeRateLimit(userId: string, limit: RateLimit | null): Ask<null> {
  const at = path`/_synapse/admin/v1/users/${userId}/override_ratelimit`;
  return limit === null
    ? changeAsk({ method: 'DELETE', path: at }, { exactly: {} })
    : changeAsk({ method: 'POST', path: at, body: limit }, { exactly: limit });
}

/** `POST /v1/reset_password/{id}`: answered with `{}`, whatever the password was. Absent under MAS. */
export const resetPassword = (userId: string, password: string, logoutDevices: boolean): Ask<null> =>
  changeAsk(
    {
      method: 'POST',
      path: path`/_synapse/admin/v1/reset_password/${userId}`,
      body: { new_password: password, logout_devices: logoutDevices },
      secret: password,
    },
    { exactly: {} },
  );

const rule = z.optional(z.boolean());
const policySchema = z.object({
  'm.minimum_length': z.optional(z.int().check(z.nonnegative())),
  'm.require_digit': rule,
  'm.require_symbol': rule,
  'm.require_lowercase': rule,
  'm.require_uppercase': rule,
});

/** `GET /_matrix/client/v3/password_policy` (`rest/client/password_policy.py`): `{}` where nothing is asked for. */
export function passwordRules(server: { readonly version: string }): Ask<PasswordRules> {
  const { request, read } = lookAsk(path`/_matrix/client/${clientRelease(server)}/password_policy`, policySchema);
  return {
    request,
    read(body, status) {
      const policy = read(body, status);
      return {
        minimumLength: policy['m.minimum_length'],
        digit: policy['m.require_digit'],
        symbol: policy['m.require_symbol'],
        lowercase: policy['m.require_lowercase'],
        uppercase: policy['m.require_uppercase'],
      };
    },
  };
}
