import type { SeenToken } from '~/api/registration-token-asks';
import { defineAction } from '~/actions/action';
import { LIMIT_FORM, limitsFrom, type TokenInput } from './form';
import { ofToken, type TokenState } from './token';

/** Its items are new tokens, named by texts that this page made or that the admin typed. */
export const createTokens = defineAction<SeenToken, TokenState, TokenInput>({
  ...ofToken,
  kind: 'token.create',
  icon: 'ticket',
  hasWizard: true,
  label: /*i18n*/ { id: 'token.create.label', message: 'Create registration token' },
  phrase: {
    one: /*i18n*/ { id: 'token.create.one', message: 'Create the registration token {id}' },
    many: /*i18n*/ {
      id: 'token.create.many',
      message:
        'Create {count, plural, =0 {registration tokens} one {# registration token} other {# registration tokens}}',
    },
  },
  form: LIMIT_FORM,
  goal: (input) => limitsFrom(input, null),
  consequences: () => [
    /*i18n*/ { id: 'token.create.anyone', message: 'Anyone who knows a token can create an account with it.' },
  ],
});
