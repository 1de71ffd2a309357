import { setUserAdmin } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofAccount, unlessClosed, unlessMas } from './account';

type State = { admin: boolean };

const both = {
  ...ofAccount,
  guard: unlessMas,
  watch: { admin: flag('admin') },
  write: (userId, { admin }) => setUserAdmin(userId, admin),
  words: ({ admin }) => (admin ? 'server admin' : 'not a server admin'),
} satisfies Partial<Action<User, State>>;

export const makeAdmin = defineAction<User, State>({
  ...both,
  kind: 'user.make-admin',
  label: 'Make server admin',
  icon: 'admin',
  phrase: (what) => `Make ${what} server admin`,
  keywords: ['promote', 'rights'],
  goal: () => ({ admin: true }),
  refuse: [unlessClosed],
  consequences: () => [
    'A server admin can read and change everything on this homeserver: all accounts, all rooms, all files, your own account too.',
  ],
});

export const revokeAdmin = defineAction<User, State>({
  ...both,
  kind: 'user.revoke-admin',
  label: 'Revoke server admin',
  icon: 'admin',
  phrase: (what) => `Revoke server admin rights of ${what}`,
  keywords: ['demote', 'rights'],
  goal: () => ({ admin: false }),
  // 400 “You may not demote yourself.” (`users.py:1095-1100`)
  notMyself: 'You can’t revoke your own rights.',
  consequences: () => ['The account loses the rights of a server admin at once. It stays as it is otherwise.'],
});
