import { endToken } from '~/api/access-asks';
import type { User } from '~/api/users';
import { defineAction, defineUnderMas } from '~/actions/action';
import { invariant } from '~/lib/invariant';
import { masIdOf, type MasAccount } from '~/api/mas-account-asks';
import { Told } from '~/api/ask';
import { withValues } from '~/lib/text';
import { ofAccount } from './account';
import { signInName } from './login-as';
import { ofMasAccount } from './mas-account';
import { ENDED, endSessionsWhere } from './mas-sessions';

type State = { ended?: boolean };
/** The mark in the name of the sign-in to end: without it, two sign-ins as the same user look alike. Null: it was not kept. */
type Input = { mark?: string } | null;

/** Ends the token of a sign-in as somebody. Offered where that token is shown, and nowhere else: nobody else has it. */
export const endSignInAs = defineAction<User, State, Input>({
  ...ofAccount,
  kind: 'user.end-login-as',
  icon: 'sign-in-off',
  group: 'access',
  hasWizard: true,
  label: /*i18n*/ { id: 'user.end-login-as.label', message: 'End this sign-in now' },
  phrase: {
    one: /*i18n*/ { id: 'user.end-login-as.one', message: 'End the sign-in as {id}' },
    many: /*i18n*/ {
      id: 'user.end-login-as.many',
      message: 'End the sign-in as {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  watch: {},
  unseen: true,
  repeatable: true,
  byIts: 'secret',
  secret: {
    isKnown: true,
    make: () => '',
    problem: () => null,
  },
  undo: {
    never: /*i18n*/ {
      id: 'user.end-login-as.undo',
      message: 'This can’t be undone. You can sign in as the user again.',
    },
  },
  goal: () => ({ ended: true }),
  write(_userId, _goal, { server, secret: token }) {
    invariant(token !== undefined && token !== '', 'the token of the sign-in is at hand');
    return endToken(token, server);
  },
  // MAS ends a token by the ID of its session: found by the name that Glia gave it.
  underMas: defineUnderMas<MasAccount, State, Input>({
    ...ofMasAccount,
    byIts: undefined,
    async carryOut(_change, { identity, server, input, ask }) {
      const name = signInName(server, input?.mark);
      const count = await endSessionsWhere(masIdOf(identity), ['personal'], (one) => one.name === name, ask);
      return new Told(withValues(ENDED, { count }));
    },
  }),
  words: ({ ended }) =>
    ended
      ? /*i18n*/ { id: 'user.end-login-as.ended', message: 'the sign-in as this user has ended' }
      : /*i18n*/ { id: 'user.end-login-as.signed-in', message: 'signed in as this user' },
  consequences: () => [],
  script: {
    never: /*i18n*/ {
      id: 'user.end-login-as.script',
      message: 'Not available as a script: the file would contain the token.',
    },
  },
});
