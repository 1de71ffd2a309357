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
  label: 'Reset password',
  icon: 'key',
  phrase: (what) => `Reset the password of ${what}`,
  keywords: ['login', 'forgotten', 'credentials', 'sign out'],
  guard: unlessMas,
  watch: {},
  unseen: true,
  // The same password again: whoever signed in with it in between is signed out once more.
  repeatable: true,
  undo: { never: 'The old password can’t be put back: the homeserver keeps only a hash of it.' },
  script: { never: 'Passwords are made in this page when they are sent, and never written into a file.' },
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
      ? 'Each user gets a new password of their own. Download the passwords when the job has finished: nothing else keeps them.'
      : 'The old password stops working at once. The new one is shown once: nothing else keeps it.',
    logout_devices
      ? 'All sessions end. Encrypted messages that only those devices could read may be lost, unless the user has a key backup.'
      : 'Sessions stay signed in, also those of someone who should not be there.',
    ...(isMyself && logout_devices
      ? ['Your own account is among them: all your other sessions end, and only the one whose token Glia has stays.']
      : []),
    'Users who sign in with SSO can still do so.',
  ],
  write(userId, { ends_sessions = true }, _server, _input, password) {
    invariant(password !== undefined, 'a password was made for this user');
    return resetPassword(userId, password, ends_sessions);
  },
  words: ({ ends_sessions }) =>
    ends_sessions === undefined
      ? 'the old password'
      : ends_sessions
        ? 'a new password, and all sessions end'
        : 'a new password, and sessions stay',
});
