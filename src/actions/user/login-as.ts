import { loginAs } from '~/api/access-asks';
import type { User } from '~/api/users';
import { masLacks } from '~/api/mas/since';
import { masIdOf, signInAsMasAccount, type MasAccount } from '~/api/mas-account-asks';
import { defineAction, defineUnderMas, type Server } from '~/actions/action';
import { flag } from '~/lib/places';
import { withValues } from '~/lib/text';
import { ofAccount, OWN_ACCOUNT, unlessClosed } from './account';
import { fact, ofMasAccount, unlessMasClosed } from './mas-account';

/** No look shows a token: all there is to say of it is for how long this change made one. `mark` tells it from others in MAS. */
type State = { minutes?: number; mark?: string };
type Input = { minutes: number };

const MINUTE_MS = 60_000;
const CHOICES = [15, 60, 480] as const;

/** The client-server API, and nothing of an admin. */
const SCOPE = 'urn:matrix:client:api:*';
/** As MAS lists the token; by it Glia finds this one again, and no other, to end it. */
export const signInName = ({ me = '' }: Server, mark = ''): string => `Glia: ${me} ${mark}`.trimEnd();

const RIGHTS = /*i18n*/ {
  id: 'user.login-as.rights',
  message: 'Whoever has the token can read and write as this user. What they do is shown under the user’s name.',
};
const SHOWN = /*i18n*/ {
  id: 'user.login-as.shown-once',
  message: 'The token is shown once and stored nowhere. Activity lists when you signed in and for how long.',
};
const MAS_LOCKED = /*i18n*/ {
  id: 'user.login-as.mas-locked',
  message: 'Locked: MAS gives no token for this account. Unlock it first.',
};
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
  goal: ({ minutes }) => ({ minutes, mark: crypto.randomUUID().slice(0, 8) }),
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
  underMas: defineUnderMas<MasAccount, State, Input>({
    ...ofMasAccount,
    guard: ({ masVersion }) => masLacks(masVersion, 'personal-sessions'),
    refuse: [unlessMasClosed, { where: fact('locked_at'), because: MAS_LOCKED }],
    // Without a device: none is made for it.
    write: (_userId, { minutes = CHOICES[0], mark }, { identity, server }) =>
      signInAsMasAccount(masIdOf(identity), { name: signInName(server, mark), scope: SCOPE, seconds: minutes * 60 }),
    consequences: () => [
      RIGHTS,
      /*i18n*/ {
        id: 'user.login-as.mas-listed',
        message:
          'It is a personal access token of MAS with your name on it. It makes no device, and can’t read encrypted messages.',
      },
      SHOWN,
    ],
  }),
  write: (userId, { minutes = CHOICES[0] }) => loginAs(userId, Date.now() + minutes * MINUTE_MS),
  words: ({ minutes }) => (minutes === undefined ? SIGNED_OUT : withValues(SIGNED_IN, { minutes })),
  consequences: () => [
    RIGHTS,
    /*i18n*/ {
      id: 'user.login-as.hidden',
      message: 'It is not listed among the user’s sessions, and can’t read encrypted messages.',
    },
    SHOWN,
  ],
  script: {
    never: /*i18n*/ {
      id: 'user.login-as.script',
      message: 'Not available as a script: its output would contain the token.',
    },
  },
});
