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
  notManaged: true,
  icon: 'pause',
  group: 'access',
  label: /*i18n*/ { id: 'user.suspend.label', message: 'Suspend' },
  phrase: {
    one: /*i18n*/ { id: 'user.suspend.one', message: 'Suspend {id}' },
    many: /*i18n*/ {
      id: 'user.suspend.many',
      message: 'Suspend {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['ban', 'freeze', 'read-only'],
  goal: () => ({ suspended: true }),
  notMyself: OWN_ACCOUNT,
  refuse: [unlessClosed],
  consequences: () => [
    /*i18n*/ {
      id: 'user.suspend.reads',
      message:
        'Suspended users can sign in and read. They can’t send messages, join or create rooms, or change their profile.',
    },
    /*i18n*/ { id: 'user.suspend.leaves', message: 'They can still leave rooms and remove their own messages.' },
  ],
});

export const unsuspend = defineAction<User, State>({
  ...both,
  kind: 'user.unsuspend',
  icon: 'play',
  group: 'access',
  label: /*i18n*/ { id: 'user.unsuspend.label', message: 'Unsuspend' },
  phrase: {
    one: /*i18n*/ { id: 'user.unsuspend.one', message: 'Unsuspend {id}' },
    many: /*i18n*/ {
      id: 'user.unsuspend.many',
      message: 'Unsuspend {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['unban', 'unfreeze'],
  goal: () => ({ suspended: false }),
  consequences: () => [
    /*i18n*/ { id: 'user.unsuspend.again', message: 'Unsuspended users can send messages and join rooms again.' },
  ],
});
