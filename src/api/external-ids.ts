import * as z from 'zod/mini';
import { listed, withValues, type Text } from '~/lib/text';
import { changeOfAsk, lookAsk, type Ask } from './ask';
import { path } from './request';
import { unlessMade } from './user-asks';
import { externalIdSchema, userSchema, type ExternalId, type User } from './users';

/** Links of accounts to single sign-on: as requests in data, and in words. */

/** Without its external ids an answer would tell nothing of them: missing is not none. */
const userWithIds = z.extend(userSchema, { external_ids: z.array(externalIdSchema) });

const named = (userId: string) => ({ at: ['name'], is: userId });

export const lookAtExternalIds = (userId: string): Ask<User> =>
  lookAsk(path`/_synapse/admin/v2/users/${userId}`, userWithIds, named(userId));

/**
 * Replaces the WHOLE list of external ids and nothing else (Synapse 1.46; older ones merge it with what is there). The answer is
 * read from the database when all is written (`users.py:477-480`). 409 where an id belongs to someone else: nothing changes then.
 */
export const putExternalIds = (userId: string, external_ids: readonly ExternalId[]): Ask<User> =>
  changeOfAsk(
    { method: 'PUT', path: path`/_synapse/admin/v2/users/${userId}`, body: { external_ids }, schema: userWithIds },
    named(userId),
    (user, status) => unlessMade(userId, user, status),
  );

const holderSchema = z.object({ user_id: z.string() });

/**
 * Who holds this external id; 404: nobody (Synapse 1.68). From 1.129 on it answers from a cache that a removal does not clear, so a
 * holder may be one of half an hour ago (`store/registration.py:1000-1016`): a look at that account tells the truth. Asking counts
 * as a use of that entry. Null where it can't be asked for in a URL.
 */
export function lookAtHolder({ auth_provider, external_id }: ExternalId): Ask<{ user_id: string }> | null {
  if ([auth_provider, external_id].some((part) => part === '.' || part === '..' || /\p{Cs}/u.test(part))) return null;
  // Not every version has a `$` behind the id: an unencoded slash would cut it short there.
  return lookAsk(
    path`/_synapse/admin/v1/auth_providers/${auth_provider}/users/${external_id}`,
    holderSchema,
    undefined,
    'external-id-holder',
  );
}

const isOne = (one: ExternalId) => (other: ExternalId) =>
  one.auth_provider === other.auth_provider && one.external_id === other.external_id;

/** Those of a list that the other list has not. */
export const without = (ids: readonly ExternalId[], others: readonly ExternalId[]): readonly ExternalId[] =>
  ids.filter((one) => !others.some(isOne(one)));

/** `oidc-google: 1001`, to be read: nothing in it is hidden, and it turns no word around it. */
export const idWords = ({ auth_provider: providerId, external_id: externalId }: ExternalId): Text =>
  withValues(/*i18n*/ { id: 'user.external-id', message: '{providerId}: {externalId}' }, { providerId, externalId });

/** One after the other, for people; `none` for an empty list. */
export const idsWords = (ids: readonly ExternalId[]): Text =>
  ids.length === 0 ? /*i18n*/ { id: 'user.no-external-ids', message: 'none' } : listed(ids.map(idWords));

/** The same as they are, for files. */
export const idsAsTheyAre = (ids: readonly ExternalId[]): string =>
  ids.length === 0 ? 'none' : ids.map((id) => `${id.auth_provider}: ${id.external_id}`).join(' · ');
