import { lacks } from '~/api/since';
import { changeUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofAccount, unlessMas } from './account';

type State = { locked: boolean };

const LOCKED = /*i18n*/ { id: 'user.locked', message: 'locked' };
const NOT_LOCKED = /*i18n*/ { id: 'user.not-locked', message: 'not locked' };

const both = {
  ...ofAccount,
  // Behind MAS Synapse writes the flag, and nothing reads it (`synapse/api/auth/mas.py`).
  guard: (server) => unlessMas(server) ?? lacks(server.version, 'lock-users'),
  watch: { locked: flag('locked') },
  write: (userId, { locked }) => changeUser(userId, { locked }),
  words: ({ locked }) => (locked ? LOCKED : NOT_LOCKED),
} satisfies Partial<Action<User, State>>;

export const lock = defineAction<User, State>({
  ...both,
  kind: 'user.lock',
  notManaged: true,
  icon: 'lock',
  group: 'access',
  label: /*i18n*/ { id: 'user.lock.label', message: 'Lock' },
  phrase: {
    one: /*i18n*/ { id: 'user.lock.one', message: 'Lock {id}' },
    many: /*i18n*/ { id: 'user.lock.many', message: 'Lock {count, plural, =0 {users} one {# user} other {# users}}' },
  },
  keywords: ['ban', 'block', 'disable'],
  goal: () => ({ locked: true }),
  notMyself: /*i18n*/ { id: 'user.lock.own', message: 'This is your own account: you would lock yourself out.' },
  // `users.py:413-420`: an account is one or the other.
  refuse: [
    {
      where: flag('deactivated'),
      because: /*i18n*/ {
        id: 'user.lock.closed',
        message: 'Deactivated accounts can’t be locked. Nobody can sign in with them anyway.',
      },
    },
  ],
  consequences: () => [
    /*i18n*/ {
      id: 'user.lock.refused',
      message:
        'A locked account can’t be used until it is unlocked: Synapse refuses the requests of its sessions, except signing out.',
    },
    /*i18n*/ {
      id: 'user.lock.keeps',
      message: 'Sessions, rooms, messages and keys are kept. Other users notice nothing.',
    },
  ],
});

export const unlock = defineAction<User, State>({
  ...both,
  kind: 'user.unlock',
  icon: 'unlock',
  group: 'access',
  label: /*i18n*/ { id: 'user.unlock.label', message: 'Unlock' },
  phrase: {
    one: /*i18n*/ { id: 'user.unlock.one', message: 'Unlock {id}' },
    many: /*i18n*/ {
      id: 'user.unlock.many',
      message: 'Unlock {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['unban', 'unblock', 'enable'],
  goal: () => ({ locked: false }),
  consequences: () => [
    /*i18n*/ { id: 'user.unlock.again', message: 'Unlocked accounts can be used again, with the sessions they had.' },
  ],
});
