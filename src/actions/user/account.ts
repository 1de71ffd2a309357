import { lookAtUser } from '~/api/user-asks';
import type { Server } from '~/actions/action';
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

export const unlessClosed = { where: flag('deactivated'), because: 'Deactivated: nobody can sign in to it.' };

export const MAS_KEEPS = 'Matrix Authentication Service keeps the accounts of this homeserver: do this there.';

export const unlessMas = ({ mas }: Server): string | null => (mas ? MAS_KEEPS : null);
