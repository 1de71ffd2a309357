import { lookAtUser } from '~/api/user-asks';
import { flag } from '~/lib/places';

/** What actions on accounts share. */

export const ofAccount = {
  entity: 'user',
  look: (userId: string) => lookAtUser(userId),
  /** Another account of the same name was made at another time. */
  identity: { at: ['creation_ts'], as: 'seconds' },
  repeatable: true,
  undo: 'restore',
} as const;

const CLOSED = /*i18n*/ { id: 'user.closed', message: 'Deactivated: nobody can sign in with this account.' };

export const unlessClosed = { where: flag('deactivated'), because: CLOSED };

export const OWN_ACCOUNT = /*i18n*/ { id: 'user.own-account', message: 'This is your own account.' };
