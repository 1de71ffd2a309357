import { createPersonalSession } from '~/api/mas/personal-sessions';
import { lookAtMasUserNamed, masNameOf, type MasUser } from '~/api/mas/users';
import { defineAction } from '~/actions/action';
import type { Entered, Field } from '~/actions/form';
import { present } from '~/lib/places';
import { commaList, withValues, type Text } from '~/lib/text';
import { masIdOf } from '~/api/mas-account-asks';
import { guardOfMas, NO_ACCOUNT, ofMas } from './mas';
import { DAY_S, handing, TOKEN_HANDED, USUAL_DAYS } from './personal';

/** No look shows a token: all there is to say of it is what this change asked for. */
type State = { scopes?: readonly string[]; days?: number };
/** `days` 0: for ever. */
type Input = { name: string; scopes: readonly string[]; days: number };

export const CLIENT_API = 'urn:matrix:client:api:*';
export const SYNAPSE_ADMIN = 'urn:synapse:admin:*';
export const MAS_ADMIN = 'urn:mas:admin';

const NO_TOKEN = /*i18n*/ { id: 'personal-token.none', message: 'no such token' };
const ISSUED = /*i18n*/ {
  id: 'personal-token.issued',
  message: 'a token with {scopes}, {days, plural, =0 {without an expiry} one {for # day} other {for # days}}',
} as const;
const NO_NAME = /*i18n*/ { id: 'personal-token.no-name', message: 'Enter what the token is for.' };
const NO_SCOPE = /*i18n*/ { id: 'personal-token.no-scope', message: 'Choose at least one thing that it may do.' };
const BAD_SCOPE = /*i18n*/ {
  id: 'personal-token.bad-scope',
  message: 'A scope is printable ASCII without quotes and backslashes. Put a blank between two of them.',
};
const NEEDS_CLIENT = /*i18n*/ {
  id: 'personal-token.needs-client',
  message: 'Synapse accepts it only together with “Use the Matrix client API”.',
};
const NO_DAYS = /*i18n*/ {
  id: 'personal-token.no-days',
  message: 'Enter a number of days from 1 to 3650, or switch on “Never expires”.',
};

/** `oauth2_types::scope`: RFC 6749 §3.3 */
const SCOPES = /^[\u0021\u0023-\u005B\u005D-\u007E]+(?: +[\u0021\u0023-\u005B\u005D-\u007E]+)*$/;

function read(values: Entered): { input: Input } | { problems: Readonly<Record<string, Text>> } {
  const problems: Record<string, Text> = {};
  const name = String(values['name'] ?? '').trim();
  const more = String(values['more'] ?? '').trim();
  const days = values['forEver'] === true ? 0 : Number(values['days']);
  const scopes = [
    ...(values['client'] === true ? [CLIENT_API] : []),
    ...(values['synapse'] === true ? [SYNAPSE_ADMIN] : []),
    ...(values['mas'] === true ? [MAS_ADMIN] : []),
    ...more.split(/\s+/).filter((one) => one !== ''),
  ];
  if (name === '') problems['name'] = NO_NAME;
  if (more !== '' && !SCOPES.test(more)) problems['more'] = BAD_SCOPE;
  else if (scopes.length === 0) problems['client'] = NO_SCOPE;
  if (values['synapse'] === true && values['client'] !== true) problems['synapse'] = NEEDS_CLIENT;
  if (values['forEver'] !== true && !(Number.isInteger(days) && days >= 1 && days <= 3650)) problems['days'] = NO_DAYS;
  if (Object.keys(problems).length > 0) return { problems };
  return { input: { name, scopes: [...new Set(scopes)], days } };
}

