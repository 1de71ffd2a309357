import { lacks } from '~/api/since';
import {
  emailOf,
  lookAtThreepidHolder,
  lookAtThreepids,
  putThreepids,
  threepidsWithout,
  type Threepid,
} from '~/api/threepids';
import { phoneDigits } from '~/lib/phone-numbers';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { canonicalEmail } from '~/lib/canonical-email';
import { commaList, withValues, type Text } from '~/lib/text';
import { ofAccount, unlessClosed } from './account';
import { addPhoneUnderMas, phonesUnderMas, removePhoneUnderMas } from './mas-phones';

/** Email addresses and phone numbers: always the whole list is sent, and only that. */

export type ThreepidsState = { threepids: readonly Threepid[] };
type State = ThreepidsState;

const NONE = /*i18n*/ { id: 'user.no-threepids', message: 'without email addresses and phone numbers' };
const WITH = /*i18n*/ { id: 'user.with-threepids', message: 'with {list}' } as const;
const ONE = /*i18n*/ { id: 'user.threepid', message: '{addressId}' } as const;
const PHONE = /*i18n*/ { id: 'user.phone', message: '+{numberId}' } as const;

const UNDO = /*i18n*/ {
  id: 'user.threepids.undo',
  message:
    'You can undo this. Email notifications to a removed address stay off, and the time of its confirmation is lost.',
};
const USES = /*i18n*/ {
  id: 'user.threepids.uses',
  message:
    'With an email address, users can reset their password themselves. Synapse takes it as confirmed, and sends no message to it.',
};
const REMOVED = /*i18n*/ {
  id: 'user.threepids.removed',
  message:
    'A removed address can no longer be used to reset the password. Email notifications to it stop. Synapse also tries to remove it from identity servers.',
};

const oneWords = ({ medium, address }: Threepid): Text =>
  medium === 'msisdn' ? withValues(PHONE, { numberId: address }) : withValues(ONE, { addressId: address });

const ofAddresses = {
  ...ofAccount,
  group: 'profile',
  undo: { partly: UNDO },
  look: lookAtThreepids,
  watch: { threepids: { at: ['threepids'], as: 'list', of: ['medium', 'address'] } },
  write: (userId, { threepids }) => putThreepids(userId, threepids),
  // An undo of a removal adds, too.
  claims: ({ planned, goal }) =>
    threepidsWithout(goal.threepids, planned.threepids).map((one) => ({
      what: one.address,
      holder: lookAtThreepidHolder(one),
    })),
  words: ({ threepids }) =>
    threepids.length === 0 ? NONE : withValues(WITH, { list: commaList(threepids.map(oneWords)) }),
  asItIs: ({ threepids }) => threepids.map(({ address }) => address).join(' · '),
} satisfies Partial<Action<User, State>>;

const guardAdding: Action<User, State>['guard'] = (server) => lacks(server.version, 'threepid-holder');

const NO_EMAIL = /*i18n*/ { id: 'user.threepids.no-email', message: 'This is not an email address: {typed}' } as const;
const NO_PHONE = /*i18n*/ {
  id: 'user.threepids.no-phone',
  message: 'Enter the number with its country code, such as +44 7700 900123. This is not a phone number: {typed}',
} as const;

