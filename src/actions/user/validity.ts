import { allowKeyReplacement, setValidity } from '~/api/account-asks';
import { lacks } from '~/api/since';
import type { User } from '~/api/users';
import { defineAction } from '~/actions/action';
import { startOfDay } from '~/lib/dates';
import { withValues } from '~/lib/text';
import { isoTime } from '~/lib/times';
import { ofAccount, unlessClosed } from './account';

/** What Synapse keeps of an account with an end, and shows to nobody. */

type Validity = { expiration_ts?: number; enable_renewal_emails?: boolean };
type ValidityInput = { expiration_ts: number; enable_renewal_emails: boolean };

const NOT_IN_MAS = /*i18n*/ {
  id: 'user.validity.mas',
  message:
    'Accounts that expire are a feature of Synapse alone: with Matrix Authentication Service there is none. Lock or deactivate the user instead.',
};

export const setAccountValidity = defineAction<User, Validity, ValidityInput>({
  ...ofAccount,
  kind: 'user.validity',
  icon: 'validity',
  group: 'account',
  label: /*i18n*/ { id: 'user.validity.label', message: 'Set account validity' },
  phrase: {
    one: /*i18n*/ { id: 'user.validity.one', message: 'Set the account validity of {id}' },
    many: /*i18n*/ {
      id: 'user.validity.many',
      message: 'Set the account validity of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['expire', 'expiry', 'renew', 'account validity'],
  notUnderMas: true,
  guard: ({ mas }) => (mas ? NOT_IN_MAS : null),
  watch: {},
  unseen: true,
  undo: {
    never: /*i18n*/ {
      id: 'user.validity.undo',
      message: 'This can’t be undone: Synapse does not say until when the account was valid before.',
    },
  },
  script: {
    never: /*i18n*/ {
      id: 'user.validity.script',
      message: 'Not available as a script: the homeserver does not show whether it was done.',
    },
  },
  form: {
    fields: [
      {
        name: 'until',
        kind: 'date',
        label: /*i18n*/ { id: 'user.validity.until', message: 'Valid until the start of' },
      },
      {
        name: 'emails',
        kind: 'switch',
        label: /*i18n*/ { id: 'user.validity.emails', message: 'Send an email before the account expires' },
      },
    ],
    initial: { until: '', emails: true },
    read({ until, emails }) {
      const expiration_ts = startOfDay(String(until));
      if (expiration_ts !== null) return { input: { expiration_ts, enable_renewal_emails: emails === true } };
      return { problems: { until: /*i18n*/ { id: 'user.validity.missing', message: 'Enter a date.' } } };
    },
  },
  goal: (input) => input,
  refuse: [unlessClosed],
  obstacle: ({ id, goal: { expiration_ts = Infinity } }, _look, { me }) =>
    Promise.resolve(id === me && expiration_ts <= Date.now() ? OWN_END : null),
  write: (userId, { expiration_ts = 0, enable_renewal_emails = true }) =>
    setValidity(userId, expiration_ts, enable_renewal_emails),
  words: ({ expiration_ts }) =>
    expiration_ts === undefined ? AS_BEFORE : withValues(UNTIL, { time: timeOf(expiration_ts) }),
  consequences: ({ expiration_ts }) => [
    /*i18n*/ {
      id: 'user.validity.configured',
      message:
        'This has an effect only if account_validity is enabled in the configuration of Synapse. Glia can’t see whether it is.',
    },
    /*i18n*/ {
      id: 'user.validity.expired',
      message: 'An expired account can’t be used until it is renewed. Nothing is deleted.',
    },
    withValues(
      /*i18n*/ { id: 'user.validity.when', message: 'It expires at {time}.' },
      { time: timeOf(expiration_ts) },
    ),
  ],
});

const OWN_END = /*i18n*/ {
  id: 'user.validity.own',
  message: 'This is your own account: it would expire at once, and you would lose access.',
};

/** The same for every reader, as it is kept: `2026-11-24 15:04 UTC`. */
const timeOf = (ms: number): string => isoTime(ms)?.replace(/T(.{5}).*/, ' $1 UTC') ?? String(ms);

const AS_BEFORE = /*i18n*/ { id: 'user.validity.before', message: 'valid as before' };
const UNTIL = /*i18n*/ { id: 'user.validity.valid-until', message: 'valid until {time}' } as const;

type Replacement = { until?: number | null };

export const allowCrossSigningReset = defineAction<User | Replacement, Replacement>({
  ...ofAccount,
  kind: 'user.allow-key-replacement',
  icon: 'keys',
  group: 'access',
  label: /*i18n*/ { id: 'user.allow-key-replacement.label', message: 'Allow new cross-signing keys' },
  phrase: {
    one: /*i18n*/ { id: 'user.allow-key-replacement.one', message: 'Allow {id} to replace the cross-signing keys' },
    many: /*i18n*/ {
      id: 'user.allow-key-replacement.many',
      message: 'Allow {count, plural, =0 {users} one {# user} other {# users}} to replace their cross-signing keys',
    },
  },
  keywords: ['verification', 'encryption', 'identity', 'uia', 'reset', 'cross-signing'],
  guard: ({ version }) => lacks(version, 'key-replacement'),
  watch: {},
  unseen: true,
  undo: {
    never: /*i18n*/ {
      id: 'user.allow-key-replacement.undo',
      message: 'This can’t be undone, and ends by itself after 10 minutes.',
    },
  },
  script: {
    never: /*i18n*/ {
      id: 'user.allow-key-replacement.script',
      message: 'Not available as a script: it would have to run while each user waits.',
    },
  },
  goal: () => ({ until: null }),
  refuse: [unlessClosed],
  write: allowKeyReplacement,
  gone: /*i18n*/ {
    id: 'user.allow-key-replacement.gone',
    message: 'It does not exist on this homeserver, or it has no cross-signing keys to replace.',
  },
  words({ until }) {
    if (until === undefined) return NOT_ALLOWED;
    return until === null ? ALLOWED : withValues(ALLOWED_UNTIL, { time: timeOf(until) });
  },
  consequences: () => [
    /*i18n*/ {
      id: 'user.allow-key-replacement.ten',
      message:
        'For 10 minutes, any session of the user can upload new cross-signing keys without a password. Do this only while you are in contact with the user.',
    },
    /*i18n*/ {
      id: 'user.allow-key-replacement.use',
      message:
        'This is for users who have lost their recovery key and can’t confirm the reset, for example behind single sign-on.',
    },
  ],
});

const NOT_ALLOWED = /*i18n*/ {
  id: 'user.allow-key-replacement.not',
  message: 'keys can’t be replaced without a password',
};
const ALLOWED = /*i18n*/ {
  id: 'user.allow-key-replacement.allowed',
  message: 'keys can be replaced without a password for 10 minutes',
};
const ALLOWED_UNTIL = /*i18n*/ {
  id: 'user.allow-key-replacement.until',
  message: 'keys can be replaced without a password until {time}',
} as const;
