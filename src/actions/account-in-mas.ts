import { Mishap } from '~/api/ask';
import { HomeserverError } from '~/api/errors';
import { findMasEmail } from '~/api/mas/find-asks';
import {
  addMasEmail,
  createMasAccount,
  lockMasAccount,
  lookAtMasAccount,
  setMasAdmin,
  setMasPassword,
  type MasAccount,
} from '~/api/mas-account-asks';
import { changeUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { sentences, withValues, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import type { Account } from './account';
import { NO_PASSWORD_LEFT } from './account-reasons';
import type { LookAt } from './action';
import { isOnSynapse, seenOnSynapse } from './user/mas-account';

/**
 * A new account where Matrix Authentication Service (MAS) keeps them. MAS makes it, here and on Synapse, and knows nothing of the rest:
 * the password, the email addresses, the admin rights and a lock each take a request of their own. One that is refused stops none of
 * the others, and the report names it. The display name and the user type are Synapse's, which may learn of the account late.
 */

const MADE = /*i18n*/ { id: 'account.mas-made', message: 'MAS and Synapse have the account.' };
const PASSWORD = /*i18n*/ { id: 'account.mas-password', message: 'The password is set.' };
const EMAIL = /*i18n*/ { id: 'account.mas-email', message: '{addressId} is added.' } as const;
const ADMIN = /*i18n*/ { id: 'account.mas-admin', message: 'It gets admin rights when it signs in.' };
const LOCKED = /*i18n*/ { id: 'account.mas-locked', message: 'It is locked.' };
const NAME = /*i18n*/ { id: 'account.mas-name', message: 'The display name is set.' };
const TYPE = /*i18n*/ { id: 'account.mas-type', message: 'The user type is set.' };
const REFUSED = /*i18n*/ { id: 'account.mas-refused', message: 'ATTENTION: {what} {reason}' } as const;
const NO_PASSWORD = /*i18n*/ { id: 'account.mas-no-password', message: 'The password was not set.' };
const NO_EMAIL = /*i18n*/ { id: 'account.mas-no-email', message: '{addressId} was not added.' } as const;
const NO_ADMIN = /*i18n*/ { id: 'account.mas-no-admin', message: 'It gets no admin rights.' };
const NO_LOCK = /*i18n*/ { id: 'account.mas-no-lock', message: 'It was not locked.' };
const NOT_YET = /*i18n*/ {
  id: 'account.mas-not-yet',
  message:
    'Synapse does not know the account yet: MAS passes it on in the background, and tries for more than an hour if something fails.',
};
const NO_NAME = /*i18n*/ { id: 'account.mas-no-name', message: 'The display name was not set.' };
const NO_TYPE = /*i18n*/ { id: 'account.mas-no-type', message: 'The user type was not set.' };

export interface MadeInMas {
  readonly isWhole: boolean;
  /** How each step ended. */
  readonly told: Text;
}

/** Makes it. 409: somebody has the name, in MAS, on Synapse, or a bridge. @throws HomeserverError */
export const makeInMas = (id: string, ask: LookAt): Promise<MasAccount> => ask(createMasAccount(id));

interface Wanted {
  readonly goal: Account;
  /** Null: it was only in a page that is gone. Undefined: none. */
  readonly password: string | null | undefined;
  /** MAS takes the password though it finds it too weak. */
  readonly isWeak: boolean;
}

interface Asking {
  readonly ask: LookAt;
  readonly wait: (ms: number) => Promise<void>;
}

/** What an account gets once it is there. May be done again: what is so already is so again. */
export async function completeInMas(id: string, wanted: Wanted, { ask, wait }: Asking): Promise<MadeInMas> {
  const { goal, password, isWeak } = wanted;
  const masId = (await ask(lookAtMasAccount(id))).data.id;
  let isWhole = true;
  let told: Text = MADE;
  const missed = (what: Text, reason: Text) => {
    isWhole = false;
    told = sentences(told, withValues(REFUSED, { what, reason }));
  };
  const step = async (good: Text, bad: Text, work: () => Promise<unknown>) => {
    try {
      await work();
      told = sentences(told, good);
    } catch (error) {
      // Only a refusal is known to have changed nothing; for anything else the job waits, and comes back to it.
      const isRefusal = error instanceof HomeserverError && error.kind === 'matrix' && !error.signedOut;
      const isKnown = isRefusal && (error.status ?? 500) < 500 && error.status !== 429;
      if (!isKnown && !(error instanceof Mishap)) throw error;
      missed(bad, textOfError(error));
    }
  };
  if (password === null) missed(NO_PASSWORD, NO_PASSWORD_LEFT);
  else if (password !== undefined)
    await step(PASSWORD, NO_PASSWORD, () => ask(setMasPassword(masId, password, isWeak)));
  const emails = (goal.threepids ?? []).filter(({ medium }) => medium === 'email').map(({ address }) => address);
  for (const address of emails) {
    const values = { addressId: address };
    // oxlint-disable-next-line no-await-in-loop -- MAS makes a job of each for the same account
    await step(withValues(EMAIL, values), withValues(NO_EMAIL, values), () => addEmail(masId, address, ask));
  }
  if (goal.admin === true) await step(ADMIN, NO_ADMIN, () => ask(setMasAdmin(masId, true)));
  if (goal.locked === true) await step(LOCKED, NO_LOCK, () => ask(lockMasAccount(masId, true)));
  const { displayname: name, user_type: type } = goal;
  if (name != null || type != null) {
    // A PUT before that would make an account on Synapse alone.
    const isThere = await isOnSynapse(id, { look: ask, wait });
    if (name != null && !isThere) missed(NO_NAME, NOT_YET);
    else if (name != null) await step(NAME, NO_NAME, () => ask(changeUser(id, { displayname: name })));
    if (type != null && !isThere) missed(NO_TYPE, NOT_YET);
    else if (type != null) await step(TYPE, NO_TYPE, () => ask(changeUser(id, { user_type: type })));
  }
  if (isWhole && (emails.length > 0 || goal.locked === true)) {
    const late = await seenOnSynapse(
      id,
      (user) => hasAll(user, emails, goal.locked),
      () => null,
      { look: ask, wait },
    );
    told = sentences(told, late ?? '');
  }
  return { isWhole, told };
}

/** MAS refuses an address that somebody has (409): an earlier try of this job may have given it to this very account. */
async function addEmail(masId: string, address: string, ask: LookAt): Promise<void> {
  try {
    await ask(addMasEmail(masId, address));
  } catch (error) {
    const isTaken = error instanceof HomeserverError && error.kind === 'matrix' && error.status === 409;
    if (!isTaken || (await ask(findMasEmail(address)))?.user_id !== masId) throw error;
  }
}

/** Synapse writes addresses in small letters. */
const hasAll = ({ threepids, locked }: User, emails: readonly string[], locks: boolean | undefined): boolean =>
  (locks !== true || locked === true) &&
  emails.every((one) => (threepids ?? []).some(({ address }) => address.toLowerCase() === one.toLowerCase()));
