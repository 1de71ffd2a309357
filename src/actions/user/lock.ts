import { lacks } from '~/api/since';
import { changeUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, defineUnderMas, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { lockMasAccount, masIdOf, type MasAccount } from '~/api/mas-account-asks';
import { ofAccount } from './account';
import { fact, ofMasAccount, seenOnSynapse, unlessMasClosed } from './mas-account';

type State = { locked: boolean };

const LOCKED = /*i18n*/ { id: 'user.locked', message: 'locked' };
const NOT_LOCKED = /*i18n*/ { id: 'user.not-locked', message: 'not locked' };

const CLOSED = /*i18n*/ {
  id: 'user.lock.closed',
  message: 'Deactivated accounts can’t be locked. Nobody can sign in with them anyway.',
};
const KEEPS = /*i18n*/ {
  id: 'user.lock.keeps',
  message: 'Sessions, rooms, messages and keys are kept. Other users notice nothing.',
};

const both = {
  ...ofAccount,
  guard: (server) => lacks(server.version, 'lock-users'),
  watch: { locked: flag('locked') },
  write: (userId, { locked }) => changeUser(userId, { locked }),
  words: ({ locked }) => (locked ? LOCKED : NOT_LOCKED),
} satisfies Partial<Action<User, State>>;

// Behind MAS Synapse writes the flag, and nothing reads it (`synapse/api/auth/mas.py`).
const inMas = {
  ...ofMasAccount,
  watch: { locked: fact('locked_at') },
  write: (_userId, { locked }, { identity }) => lockMasAccount(masIdOf(identity), locked),
  // Synapse learns of it only so that it can show it: MAS itself refuses the sessions at once.
  aftermath: ({ id, goal }, look, wait) =>
    seenOnSynapse(
      id,
      ({ locked }) => (locked ?? goal.locked) === goal.locked,
      () => null,
      { look, wait },
    ),
} satisfies Partial<Action<MasAccount, State>>;

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
      because: CLOSED,
    },
  ],
  underMas: defineUnderMas<MasAccount, State>({
    ...inMas,
    refuse: [{ where: fact('deactivated_at'), because: CLOSED }],
    consequences: () => [
      /*i18n*/ {
        id: 'user.lock.mas-refused',
        message:
          'A locked account can’t be used until it is unlocked: MAS signs nobody in, and its sessions are refused. Synapse may accept them for up to 2 minutes more.',
      },
      KEEPS,
    ],
  }),
  consequences: () => [
    /*i18n*/ {
      id: 'user.lock.refused',
      message:
        'A locked account can’t be used until it is unlocked: Synapse refuses the requests of its sessions, except signing out.',
    },
    KEEPS,
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
  // Before MAS 0.20 an unlock reactivates, too.
  underMas: defineUnderMas<MasAccount, State>({ ...inMas, refuse: [unlessMasClosed] }),
  consequences: () => [
    /*i18n*/ { id: 'user.unlock.again', message: 'Unlocked accounts can be used again, with the sessions they had.' },
  ],
});
