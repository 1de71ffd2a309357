import { passwordRules, resetPassword } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, defineUnderMas } from '~/actions/action';
import { invariant } from '~/lib/invariant';
import { makePassword, passwordProblem } from '~/lib/passwords';
import { masIdOf, setMasPassword, type MasAccount } from '~/api/mas-account-asks';
import { SESSION_KINDS } from '~/api/mas-session-asks';
import { Told } from '~/api/ask';
import { sentences, withValues } from '~/lib/text';
import { ofAccount, unlessClosed } from './account';
import { ofMasAccount, unlessMasClosed } from './mas-account';
import { ENDED, endSessionsWhere } from './mas-sessions';

/** No answer shows a password: all there is to say of it is whether this change made it. */
type State = { ends_sessions?: boolean };
type Input = { logout_devices: boolean };

const EACH = /*i18n*/ {
  id: 'user.reset-password.each',
  message:
    'Each user gets a new password. Download the passwords when the job has finished: they are stored nowhere else.',
};
const SHOWN_ONCE = /*i18n*/ {
  id: 'user.reset-password.shown-once',
  message: 'The old password stops working at once. The new one is shown once and stored nowhere else.',
};
const SESSIONS_END = /*i18n*/ {
  id: 'user.reset-password.sessions-end',
  message: 'All sessions end. Encrypted messages may be lost, unless the user has a key backup.',
};
const SESSIONS_STAY = /*i18n*/ {
  id: 'user.reset-password.sessions-stay',
  message: 'Sessions stay signed in, even those of an intruder.',
};
const SSO = /*i18n*/ { id: 'user.reset-password.sso', message: 'Users who sign in with SSO can still do so.' };
const NEW_PASSWORD = /*i18n*/ { id: 'user.reset-password.mas-now', message: 'The account has a new password.' };
const OWN_STAY = /*i18n*/ {
  id: 'user.reset-password.mas-own',
  message: 'The sessions of your own account stay: Glia can’t tell in MAS which of them it uses.',
};

export const resetUserPassword = defineAction<User, State, Input>({
  ...ofAccount,
  kind: 'user.reset-password',
  notManaged: true,
  icon: 'key',
  group: 'access',
  label: /*i18n*/ { id: 'user.reset-password.label', message: 'Reset password' },
  phrase: {
    one: /*i18n*/ { id: 'user.reset-password.one', message: 'Reset the password of {id}' },
    many: /*i18n*/ {
      id: 'user.reset-password.many',
      message:
        '{count, plural, =0 {Reset the passwords of users} one {Reset the password of # user} other {Reset the passwords of # users}}',
    },
  },
  keywords: ['login', 'forgotten', 'credentials', 'sign out'],
  watch: {},
  unseen: true,
  // The same password again: whoever signed in with it in between is signed out once more.
  repeatable: true,
  undo: {
    never: /*i18n*/ {
      id: 'user.reset-password.undo',
      message: 'This can’t be undone: Synapse keeps only a hash of the old password.',
    },
  },
  script: {
    never: /*i18n*/ {
      id: 'user.reset-password.script',
      message: 'Not available as a script: the file would contain the new passwords.',
    },
  },
  secret: {
    rules: passwordRules,
    make: makePassword,
    problem: passwordProblem,
  },
  form: {
    fields: [
      {
        name: 'logout_devices',
        kind: 'switch',
        label: /*i18n*/ { id: 'user.reset-password.end-sessions', message: 'End all sessions' },
        help: /*i18n*/ {
          id: 'user.reset-password.end-sessions-help',
          message: 'For a lost device or a stolen password. If off, everyone who is signed in stays signed in.',
        },
      },
    ],
    initial: { logout_devices: true },
    read: ({ logout_devices }) => ({ input: { logout_devices: logout_devices === true } }),
  },
  goal: ({ logout_devices }) => ({ ends_sessions: logout_devices }),
  refuse: [unlessClosed],
  underMas: defineUnderMas<MasAccount, State, Input>({
    ...ofMasAccount,
    refuse: [unlessMasClosed],
    write(_userId, _goal, { identity, secret: password }) {
      invariant(password !== undefined, 'a password was made for this user');
      return setMasPassword(masIdOf(identity), password);
    },
    // MAS ends no session with a password: each takes a request of its own. The password first: nobody signs in with the old one then.
    async carryOut({ id, goal }, { identity, secret: password, server, ask }) {
      invariant(password !== undefined, 'a password was made for this user');
      const masId = masIdOf(identity);
      await ask(setMasPassword(masId, password));
      if (!goal.ends_sessions) return new Told(NEW_PASSWORD);
      if (id === server.me) return new Told(sentences(NEW_PASSWORD, OWN_STAY));
      const count = await endSessionsWhere(masId, SESSION_KINDS, () => true, ask);
      return new Told(sentences(NEW_PASSWORD, withValues(ENDED, { count })));
    },
    consequences: ({ logout_devices }, many, { isMyself }) => [
      many ? EACH : SHOWN_ONCE,
      logout_devices ? SESSIONS_END : SESSIONS_STAY,
      ...(isMyself && logout_devices ? [OWN_STAY] : []),
      SSO,
    ],
    undo: {
      never: /*i18n*/ {
        id: 'user.reset-password.mas-undo',
        message: 'This can’t be undone: MAS keeps only a hash of the old password.',
      },
    },
  }),
  consequences: ({ logout_devices }, many, { isMyself }) => [
    many ? EACH : SHOWN_ONCE,
    logout_devices ? SESSIONS_END : SESSIONS_STAY,
    ...(isMyself && logout_devices
      ? [
          /*i18n*/ {
            id: 'user.reset-password.own',
            message: 'This includes your own account: all your sessions end, except the one that Glia uses.',
          },
        ]
      : []),
    SSO,
  ],
  write(userId, { ends_sessions = true }, { secret: password }) {
    invariant(password !== undefined, 'a password was made for this user');
    return resetPassword(userId, password, ends_sessions);
  },
  words: ({ ends_sessions }) =>
    ends_sessions === undefined
      ? /*i18n*/ { id: 'user.password-old', message: 'the old password' }
      : ends_sessions
        ? /*i18n*/ { id: 'user.password-new-sessions-end', message: 'a new password, all sessions ended' }
        : /*i18n*/ { id: 'user.password-new-sessions-stay', message: 'a new password, sessions kept' },
});
