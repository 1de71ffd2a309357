import type { SeenToken } from '~/api/registration-token-asks';
import { defineAction } from '~/actions/action';
import { ofToken, type TokenState } from './token';

export const deleteTokens = defineAction<SeenToken, TokenState>({
  ...ofToken,
  kind: 'token.delete',
  icon: 'ticket-off',
  label: /*i18n*/ { id: 'token.delete.label', message: 'Delete' },
  phrase: {
    one: /*i18n*/ { id: 'token.delete.one', message: 'Delete the registration token {id}' },
    many: /*i18n*/ {
      id: 'token.delete.many',
      message:
        'Delete {count, plural, =0 {registration tokens} one {# registration token} other {# registration tokens}}',
    },
  },
  keywords: ['remove', 'revoke'],
  goal: () => null,
  undo: {
    partly: /*i18n*/ {
      id: 'token.delete.undo',
      message:
        'Until you reload the page you can undo this: the token is created again with the same text and limits. Its counts start at 0 again.',
    },
  },
  consequences: () => [
    /*i18n*/ {
      id: 'token.delete.nobody',
      message: 'Nobody can register with it any more. Accounts made with it are not affected.',
    },
  ],
});
