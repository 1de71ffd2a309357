import { lacks } from '~/api/since';
import { changeUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction } from '~/actions/action';
import { text } from '~/lib/places';
import { withValues, type Text } from '~/lib/text';
import { ofAccount } from './account';

/** Null: a regular user. */
type State = { user_type: string | null };

const REGULAR = /*i18n*/ { id: 'user.type.regular-user', message: 'a regular user' };
const OF_TYPE = /*i18n*/ { id: 'user.type.of', message: 'of the type “{userType}”' } as const;

const OTHER = 'other';

const EFFECTS: Readonly<Record<string, Text>> = {
  bot: /*i18n*/ {
    id: 'user.type.bot-effect',
    message: 'Bots do not have to consent to the terms, and are not counted as real users.',
  },
  support: /*i18n*/ {
    id: 'user.type.support-effect',
    message:
      'Support users are not in the user directory, do not have to consent to the terms, and do not count as monthly active users.',
  },
};

export const setUserType = defineAction<User, State, State>({
  ...ofAccount,
  kind: 'user.type',
  icon: 'type',
  group: 'account',
  label: /*i18n*/ { id: 'user.type.label', message: 'Change user type' },
  phrase: {
    one: /*i18n*/ { id: 'user.type.one', message: 'Change the type of {id}' },
    many: /*i18n*/ {
      id: 'user.type.many',
      message: 'Change the type of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['bot', 'support', 'regular'],
  guard: ({ version }) => lacks(version, 'user-type'),
  watch: { user_type: text('user_type') },
  form: {
    fields: [
      {
        name: 'type',
        kind: 'choice',
        label: /*i18n*/ { id: 'user.type.type', message: 'User type' },
        options: [
          { value: '', label: /*i18n*/ { id: 'user.type.regular', message: 'Regular user' } },
          { value: 'bot', label: /*i18n*/ { id: 'user.type.bot', message: 'Bot' } },
          { value: 'support', label: /*i18n*/ { id: 'user.type.support', message: 'Support user' } },
          { value: OTHER, label: /*i18n*/ { id: 'user.type.other', message: 'Another type' } },
        ],
      },
      {
        name: 'named',
        kind: 'text',
        onlyIf: { field: 'type', is: OTHER },
        label: /*i18n*/ { id: 'user.type.named', message: 'Type' },
        help: /*i18n*/ {
          id: 'user.type.named-help',
          message: 'As in extra_user_types in the configuration of Synapse. Synapse refuses any other.',
        },
      },
    ],
    initial: { type: '', named: '' },
    from(seen) {
      const type = seen.user_type ?? '';
      return ['', 'bot', 'support'].includes(type) ? { type, named: '' } : { type: OTHER, named: type };
    },
    read({ type, named }) {
      const chosen = String(type === OTHER ? named : type).trim();
      if (chosen === '' && type === OTHER) {
        return { problems: { named: /*i18n*/ { id: 'user.type.missing', message: 'Enter the name of the type.' } } };
      }
      return { input: { user_type: chosen === '' ? null : chosen } };
    },
  },
  goal: (input) => input,
  write: (userId, { user_type }) => changeUser(userId, { user_type }),
  words: ({ user_type: userType }) => (userType === null ? REGULAR : withValues(OF_TYPE, { userType })),
  consequences({ user_type }) {
    const effect = user_type === null ? undefined : EFFECTS[user_type];
    return [
      ...(effect === undefined ? [] : [effect]),
      /*i18n*/ { id: 'user.type.kept', message: 'Sessions, rooms and messages are kept. Other users notice nothing.' },
    ];
  },
});
