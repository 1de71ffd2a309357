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
  notManaged: true,
  icon: 'admin',
  group: 'account',
  label: /*i18n*/ { id: 'user.make-admin.label', message: 'Make server admin' },
  phrase: {
    one: /*i18n*/ { id: 'user.make-admin.one', message: 'Make {id} a server admin' },
    many: /*i18n*/ {
      id: 'user.make-admin.many',
      message:
        '{count, plural, =0 {Make users server admins} one {Make # user a server admin} other {Make # users server admins}}',
    },
  },
  keywords: ['promote', 'rights'],
  goal: () => ({ admin: true }),
  refuse: [unlessClosed],
  consequences: () => [
    /*i18n*/ {
      id: 'user.make-admin.rights',
      message:
        'Server admins have full access to the Admin API: all accounts, including yours, all rooms and all files. They can’t read encrypted messages.',
    },
  ],
});

export const revokeAdmin = defineAction<User, State>({
  ...both,
  kind: 'user.revoke-admin',
  notManaged: true,
  icon: 'admin-off',
  group: 'account',
  label: /*i18n*/ { id: 'user.revoke-admin.label', message: 'Revoke server admin' },
  phrase: {
    one: /*i18n*/ { id: 'user.revoke-admin.one', message: 'Revoke the admin rights of {id}' },
    many: /*i18n*/ {
      id: 'user.revoke-admin.many',
      message: 'Revoke the admin rights of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['demote', 'rights'],
  goal: () => ({ admin: false }),
  // 400 “You may not demote yourself.” (`users.py:1095-1100`)
  notMyself: /*i18n*/ { id: 'user.revoke-admin.own', message: 'You can’t revoke your own admin rights.' },
  consequences: () => [
    /*i18n*/ {
      id: 'user.revoke-admin.at-once',
      message: 'Admin rights end at once. Nothing else about the account changes.',
    },
  ],
});
