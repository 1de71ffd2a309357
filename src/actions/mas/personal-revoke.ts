import { lookAtPersonalSession, revokePersonalSession, type PersonalSession } from '~/api/mas/personal-sessions';
import { defineAction } from '~/actions/action';
import { personalOf } from './ids';
import { guardOfMas, ofMas } from './mas';
import { isOwnToken, ofPersonal, OWN_TOKEN } from './personal';

type State = { active: boolean };

const ACTIVE = /*i18n*/ { id: 'personal-token.active', message: 'valid' };
const REVOKED = /*i18n*/ { id: 'personal-token.revoked', message: 'revoked' };

export const revokePersonalToken = defineAction<PersonalSession, State>({
  ...ofMas,
  guard: guardOfMas('personal-sessions'),
  ...ofPersonal,
  kind: 'personal-token.revoke',
  notManaged: true,
  icon: 'ticket-off',
  label: /*i18n*/ { id: 'personal-token.revoke.label', message: 'Revoke' },
  phrase: {
    one: /*i18n*/ {
      id: 'personal-token.revoke.one',
      message: 'Revoke the personal access token {tokenId} of {userId}',
    },
    many: /*i18n*/ {
      id: 'personal-token.revoke.many',
      message:
        'Revoke {count, plural, =0 {personal access tokens} one {# personal access token} other {# personal access tokens}}',
    },
  },
  keywords: ['end', 'delete'],
  danger: true,
  look: (name) => lookAtPersonalSession(personalOf(name).id),
  watch: { read: ({ revoked_at }) => ({ active: revoked_at == null }) },
  goal: () => ({ active: false }),
  obstacle: async ({ id }, look, server) => ((await isOwnToken(id, look, server)) ? OWN_TOKEN : null),
  write: (name) => revokePersonalSession(personalOf(name).id),
  repeatable: true,
  lane: (name) => personalOf(name).userId,
  undo: {
    never: /*i18n*/ { id: 'personal-token.revoke.undo', message: 'This can’t be undone. You can issue a new token.' },
  },
  words: ({ active }) => (active ? ACTIVE : REVOKED),
  consequences: () => [
    /*i18n*/ {
      id: 'personal-token.revoke.stops',
      message: 'Whatever uses it stops working: at MAS at once, at Synapse within two minutes.',
    },
  ],
});
