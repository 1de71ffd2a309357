import * as z from 'zod/mini';
import { canonicalEmail } from '~/lib/canonical-email';
import { changeOfAsk, lookAsk, type Ask } from './ask';
import { path } from './request';
import { unlessMade } from './user-asks';
import { userSchema, type User } from './users';

/** Email addresses and phone numbers of accounts, as requests in data (`synapse/rest/admin/users.py`). */

export type Threepid = { readonly medium: string; readonly address: string };

/** Without its list an answer would tell nothing of them: missing is not none. */
const userWithThreepids = z.extend(userSchema, {
  threepids: z.array(
    z.object({
      medium: z.string(),
      address: z.string(),
      validated_at: z.nullish(z.number()),
      added_at: z.nullish(z.number()),
    }),
  ),
});

const named = (userId: string) => ({ at: ['name'], is: userId });

export const lookAtThreepids = (userId: string): Ask<User> =>
  lookAsk(path`/_synapse/admin/v2/users/${userId}`, userWithThreepids, named(userId));

/**
 * Replaces the WHOLE list and nothing else. An address of someone else silently moves over (`store/registration.py:1211-1223`):
 * who holds it is to be asked before.
 */
export const putThreepids = (userId: string, threepids: readonly Threepid[]): Ask<User> =>
  changeOfAsk(
    { method: 'PUT', path: path`/_synapse/admin/v2/users/${userId}`, body: { threepids }, schema: userWithThreepids },
    named(userId),
    (user, status) => unlessMade(userId, user, status),
  );

const holderSchema = z.object({ user_id: z.string() });

/** Who has this address, in the form in which Synapse would keep it; 404: nobody (Synapse 1.72). */
export function lookAtThreepidHolder({ medium, address }: Threepid): Ask<{ user_id: string }> {
  // An old one may be kept in another form, and would move over in this one.
  const kept = medium === 'email' ? canonicalEmail(address) : address;
  return lookAsk(path`/_synapse/admin/v1/threepid/${medium}/users/${kept}`, holderSchema, undefined, 'threepid-holder');
}

/** An email address as Synapse keeps it (`canonicalise_email`); null: it is none. */
export function emailOf(typed: string): string | null {
  const email = canonicalEmail(typed.trim());
  return /^[^\s@,;<>"]+@[^\s@,;<>"/]+$/u.test(email) ? email : null;
}

export const sameThreepid = (one: Threepid, other: Threepid): boolean =>
  one.medium === other.medium && one.address === other.address;

/** Those of a list that the other list has not. */
export const threepidsWithout = (list: readonly Threepid[], others: readonly Threepid[]): readonly Threepid[] =>
  list.filter((one) => !others.some((other) => sameThreepid(one, other)));
