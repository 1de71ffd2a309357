import { setUserAdmin } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, defineUnderMas, type Action } from '~/actions/action';
import { flag } from '~/lib/places';
import { masIdOf, setMasAdmin, type MasAccount } from '~/api/mas-account-asks';
import { Mishap, Told, type Ask } from '~/api/ask';
import { sentences, withValues } from '~/lib/text';
import { endSessionsWhere } from './mas-sessions';
import { masFlag, ofMasAccount, unlessMasClosed } from './mas-account';
import { ofAccount, unlessClosed } from './account';

type State = { admin: boolean };

const IS_ADMIN = /*i18n*/ { id: 'user.is-admin', message: 'server admin' };
const IS_NO_ADMIN = /*i18n*/ { id: 'user.is-no-admin', message: 'not a server admin' };

const RIGHTS = /*i18n*/ {
  id: 'user.make-admin.rights',
  message:
    'Server admins have full access to the Admin API: all accounts, including yours, all rooms and all files. They can’t read encrypted messages.',
};
const ENDED = /*i18n*/ {
  id: 'user.revoke-admin.mas-ended',
  message:
    '{count, plural, =0 {No session had admin rights.} one {# session with admin rights has ended.} other {# sessions with admin rights have ended.}}',
} as const;
const REVOKED = /*i18n*/ { id: 'user.revoke-admin.mas-now', message: 'Now not a server admin.' };
const NOT_REVOKED = /*i18n*/ {
  id: 'user.revoke-admin.mas-still',
  message: 'MAS reported success, but the account may still become admin.',
};
/** Any of them makes a session an admin’s, at MAS or at Synapse. */
const ADMIN_SCOPES = ['urn:mas:admin', 'urn:synapse:admin:*'];
const isAdmin = ({ scope }: { scope: readonly string[] }) => ADMIN_SCOPES.some((one) => scope.includes(one));

const both = {
  ...ofAccount,
  watch: { admin: flag('admin') },
  write: (userId, { admin }) => setUserAdmin(userId, admin),
  words: ({ admin }) => (admin ? IS_ADMIN : IS_NO_ADMIN),
} satisfies Partial<Action<User, State>>;

const inMas = {
  ...ofMasAccount,
  watch: { admin: masFlag('admin') },
  write: (_userId, { admin }, { identity }): Ask<MasAccount> => setMasAdmin(masIdOf(identity), admin),
  // What was consented to stays in a session: those end first, so that a try that is cut short is taken up where it was.
  async carryOut({ goal }, { identity, ask }) {
    const masId = masIdOf(identity);
    if (goal.admin) return ask(setMasAdmin(masId, true));
    let count = await endSessionsWhere(masId, ['oauth2', 'personal'], isAdmin, ask);
    const { data } = await ask(setMasAdmin(masId, false));
    if (data.attributes.admin) throw new Mishap(NOT_REVOKED);
    count += await endSessionsWhere(masId, ['oauth2', 'personal'], isAdmin, ask);
    return new Told(sentences(REVOKED, withValues(ENDED, { count })));
  },
  script: {
    never: /*i18n*/ {
      id: 'user.revoke-admin.mas-script',
      message: 'Not available as a script: it first has to find the sessions that have admin rights.',
    },
  },
} satisfies Partial<Action<MasAccount, State>>;

export const makeAdmin = defineAction<User, State>({
  ...both,
  kind: 'user.make-admin',
  grave: true,
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
  underMas: defineUnderMas<MasAccount, State>({
    ...inMas,
    refuse: [unlessMasClosed],
    consequences: () => [
      RIGHTS,
      /*i18n*/ {
        id: 'user.make-admin.mas-next',
        message: 'It takes effect at their next sign-in. Sessions that they have now get no admin rights.',
      },
    ],
  }),
  consequences: () => [RIGHTS],
});

export const revokeAdmin = defineAction<User, State>({
  ...both,
  kind: 'user.revoke-admin',
  grave: true,
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
  underMas: defineUnderMas<MasAccount, State>({
    ...inMas,
    consequences: () => [
      /*i18n*/ {
        id: 'user.revoke-admin.mas-sessions',
        message:
          'MAS keeps admin rights in sessions that have them: Glia ends those sessions and access tokens first. Other sessions stay.',
      },
    ],
  }),
  consequences: () => [
    /*i18n*/ {
      id: 'user.revoke-admin.at-once',
      message: 'Admin rights end at once. Nothing else about the account changes.',
    },
  ],
});
