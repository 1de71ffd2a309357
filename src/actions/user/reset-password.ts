import { passwordRules, resetPassword } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction } from '~/actions/action';
import { invariant } from '~/lib/invariant';
import { makePassword, passwordProblem } from '~/lib/passwords';
import { ofAccount, unlessClosed, unlessMas } from './account';

/** No answer shows a password: all there is to say of it is whether this change made it. */
type State = { ends_sessions?: boolean };
type Input = { logout_devices: boolean };

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
  guard: unlessMas,
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
  consequences: ({ logout_devices }, many, { isMyself }) => [
    many
      ? /*i18n*/ {
          id: 'user.reset-password.each',
          message:
            'Each user gets a new password. Download the passwords when the job has finished: they are stored nowhere else.',
        }
      : /*i18n*/ {
          id: 'user.reset-password.shown-once',
          message: 'The old password stops working at once. The new one is shown once and stored nowhere else.',
        },
    logout_devices
      ? /*i18n*/ {
          id: 'user.reset-password.sessions-end',
          message: 'All sessions end. Encrypted messages may be lost, unless the user has a key backup.',
        }
      : /*i18n*/ {
          id: 'user.reset-password.sessions-stay',
          message: 'Sessions stay signed in, even those of an intruder.',
        },
    ...(isMyself && logout_devices
      ? [
          /*i18n*/ {
            id: 'user.reset-password.own',
            message: 'This includes your own account: all your sessions end, except the one that Glia uses.',
          },
        ]
      : []),
    /*i18n*/ { id: 'user.reset-password.sso', message: 'Users who sign in with SSO can still do so.' },
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
