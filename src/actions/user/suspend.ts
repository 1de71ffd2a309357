import { lacks } from '~/api/since';
import { suspendUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { OWN_ACCOUNT, ofAccount, unlessClosed } from './account';

type State = { suspended: boolean };

const SUSPENDED = /*i18n*/ { id: 'user.suspended', message: 'suspended' };
const NOT_SUSPENDED = /*i18n*/ { id: 'user.not-suspended', message: 'not suspended' };

const both = {
  ...ofAccount,
  guard: (server) => lacks(server.version, 'suspended'),
  watch: { suspended: flag('suspended') },
  write: (userId, { suspended }) => suspendUser(userId, suspended),
  words: ({ suspended }) => (suspended ? SUSPENDED : NOT_SUSPENDED),
} satisfies Partial<Action<User, State>>;

export const suspend = defineAction<User, State>({
  ...both,
  kind: 'user.suspend',
  icon: 'pause',
  label: /*i18n*/ { id: 'user.suspend.label', message: 'Suspend' },
  phrase: /*i18n*/ { id: 'user.suspend.phrase', message: 'Suspend {what}' } as const,
  keywords: ['ban', 'freeze', 'read-only'],
  goal: () => ({ suspended: true }),
  notMyself: OWN_ACCOUNT,
  refuse: [unlessClosed],
  consequences: () => [
    /*i18n*/ {
      id: 'user.suspend.reads',
      message:
        'A suspended account can sign in and read. It can’t send messages, join or create rooms, or change its profile.',
    },
    /*i18n*/ { id: 'user.suspend.leaves', message: 'It can still leave rooms and remove its own messages.' },
  ],
});

export const unsuspend = defineAction<User, State>({
  ...both,
  kind: 'user.unsuspend',
  icon: 'play',
  label: /*i18n*/ { id: 'user.unsuspend.label', message: 'Unsuspend' },
  phrase: /*i18n*/ { id: 'user.unsuspend.phrase', message: 'Unsuspend {what}' } as const,
  keywords: ['unban', 'unfreeze'],
  goal: () => ({ suspended: false }),
  consequences: () => [
    /*i18n*/ { id: 'user.unsuspend.again', message: 'The account can send messages and join rooms again.' },
  ],
});