const FIELDS: readonly Field[] = [
  {
    name: 'name',
    kind: 'text',
    label: /*i18n*/ { id: 'personal-token.name', message: 'Name' },
    help: /*i18n*/ { id: 'personal-token.name-help', message: 'What it is for: “Backup script on host1”.' },
  },
  {
    name: 'client',
    kind: 'switch',
    label: /*i18n*/ { id: 'personal-token.client', message: 'Use the Matrix client API' },
    help: /*i18n*/ {
      id: 'personal-token.client-help',
      message: 'Read and write messages, join rooms and change the profile as this user.',
    },
  },
  {
    name: 'synapse',
    kind: 'switch',
    label: /*i18n*/ { id: 'personal-token.synapse', message: 'Administer Synapse' },
    help: /*i18n*/ {
      id: 'personal-token.synapse-help',
      message: 'Full power over the homeserver, even if this user is no admin. MAS does not check that.',
    },
  },
  {
    name: 'mas',
    kind: 'switch',
    label: /*i18n*/ { id: 'personal-token.mas', message: 'Administer MAS' },
    help: /*i18n*/ {
      id: 'personal-token.mas-help',
      message: 'Full power over all accounts: set passwords, end sessions, issue more tokens.',
    },
  },
  {
    name: 'more',
    kind: 'text',
    label: /*i18n*/ { id: 'personal-token.more', message: 'Other scopes' },
    help: /*i18n*/ {
      id: 'personal-token.more-help',
      message: 'As MAS writes them, with a blank between two. A device scope makes a device at once.',
    },
  },
  {
    name: 'days',
    kind: 'number',
    label: /*i18n*/ { id: 'personal-token.days', message: 'Works for (days)' },
  },
  {
    name: 'forEver',
    kind: 'switch',
    label: /*i18n*/ { id: 'personal-token.never-expires', message: 'Never expires' },
    help: /*i18n*/ {
      id: 'personal-token.never-expires-help',
      message: 'It then works until somebody revokes it. Whoever finds it years later can use it.',
    },
  },
];

export const issuePersonalToken = defineAction<MasUser, State, Input>({
  ...ofMas,
  guard: guardOfMas('personal-sessions'),
  kind: 'personal-token.issue',
  entity: 'user',
  icon: 'ticket',
  // Its button stands where the user's tokens are listed.
  hasWizard: true,
  onlyForOne: true,
  label: /*i18n*/ { id: 'personal-token.issue.label', message: 'Issue personal access token' },
  phrase: {
    one: /*i18n*/ { id: 'personal-token.issue.one', message: 'Issue a personal access token for {id}' },
    many: /*i18n*/ {
      id: 'personal-token.issue.many',
      message: 'Issue personal access tokens for {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  look: (userId) => lookAtMasUserNamed(masNameOf(userId)),
  gone: NO_ACCOUNT,
  identity: { at: ['id'], as: 'text' },
  watch: {},
  unseen: true,
  // A token that nobody received works for nobody. It is listed, and can be revoked.
  repeatable: true,
  undo: {
    never: /*i18n*/ {
      id: 'personal-token.issue.undo',
      message: 'What is done with the token can’t be undone. You can revoke it at any time.',
    },
  },
  harmless: true,
  hands: TOKEN_HANDED,
  form: {
    fields: FIELDS,
    initial: {
      name: '',
      client: true,
      synapse: false,
      mas: false,
      more: '',
      days: USUAL_DAYS,
      forEver: false,
    },
    read,
  },
  goal: ({ scopes, days }) => ({ scopes, days }),
  refuse: [
    {
      where: present('deactivated_at'),
      because: /*i18n*/ { id: 'personal-token.closed', message: 'Deactivated: MAS gives this account no token.' },
    },
    {
      where: present('locked_at'),
      because: /*i18n*/ {
        id: 'personal-token.locked',
        message: 'Locked: a token of this account would not work. Unlock it first.',
      },
    },
  ],
  write: (_userId, _goal, { identity, input: { name, scopes, days } }) =>
    handing(
      createPersonalSession({
        actor: masIdOf(identity),
        name,
        scope: scopes.join(' '),
        ...(days > 0 && { seconds: days * DAY_S }),
      }),
    ),
  words: ({ scopes, days = 0 }) =>
    scopes === undefined ? NO_TOKEN : withValues(ISSUED, { scopes: commaList(scopes), days }),
  consequences: () => [
    /*i18n*/ {
      id: 'personal-token.issue.root',
      message: 'Whoever has the token acts as this user with these rights. Treat it like a password.',
    },
    /*i18n*/ {
      id: 'personal-token.issue.once',
      message: 'It is shown once and stored nowhere. MAS lists it here by its name, and you can revoke it.',
    },
  ],
});
