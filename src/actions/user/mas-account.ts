import { lookAtMasAccount } from '~/api/mas-account-asks';
import { lookAtUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { HomeserverError, noneWhereNotFound } from '~/api/errors';
import type { LookAt } from '~/actions/action';
import { present, type Place } from '~/lib/places';
import type { Text } from '~/lib/text';

/** What actions on accounts share where MAS keeps them. */

const NOT_IN_MAS = /*i18n*/ {
  id: 'user.not-in-mas',
  message:
    'Matrix Authentication Service has no account of this name. Bridges make such users on Synapse alone (ghosts): nobody signs in with them.',
};

/** A time that is null until it happened. */
export const fact = (name: string): Place => present('data', 'attributes', name);
export const masFlag = (name: string): Place => ({ at: ['data', 'attributes', name], as: 'flag' });

export const ofMasAccount = {
  look: (userId: string) => lookAtMasAccount(userId),
  /** Its own ID, which its requests name. */
  identity: { at: ['data', 'id'], as: 'text' },
  gone: NOT_IN_MAS,
} as const;

const CLOSED = /*i18n*/ { id: 'user.closed', message: 'Deactivated: nobody can sign in with this account.' };
export const unlessMasClosed = { where: fact('deactivated_at'), because: CLOSED };

/** MAS passes a change on within a second or so, and tries ten times. Ms between two looks. */
const LOOKS_AFTER = [0, 500, 1000, 2000, 4000];

const LATE = /*i18n*/ {
  id: 'user.mas-late',
  message:
    'Synapse does not show it yet: MAS passes it on in the background, and tries for more than an hour if something fails. Look again later.',
};
const NOT_ON_SYNAPSE = /*i18n*/ { id: 'user.not-on-synapse', message: 'Synapse has no such account.' };

/** Whether Synapse knows an account that MAS made. An older MAS passes it on in the background; a newer one before it answers. */
export async function isOnSynapse(
  userId: string,
  { look, wait }: { look: LookAt; wait: (ms: number) => Promise<void> },
): Promise<boolean> {
  for (const ms of LOOKS_AFTER) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    if (ms > 0) await wait(ms);
    // oxlint-disable-next-line no-await-in-loop -- as above
    if ((await look(lookAtUser(userId)).catch(noneWhereNotFound)) !== null) return true;
  }
  return false;
}

/** What MAS does in the background, seen on Synapse. @returns what to say of it: `done` where it is there in time */
export async function seenOnSynapse(
  userId: string,
  isThere: (user: User) => boolean,
  done: (user: User) => Text | null,
  { look, wait }: { look: LookAt; wait: (ms: number) => Promise<void> },
): Promise<Text | null> {
  for (const ms of LOOKS_AFTER) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    if (ms > 0) await wait(ms);
    try {
      // oxlint-disable-next-line no-await-in-loop -- as above
      const user = await look(lookAtUser(userId));
      if (isThere(user)) return done(user);
    } catch (error) {
      if (error instanceof HomeserverError && error.notFound) return NOT_ON_SYNAPSE;
      throw error;
    }
  }
  return LATE;
}
