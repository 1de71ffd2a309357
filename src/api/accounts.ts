import * as z from 'zod/mini';
import { withValues, type Text } from '~/lib/text';
import { changeOfAsk, lookAsk, Mishap, type Ask } from './ask';
import { HomeserverError } from './errors';
import { path, request, type Homeserver } from './request';
import { unlessMade } from './user-asks';
import { externalIdSchema, userSchema, type User } from './users';

/** Accounts that are made, or changed in several fields at once (`synapse/rest/admin/users.py:274-533`). */

/** Fields of a PUT. What is missing is not touched. `displayname: ''` and `user_type: null` clear; the lists are replaced whole. */
export interface AccountBody {
  readonly displayname?: string;
  readonly threepids?: readonly { readonly medium: string; readonly address: string }[];
  readonly external_ids?: readonly { readonly auth_provider: string; readonly external_id: string }[];
  readonly admin?: boolean;
  readonly user_type?: string | null;
  readonly locked?: boolean;
  readonly password?: string;
}

/** Without these lists an answer would tell nothing of them: missing is not none. */
const wholeUser = z.extend(userSchema, {
  threepids: z.array(z.object({ medium: z.string(), address: z.string() })),
  external_ids: z.array(externalIdSchema),
});

const named = (userId: string) => ({ at: ['name'], is: userId });

/** An account with its lists. 404 for an unknown one. `creation_ts` is in seconds, as it is answered. */
export const lookAtAccount = (userId: string): Ask<User> =>
  lookAsk(path`/_synapse/admin/v2/users/${userId}`, wholeUser, named(userId));

/** `PUT /v2/users/{id}` of an account that is not there: 201. `locked` and `deactivated` are ignored by it. */
export const createAccount = (userId: string, body: AccountBody): Ask<User> =>
  putAccount(userId, body, (user, status) => {
    if (status === 201) return user;
    throw new Existed(withValues(EXISTED, { userId }));
  });

/** The same of an account that is there: exactly these fields change, one after the other, with no transaction around them. */
export const changeAccount = (userId: string, body: AccountBody): Ask<User> =>
  putAccount(userId, body, (user, status) => unlessMade(userId, user, status));

const putAccount = (userId: string, body: AccountBody, read: (user: User, status: number) => User): Ask<User> =>
  changeOfAsk(
    {
      method: 'PUT',
      path: path`/_synapse/admin/v2/users/${userId}`,
      body,
      schema: wholeUser,
      secret: body.password,
    },
    named(userId),
    (user, status) => read(user, status),
  );

/** A PUT that was to make an account found one, and changed it. */
export class Existed extends Mishap {}

const EXISTED = /*i18n*/ {
  id: 'api.existed',
  message:
    'ATTENTION: {userId} existed already when the request came (200), so the request changed that account: it now has the fields, and any password, that were meant for a new account. Check it now.',
} as const;

/** What a name can't be for. Anything else says nothing about it. */
const TAKEN = new Set(['M_USER_IN_USE', 'M_INVALID_USERNAME', 'M_EXCLUSIVE']);

/** `GET /v1/username_available` (1.41): null, or why a new account can't have this name, in the homeserver's words. */
export async function whyNotAvailable(hs: Homeserver, username: string, signal?: AbortSignal): Promise<Text | null> {
  try {
    await request(hs, {
      path: path`/_synapse/admin/v1/username_available`,
      query: { username },
      schema: z.object({ available: z.literal(true) }),
      signal,
    });
    return null;
  } catch (error) {
    const isTaken = error instanceof HomeserverError && error.status === 400 && TAKEN.has(error.errcode ?? '');
    if (isTaken) return error.text;
    throw error;
  }
}
