import { changeRateLimit, lookAtRateLimit } from '~/api/user-asks';
import { withValues } from '~/lib/text';
import { defineAction, type Action } from '~/actions/action';

type Limit = { messages_per_second: number; burst_count: number };
/** Null: the homeserver's own limit counts. */
type State = Limit | null;

const LIKE_EVERYONE = /*i18n*/ { id: 'user.limited-like-everyone', message: 'limited like other users' };
const NOT_LIMITED = /*i18n*/ { id: 'user.not-limited', message: 'not limited' };
const LIMITED = /*i18n*/ {
  id: 'user.limited',
  message: 'limited to {rate, number} per second, {burst, number} at once',
} as const;

const both = {
  entity: 'user',
  look: (userId) => lookAtRateLimit(userId),
  watch: { whole: ['messages_per_second', 'burst_count'] },
  write: (userId, limit) => changeRateLimit(userId, limit),
  repeatable: true,
  undo: 'restore',
  words(limit) {
    if (limit === null) return LIKE_EVERYONE;
    const { messages_per_second: rate, burst_count: burst } = limit;
    return rate === 0 ? NOT_LIMITED : withValues(LIMITED, { rate, burst });
  },
} satisfies Partial<Action<State, State>>;

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

export const setRateLimit = defineAction<State, State, Limit>({
  ...both,
  kind: 'user.rate-limit',
  icon: 'rate',
  group: 'limits',
  label: /*i18n*/ { id: 'user.rate-limit.label', message: 'Set rate limit' },
  phrase: {
    one: /*i18n*/ { id: 'user.rate-limit.one', message: 'Set the rate limit of {id}' },
    many: /*i18n*/ {
      id: 'user.rate-limit.many',
      message: 'Set the rate limit of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['throttle', 'speed', 'messages per second'],
  form: {
    fields: [
      {
        name: 'messages_per_second',
        kind: 'number',
        label: /*i18n*/ { id: 'user.rate-limit.rate', message: 'Messages per second' },
        help: /*i18n*/ { id: 'user.rate-limit.rate-help', message: '0 means no limit, except for signing in.' },
      },
      {
        name: 'burst_count',
        kind: 'number',
        label: /*i18n*/ { id: 'user.rate-limit.burst', message: 'At once' },
        help: /*i18n*/ {
          id: 'user.rate-limit.burst-help',
          message: 'How many messages can be sent at once before the limit applies.',
        },
      },
    ],
    initial: { messages_per_second: 10, burst_count: 50 },
    from: (limit) => ({ ...limit }),
    read({ messages_per_second, burst_count }) {
      const wrong = /*i18n*/ { id: 'user.rate-limit.wrong', message: 'Enter a whole number, 0 or more.' };
      if (isWhole(messages_per_second) && isWhole(burst_count)) return { input: { messages_per_second, burst_count } };
      return {
        problems: {
          ...(!isWhole(messages_per_second) && { messages_per_second: wrong }),
          ...(!isWhole(burst_count) && { burst_count: wrong }),
        },
      };
    },
  },
  goal: (input) => input,
  consequences: ({ messages_per_second }) => [
    /*i18n*/ {
      id: 'user.rate-limit.own',
      message: 'This replaces the homeserver’s own limit for messages.',
    },
    ...(messages_per_second === 0
      ? [
          /*i18n*/ {
            id: 'user.rate-limit.none',
            message: 'Nothing slows the account down. Use this for bridges and bots that you trust.',
          },
        ]
      : []),
  ],
});

export const removeRateLimit = defineAction<State, State>({
  ...both,
  kind: 'user.rate-limit-remove',
  icon: 'rate-off',
  group: 'limits',
  label: /*i18n*/ { id: 'user.rate-limit-remove.label', message: 'Reset rate limit' },
  phrase: {
    one: /*i18n*/ { id: 'user.rate-limit-remove.one', message: 'Reset the rate limit of {id} to the default' },
    many: /*i18n*/ {
      id: 'user.rate-limit-remove.many',
      message: 'Reset the rate limit of {count, plural, =0 {users} one {# user} other {# users}} to the default',
    },
  },
  keywords: ['throttle', 'default'],
  goal: () => null,
  consequences: () => [
    /*i18n*/ { id: 'user.rate-limit-remove.own', message: 'The homeserver’s own limit applies again.' },
  ],
});
