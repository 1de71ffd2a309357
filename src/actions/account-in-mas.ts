import { Mishap } from '~/api/ask';
import { HomeserverError } from '~/api/errors';
import {
  addMasEmail,
  createMasAccount,
  lookAtMasAccount,
  setMasAdmin,
  setMasPassword,
  type MasAccount,
} from '~/api/mas-account-asks';
import { changeUser } from '~/api/user-asks';
import { sentences, withValues, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import type { Account } from './account';
import type { LookAt } from './action';

/**
 * A new account where Matrix Authentication Service (MAS) keeps them. MAS makes it, here and on Synapse, and knows nothing of the rest:
 * the password, the email addresses and the admin rights each take a request of their own. One that is refused stops none of the
 * others, and the report names it.
 */

const MADE = /*i18n*/ { id: 'account.mas-made', message: 'MAS and Synapse have the account.' };
const PASSWORD = /*i18n*/ { id: 'account.mas-password', message: 'The password is set.' };
const EMAIL = /*i18n*/ { id: 'account.mas-email', message: '{addressId} is added.' } as const;
const ADMIN = /*i18n*/ { id: 'account.mas-admin', message: 'It gets admin rights when it signs in.' };
const NAME = /*i18n*/ { id: 'account.mas-name', message: 'The display name is set.' };
const TYPE = /*i18n*/ { id: 'account.mas-type', message: 'The user type is set.' };
const REFUSED = /*i18n*/ { id: 'account.mas-refused', message: 'ATTENTION: {what} {reason}' } as const;
const NO_PASSWORD = /*i18n*/ { id: 'account.mas-no-password', message: 'The password was not set.' };
const NO_EMAIL = /*i18n*/ { id: 'account.mas-no-email', message: '{addressId} was not added.' } as const;
const NO_ADMIN = /*i18n*/ { id: 'account.mas-no-admin', message: 'It gets no admin rights.' };
const NO_NAME = /*i18n*/ { id: 'account.mas-no-name', message: 'The display name was not set.' };
const NO_TYPE = /*i18n*/ { id: 'account.mas-no-type', message: 'The user type was not set.' };

export interface MadeInMas {
  readonly isWhole: boolean;
  /** How each step ended. */
  readonly told: Text;
}

/** Makes it. 409: somebody has the name, in MAS, on Synapse, or a bridge. @throws HomeserverError */
export const makeInMas = (id: string, ask: LookAt): Promise<MasAccount> => ask(createMasAccount(id));

/** What an account gets once it is there. May be done again: what is so already is so again. */
export async function completeInMas(
  id: string,
  { goal, password }: { goal: Account; password: string | undefined },
  ask: LookAt,
): Promise<MadeInMas> {
  const masId = (await ask(lookAtMasAccount(id))).data.id;
  let isWhole = true;
  let told: Text = MADE;
  const step = async (good: Text, bad: Text, work: () => Promise<unknown>) => {
    try {
      await work();
      told = sentences(told, good);
    } catch (error) {
      // Only a refusal is known to have changed nothing; for anything else the job waits, and comes back to it.
      const isRefusal = error instanceof HomeserverError && error.kind === 'matrix' && !error.signedOut;
      const isKnown = isRefusal && (error.status ?? 500) < 500 && error.status !== 429;
      if (!isKnown && !(error instanceof Mishap)) throw error;
      isWhole = false;
      told = sentences(told, withValues(REFUSED, { what: bad, reason: textOfError(error) }));
    }
  };
  if (password !== undefined) await step(PASSWORD, NO_PASSWORD, () => ask(setMasPassword(masId, password)));
  for (const { medium, address } of goal.threepids ?? []) {
    if (medium !== 'email') continue;
    const values = { addressId: address };
    // oxlint-disable-next-line no-await-in-loop -- MAS makes a job of each for the same account
    await step(withValues(EMAIL, values), withValues(NO_EMAIL, values), () => ask(addMasEmail(masId, address)));
  }
  if (goal.admin === true) await step(ADMIN, NO_ADMIN, () => ask(setMasAdmin(masId, true)));
  const { displayname: name, user_type: type } = goal;
  if (name != null) await step(NAME, NO_NAME, () => ask(changeUser(id, { displayname: name })));
  if (type != null) await step(TYPE, NO_TYPE, () => ask(changeUser(id, { user_type: type })));
  return { isWhole, told };
}
