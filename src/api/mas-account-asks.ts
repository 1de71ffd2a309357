import { invariant } from '~/lib/invariant';
import { moment } from '~/lib/dates';
import { withValues } from '~/lib/text';
import { Handed, type Ask, type Told } from './ask';
import { addMasEmail as addEmail } from './mas/emails';
import { createPersonalSession } from './mas/personal-sessions';
import { asAnswered, type Wrapped } from './mas/resource';
import * as users from './mas/users';

/**
 * Accounts in Matrix Authentication Service (MAS) as actions look at them and change them: the answer as it came, so that scripts
 * read the same places. MAS knows an account by the part of its ID before the colon, and its requests name it by an ID of its own.
 */

export interface MasAccount {
  readonly data: Wrapped<Omit<users.MasUser, 'id'>>;
}

/** What tells an account from another one of its name is what its requests name. */
export function masIdOf(identity: unknown): string {
  invariant(typeof identity === 'string', 'the account was looked at in MAS');
  return identity;
}

export const lookAtMasAccount = (userId: string): Ask<MasAccount> =>
  asAnswered(users.lookAtMasUserNamed(users.masNameOf(userId)));

/** 409 where the name is taken, or reserved on the homeserver. */
export const createMasAccount = (userId: string): Ask<MasAccount> =>
  asAnswered(users.createMasUser({ username: users.masNameOf(userId) }));

export const lockMasAccount = (id: string, locked: boolean): Ask<MasAccount> =>
  asAnswered(users.lockMasUser(id, locked));

export const deactivateMasAccount = (id: string, erase: boolean): Ask<MasAccount> =>
  asAnswered(users.deactivateMasUser(id, { erase }));

export const reactivateMasAccount = (id: string): Ask<MasAccount> => asAnswered(users.reactivateMasUser(id));

export const setMasAdmin = (id: string, admin: boolean): Ask<MasAccount> => asAnswered(users.setMasAdmin(id, admin));

/** @param isUnchecked taken though MAS finds it too weak */
export const setMasPassword = (id: string, password: string, isUnchecked = false): Ask<null> =>
  users.setMasPassword(id, password, isUnchecked);

export const addMasEmail = (id: string, email: string): Ask<null> => ({ ...addEmail(id, email), read: () => null });

const WORKS_UNTIL = /*i18n*/ { id: 'api.token-until', message: 'The token works until {time}.' } as const;

/** A token of somebody’s, shown once. Who may mint it is not asked. */
export function signInAsMasAccount(
  actor: string,
  { name, scope, seconds }: { name: string; scope: string; seconds: number },
): Ask<Told> {
  const { request, read } = createPersonalSession({ actor, name, scope, seconds });
  return {
    request,
    read(body, status) {
      const { access_token: token, expires_at: until } = read(body, status);
      const end = until == null ? Date.now() + seconds * 1000 : Date.parse(until);
      return new Handed(withValues(WORKS_UNTIL, { time: moment(end) }), token);
    },
  };
}
