import { changeRateLimit, lookAtRateLimit } from '~/api/user-asks';
import { defineAction, type Action } from '~/actions/action';

type Limit = { messages_per_second: number; burst_count: number };
/** Null: the homeserver's own limit counts. */
type State = Limit | null;

const both = {
  entity: 'user',
  look: (userId) => lookAtRateLimit(userId),
  watch: { whole: ['messages_per_second', 'burst_count'] },
  write: (userId, limit) => changeRateLimit(userId, limit),
  repeatable: true,
  undo: 'restore',
  words(limit) {
    if (limit === null) return 'limited like everyone';
    const { messages_per_second: rate, burst_count: burst } = limit;
    return rate === 0 ? 'not limited' : `limited to ${rate} a second, ${burst} at once`;
  },
} satisfies Partial<Action<State, State>>;

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

export const setRateLimit = defineAction<State, State, Limit>({
  ...both,
  kind: 'user.rate-limit',
  label: 'Set rate limit…',
  icon: 'rate',
  phrase: (what) => `Set the rate limit of ${what}`,
  keywords: ['throttle', 'speed', 'messages per second'],
  form: {
    fields: [
      {
        name: 'messages_per_second',
        kind: 'number',
        label: 'Messages a second',
        help: '0: no limit of any kind, except for signing in.',
      },
      { name: 'burst_count', kind: 'number', label: 'At once', help: 'So many may come at once before that counts.' },
    ],
    initial: { messages_per_second: 10, burst_count: 50 },
    read({ messages_per_second, burst_count }) {
      const wrong = 'A whole number, 0 or more.';
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
    'The homeserver’s own limit for messages no longer counts for the account.',
    ...(messages_per_second === 0 ? ['Nothing slows the account down: for bridges and bots that you trust.'] : []),
  ],
});

export const removeRateLimit = defineAction<State, State>({
  ...both,
  kind: 'user.rate-limit-remove',
  label: 'Remove rate limit',
  icon: 'rate',
  phrase: (what) => `Remove the rate limit of ${what}`,
  keywords: ['throttle', 'default'],
  goal: () => null,
  consequences: () => ['The homeserver’s own limit counts for the account again.'],
});
