import { lookAtPersonalSession, regeneratePersonalSession, type PersonalSession } from '~/api/mas/personal-sessions';
import { defineAction } from '~/actions/action';
import { present } from '~/lib/places';
import { personalOf } from './ids';
import { guardOfMas, ofMas } from './mas';
import { DAY_S, handing, isOwnToken, ofPersonal, OWN_TOKEN, TOKEN_HANDED, USUAL_DAYS } from './personal';

type State = { active: boolean; renewed?: boolean };
type Input = { days: number };

export const regeneratePersonalToken = defineAction<PersonalSession, State, Input>({
  ...ofMas,
  guard: guardOfMas('personal-sessions'),
  ...ofPersonal,
  kind: 'personal-token.regenerate',
  notManaged: true,
  icon: 'retry',
  onlyForOne: true,
  label: /*i18n*/ { id: 'personal-token.regenerate.label', message: 'Regenerate' },
  phrase: {
    one: /*i18n*/ {
      id: 'personal-token.regenerate.one',
      message: 'Regenerate the personal access token {tokenId} of {userId}',
    },
    many: /*i18n*/ {
      id: 'personal-token.regenerate.many',
      message:
        'Regenerate {count, plural, =0 {personal access tokens} one {# personal access token} other {# personal access tokens}}',
    },
  },
  keywords: ['renew', 'rotate'],
  look: (name) => lookAtPersonalSession(personalOf(name).id),
  watch: { read: ({ revoked_at }) => ({ active: revoked_at == null }) },
  unseen: true,
  // The token that was made last works; one that nobody received works for nobody.
  repeatable: true,
  hands: TOKEN_HANDED,
  undo: {
    never: /*i18n*/ {
      id: 'personal-token.regenerate.undo',
      message: 'This can’t be undone: the token before stops working for good.',
    },
  },
  form: {
    fields: [
      {
        name: 'days',
        kind: 'number',
        label: /*i18n*/ { id: 'personal-token.days', message: 'Works for (days)' },
        help: /*i18n*/ { id: 'personal-token.days-help', message: 'From now. 0: it never expires.' },
      },
    ],
    initial: { days: USUAL_DAYS },
    read: ({ days }) =>
      typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= 3650
        ? { input: { days } }
        : {
            problems: {
              days: /*i18n*/ { id: 'personal-token.bad-days', message: 'Enter a number of days from 0 to 3650.' },
            },
          },
  },
  goal: () => ({ active: true, renewed: true }),
  refuse: [
    {
      where: present('revoked_at'),
      because: /*i18n*/ { id: 'personal-token.is-revoked', message: 'It is revoked. Issue a new one.' },
    },
  ],
  obstacle: async ({ id }, look, server) => ((await isOwnToken(id, look, server)) ? OWN_TOKEN : null),
  explain: ({ status }) =>
    status === 403
      ? /*i18n*/ {
          id: 'personal-token.not-owner',
          message: 'Only the admin who issued a token can regenerate it. Revoke it and issue a new one.',
        }
      : null,
  write: (name, _goal, { input: { days } }) =>
    handing(regeneratePersonalSession(personalOf(name).id, days > 0 ? days * DAY_S : undefined)),
  words: ({ renewed }) =>
    renewed
      ? /*i18n*/ { id: 'personal-token.new', message: 'a new token of the same name and rights' }
      : /*i18n*/ { id: 'personal-token.old', message: 'the token that is in use' },
  consequences: () => [
    /*i18n*/ {
      id: 'personal-token.regenerate.dead',
      message: 'The token before stops working at once. Whatever uses it needs the new one.',
    },
    /*i18n*/ {
      id: 'personal-token.regenerate.once',
      message: 'The new one is shown once and stored nowhere.',
    },
  ],
});
