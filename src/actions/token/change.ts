import type { SeenToken } from '~/api/registration-token-asks';
import { defineAction } from '~/actions/action';
import { LIMIT_FORM, limitsFrom, type TokenInput } from './form';
import { limitsOf, ofToken, type TokenState } from './token';

export const changeTokens = defineAction<SeenToken, TokenState, TokenInput>({
  ...ofToken,
  kind: 'token.change',
  icon: 'tune',
  label: /*i18n*/ { id: 'token.change.label', message: 'Change limits' },
  phrase: {
    one: /*i18n*/ { id: 'token.change.one', message: 'Change the limits of {id}' },
    many: /*i18n*/ {
      id: 'token.change.many',
      message:
        'Change the limits of {count, plural, =0 {registration tokens} one {# registration token} other {# registration tokens}}',
    },
  },
  keywords: ['uses', 'expiry', 'extend', 'edit'],
  form: LIMIT_FORM,
  goal: (input, seen) => limitsFrom(input, limitsOf(seen)),
  // Without it, a token that someone deleted would be created again.
  obstacle: ({ planned }) => Promise.resolve(planned === null ? ofToken.gone : null),
  consequences: () => [
    /*i18n*/ {
      id: 'token.change.counts',
      message: 'Registrations so far still count. Accounts made with the token are not affected.',
    },
  ],
});
