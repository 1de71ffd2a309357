import { setUserAdmin } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { ofAccount, unlessClosed, unlessMas } from './account';

type State = { admin: boolean };

const IS_ADMIN = /*i18n*/ { id: 'user.is-admin', message: 'server admin' };
const IS_NO_ADMIN = /*i18n*/ { id: 'user.is-no-admin', message: 'not a server admin' };

const both = {
  ...ofAccount,
  guard: unlessMas,
  watch: { admin: flag('admin') },
  write: (userId, { admin }) => setUserAdmin(userId, admin),
  words: ({ admin }) => (admin ? IS_ADMIN : IS_NO_ADMIN),
} satisfies Partial<Action<User, State>>;

export const makeAdmin = defineAction<User, State>({
  ...both,
  kind: 'user.make-admin',
  icon: 'admin',
  label: /*i18n*/ { id: 'user.make-admin.label', message: 'Make server admin' },
  phrase: /*i18n*/ { id: 'user.make-admin.phrase', message: 'Make {what} server admin' } as const,
  keywords: ['promote', 'rights'],
  goal: () => ({ admin: true }),
  refuse: [unlessClosed],
  consequences: () => [
    /*i18n*/ {
      id: 'user.make-admin.rights',
      message:
        'A server admin can read and change everything on this homeserver: all accounts, all rooms, all files, your own account too.',
    },
  ],
});

export const revokeAdmin = defineAction<User, State>({
  ...both,
  kind: 'user.revoke-admin',
  icon: 'admin-off',
  label: /*i18n*/ { id: 'user.revoke-admin.label', message: 'Revoke server admin' },
  phrase: /*i18n*/ { id: 'user.revoke-admin.phrase', message: 'Revoke server admin rights of {what}' } as const,
  keywords: ['demote', 'rights'],
  goal: () => ({ admin: false }),
  // 400 “You may not demote yourself.” (`users.py:1095-1100`)
  notMyself: /*i18n*/ { id: 'user.revoke-admin.own', message: 'You can’t revoke your own rights.' },
  consequences: () => [
    /*i18n*/ {
      id: 'user.revoke-admin.at-once',
      message: 'The account loses the rights of a server admin at once. It stays as it is otherwise.',
    },
  ],
});