export const addThreepid = defineAction<User, State, Threepid>({
  ...ofAddresses,
  kind: 'user.threepids-add',
  icon: 'address-add',
  onlyForOne: true,
  label: /*i18n*/ { id: 'user.threepids-add.label', message: 'Add email or phone' },
  phrase: {
    one: /*i18n*/ { id: 'user.threepids-add.one', message: 'Add an email address or phone number to {id}' },
    many: /*i18n*/ {
      id: 'user.threepids-add.many',
      message: 'Add an email address or phone number to {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['mail', 'msisdn', '3pid', 'address', 'telephone'],
  guard: guardAdding,
  refuse: [unlessClosed],
  form: {
    fields: [
      {
        name: 'medium',
        kind: 'choice',
        label: /*i18n*/ { id: 'user.threepids-add.medium', message: 'What to add' },
        options: [
          { value: 'email', label: /*i18n*/ { id: 'user.threepids-add.email', message: 'Email address' } },
          { value: 'msisdn', label: /*i18n*/ { id: 'user.threepids-add.phone', message: 'Phone number' } },
        ],
      },
      {
        name: 'address',
        kind: 'text',
        label: /*i18n*/ { id: 'user.threepids-add.address', message: 'Address or number' },
      },
    ],
    initial: { medium: 'email', address: '' },
    read({ medium, address: typed }) {
      const isPhone = medium === 'msisdn';
      const address = isPhone ? phoneDigits(String(typed)) : emailOf(String(typed));
      if (address !== null) return { input: { medium: isPhone ? 'msisdn' : 'email', address } };
      const missing = /*i18n*/ { id: 'user.threepids-add.missing', message: 'Enter an address or a number.' };
      if (typed === '') return { problems: { address: missing } };
      return { problems: { address: withValues(isPhone ? NO_PHONE : NO_EMAIL, { typed: String(typed) }) } };
    },
  },
  goal: (input, { threepids }) => ({ threepids: [...threepids.map(bare), ...threepidsWithout([input], threepids)] }),
  underMas: addPhoneUnderMas,
  consequences: () => [
    USES,
    /*i18n*/ {
      id: 'user.threepids-add.checked',
      message: 'If another account has it by then, nothing is changed.',
    },
  ],
});

const bare = ({ medium, address }: Threepid): Threepid => ({ medium, address });

export const setThreepids = defineAction<User, State, State>({
  ...ofAddresses,
  kind: 'user.threepids',
  icon: 'address',
  onlyForOne: true,
  label: /*i18n*/ { id: 'user.threepids.label', message: 'Change email and phone' },
  phrase: {
    one: /*i18n*/ { id: 'user.threepids.one', message: 'Change the email addresses and phone numbers of {id}' },
    many: /*i18n*/ {
      id: 'user.threepids.many',
      message:
        'Change the email addresses and phone numbers of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['mail', 'msisdn', '3pid', 'address', 'telephone'],
  guard: guardAdding,
  refuse: [unlessClosed],
  form: {
    fields: [
      {
        name: 'emails',
        kind: 'lines',
        label: /*i18n*/ { id: 'user.threepids.emails', message: 'Email addresses' },
        help: /*i18n*/ { id: 'user.threepids.each', message: 'One per line.' },
      },
      {
        name: 'phones',
        kind: 'lines',
        label: /*i18n*/ { id: 'user.threepids.phones', message: 'Phone numbers' },
        help: /*i18n*/ {
          id: 'user.threepids.each-phone',
          message: 'One per line, with the country code.',
        },
      },
    ],
    initial: { emails: '', phones: '' },
    from: ({ threepids }) => ({ emails: linesOf(threepids, 'email'), phones: linesOf(threepids, 'msisdn') }),
    read({ emails, phones }) {
      const problems: Record<string, Text> = {};
      const threepids: Threepid[] = [];
      for (const [field, medium, read, wrong] of [
        ['emails', 'email', emailOf, NO_EMAIL],
        ['phones', 'msisdn', phoneDigits, NO_PHONE],
      ] as const) {
        for (const typed of String(field === 'emails' ? emails : phones).split('\n')) {
          if (typed.trim() === '') continue;
          const address = read(typed);
          if (address === null) problems[field] ??= withValues(wrong, { typed });
          else threepids.push(...threepidsWithout([{ medium, address }], threepids));
        }
      }
      return Object.keys(problems).length > 0 ? { problems } : { input: { threepids } };
    },
  },
  // What is neither is kept: nobody saw it.
  goal: (input, { threepids }) => ({
    threepids: [...input.threepids, ...threepids.filter(({ medium }) => !MEDIA.has(medium)).map(bare)],
  }),
  underMas: phonesUnderMas,
  consequences: () => [USES, REMOVED],
});

const MEDIA: ReadonlySet<string> = new Set(['email', 'msisdn']);

const linesOf = (threepids: readonly Threepid[], wanted: string): string =>
  threepids
    .filter(({ medium }) => medium === wanted)
    .map(({ address }) => address)
    .join('\n');

type Removal = { what: string };

const ADDRESSES = /*i18n*/ { id: 'user.threepids-remove.any', message: 'email addresses or phone numbers' };

const OF_DOMAIN = /*i18n*/ { id: 'user.threepids-remove.of-domain', message: '@{domainId} addresses' } as const;

const isDomain = (what: string): boolean => !what.includes('@') && phoneDigits(what) === null;

const meantWords = (what: string): Text => (isDomain(what) ? withValues(OF_DOMAIN, { domainId: what }) : what);

/** An address, or a domain: of email addresses alone. */
function isMeant(what: string, { medium, address }: Threepid): boolean {
  // An old one may be kept in another form than what was entered is brought into.
  const kept = medium === 'email' ? canonicalEmail(address) : address;
  return kept === what || (medium === 'email' && !what.includes('@') && kept.endsWith(`@${what}`));
}

export const removeThreepids = defineAction<User, State, Removal>({
  ...ofAddresses,
  kind: 'user.threepids-remove',
  icon: 'address-off',
  label: /*i18n*/ { id: 'user.threepids-remove.label', message: 'Remove email or phone' },
  phrase: {
    one: /*i18n*/ { id: 'user.threepids-remove.one', message: 'Remove {what} from {id}' },
    many: /*i18n*/ {
      id: 'user.threepids-remove.many',
      message: 'Remove {what} from {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  phraseValues: (input) => ({ what: input ? meantWords(input.what) : ADDRESSES }),
  keywords: ['mail', 'msisdn', '3pid', 'address', 'telephone', 'domain'],
  form: {
    fields: [
      {
        name: 'what',
        kind: 'text',
        label: /*i18n*/ { id: 'user.threepids-remove.what', message: 'Email address, domain or phone number' },
        help: /*i18n*/ {
          id: 'user.threepids-remove.help',
          message: 'A domain such as example.org removes all email addresses that end in @example.org.',
        },
      },
    ],
    initial: { what: '' },
    from: ({ threepids }) => ({ what: threepids[0]?.address ?? '' }),
    read({ what: typed }) {
      const what = String(typed).trim();
      const found = emailOf(what) ?? phoneDigits(what) ?? domainOf(what);
      if (found !== null) return { input: { what: found } };
      return {
        problems: {
          what: /*i18n*/ {
            id: 'user.threepids-remove.wrong',
            message: 'Enter an email address, a domain such as example.org, or a phone number with its country code.',
          },
        },
      };
    },
  },
  goal: ({ what }, { threepids }) => ({ threepids: threepids.filter((one) => !isMeant(what, one)).map(bare) }),
  underMas: removePhoneUnderMas,
  nothing: /*i18n*/ { id: 'user.threepids-remove.nothing', message: 'Has no matching address or number.' },
  remark: (_seen, { threepids }) => (threepids.length === 0 ? LAST : ''),
  consequences: ({ what }) => [
    ...(isDomain(what)
      ? [
          withValues(
            /*i18n*/ {
              id: 'user.threepids-remove.domain',
              message:
                'All email addresses that end in @{domainId} are removed, and no others: not those of subdomains.',
            },
            { domainId: what },
          ),
        ]
      : []),
    REMOVED,
  ],
});

const LAST = /*i18n*/ { id: 'user.threepids-remove.last', message: 'No address is left.' };

function domainOf(typed: string): string | null {
  const domain = typed.replace(/^@/, '').toLowerCase();
  return /^[^\s@,;<>"/]+\.[^\s@,;<>"/]+$/u.test(domain) ? domain : null;
}
