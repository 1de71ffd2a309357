import { loginAs } from '~/api/access-asks';
import type { User } from '~/api/users';
import { defineAction } from '~/actions/action';
import { flag } from '~/lib/places';
import { withValues } from '~/lib/text';
import { ofAccount, OWN_ACCOUNT, unlessClosed, unlessMas } from './account';

/** No look shows a token: all there is to say of it is for how long this change made one. */
type State = { minutes?: number };
type Input = { minutes: number };

const MINUTE_MS = 60_000;
const CHOICES = [15, 60, 480] as const;

const SIGNED_OUT = /*i18n*/ { id: 'user.login-as.now', message: 'not signed in as this user' };
const SIGNED_IN = /*i18n*/ {
  id: 'user.login-as.then',
  message: 'signed in as this user for {minutes, plural, one {# minute} other {# minutes}}',
} as const;
const LABELS = {
  15: /*i18n*/ { id: 'user.login-as.quarter', message: '15 minutes' },
  60: /*i18n*/ { id: 'user.login-as.hour', message: '1 hour' },
  480: /*i18n*/ { id: 'user.login-as.hours', message: '8 hours' },
} as const;

export const signInAs = defineAction<User, State, Input>({
  ...ofAccount,
  kind: 'user.login-as',
  icon: 'sign-in',
  group: 'access',
  label: /*i18n*/ { id: 'user.login-as.label', message: 'Sign in as this user' },
  phrase: {
    one: /*i18n*/ {
      id: 'user.login-as.one',
      message: 'Sign in as {id} for {minutes, plural, one {# minute} other {# minutes}}',
    },
    many: /*i18n*/ {
      id: 'user.login-as.many',
      message: 'Sign in as {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  phraseValues: (input) => ({ minutes: input?.minutes ?? CHOICES[0] }),
  keywords: ['impersonate', 'login', 'token', 'puppet'],
  onlyForOne: true,
  guard: unlessMas,
  watch: {},
  unseen: true,
  // A token that nobody received works for nobody, and ends by itself.
  repeatable: true,
  undo: {
    never: /*i18n*/ {
      id: 'user.login-as.undo',
      message: 'What is done with the token can’t be undone here. You can end the sign-in at any time.',
    },
  },
  hands: {
    label: /*i18n*/ { id: 'user.login-as.token', message: 'Access token' },
    gone: /*i18n*/ {
      id: 'user.login-as.gone',
      message: 'Nothing was sent: the page that would have shown the token was closed. Start again.',
    },
    endedBy: 'user.end-login-as',
  },
  form: {
    fields: [
      {
        name: 'minutes',
        kind: 'choice',
        label: /*i18n*/ { id: 'user.login-as.how-long', message: 'The token works for' },
        options: CHOICES.map((minutes) => ({ value: String(minutes), label: LABELS[minutes] })),
      },
    ],
    initial: { minutes: String(CHOICES[0]) },
    read: ({ minutes }) => ({ input: { minutes: CHOICES.find((one) => String(one) === minutes) ?? CHOICES[0] } }),
  },
  goal: ({ minutes }) => ({ minutes }),
  notMyself: OWN_ACCOUNT,
  refuse: [
    unlessClosed,
    {
      where: flag('locked'),
      because: /*i18n*/ {
        id: 'user.login-as.locked',
        message: 'Locked: Synapse refuses all requests for this account. Unlock it first.',
      },
    },
  ],
  write: (userId, { minutes = CHOICES[0] }) => loginAs(userId, Date.now() + minutes * MINUTE_MS),
  words: ({ minutes }) => (minutes === undefined ? SIGNED_OUT : withValues(SIGNED_IN, { minutes })),
  consequences: () => [
    /*i18n*/ {
      id: 'user.login-as.rights',
      message: 'Whoever has the token can read and write as this user. What they do is shown under the user’s name.',
    },
    /*i18n*/ {
      id: 'user.login-as.hidden',
      message: 'It is not listed among the user’s sessions, and can’t read encrypted messages.',
    },
    /*i18n*/ {
      id: 'user.login-as.shown-once',
      message: 'The token is shown once and stored nowhere. Activity lists when you signed in and for how long.',
    },
  ],
  script: {
    never: /*i18n*/ {
      id: 'user.login-as.script',
      message: 'Not available as a script: its output would contain the token.',
    },
  },
});
