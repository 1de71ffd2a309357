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
  icon: 'key',
  label: /*i18n*/ { id: 'user.reset-password.label', message: 'Reset password' },
  phrase: /*i18n*/ { id: 'user.reset-password.phrase', message: 'Reset the password of {what}' } as const,
  keywords: ['login', 'forgotten', 'credentials', 'sign out'],
  guard: unlessMas,
  watch: {},
  unseen: true,
  // The same password again: whoever signed in with it in between is signed out once more.
  repeatable: true,
  undo: {
    never: /*i18n*/ {
      id: 'user.reset-password.undo',
      message: 'The old password can’t be put back: the homeserver keeps only a hash of it.',
    },
  },
  script: {
    never: /*i18n*/ {
      id: 'user.reset-password.script',
      message: 'Passwords are made in this page when they are sent, and never written into a file.',
    },
  },
  secret: {
    noun: ['password', 'passwords'],
    rules: passwordRules,
    make: makePassword,
    problem: passwordProblem,
  },
  form: {
    fields: [
      {
        name: 'logout_devices',
        kind: 'switch',
        label: 'End all sessions',
        help: 'For a lost device or a stolen password. Off: whoever is signed in stays signed in.',
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
          id: 'user.reset-password.many',
          message:
            'Each user gets a new password of their own. Download the passwords when the job has finished: nothing else keeps them.',
        }
      : /*i18n*/ {
          id: 'user.reset-password.one',
          message: 'The old password stops working at once. The new one is shown once: nothing else keeps it.',
        },
    logout_devices
      ? /*i18n*/ {
          id: 'user.reset-password.sessions-end',
          message:
            'All sessions end. Encrypted messages that only those devices could read may be lost, unless the user has a key backup.',
        }
      : /*i18n*/ {
          id: 'user.reset-password.sessions-stay',
          message: 'Sessions stay signed in, also those of someone who should not be there.',
        },
    ...(isMyself && logout_devices
      ? [
          /*i18n*/ {
            id: 'user.reset-password.own',
            message:
              'Your own account is among them: all your other sessions end, and only the one whose token Glia has stays.',
          },
        ]
      : []),
    /*i18n*/ { id: 'user.reset-password.sso', message: 'Users who sign in with SSO can still do so.' },
  ],
  write(userId, { ends_sessions = true }, _server, _input, password) {
    invariant(password !== undefined, 'a password was made for this user');
    return resetPassword(userId, password, ends_sessions);
  },
  words: ({ ends_sessions }) =>
    ends_sessions === undefined
      ? /*i18n*/ { id: 'user.password-old', message: 'the old password' }
      : ends_sessions
        ? /*i18n*/ { id: 'user.password-new-sessions-end', message: 'a new password, and all sessions end' }
        : /*i18n*/ { id: 'user.password-new-sessions-stay', message: 'a new password, and sessions stay' },
});
