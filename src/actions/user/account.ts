import { lookAtUser } from '~/api/user-asks';
import type { Server } from '~/actions/action';
import { flag } from '~/lib/places';
import type { Text } from '~/lib/text';

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

const MAS_KEEPS = /*i18n*/ {
  id: 'user.mas-keeps',
  message: 'Matrix Authentication Service manages the accounts of this homeserver. Make this change there.',
};

export const unlessMas = ({ mas }: Server): Text | null => (mas ? MAS_KEEPS : null);
