import { createToken, changeToken, deleteToken, lookAtToken, type SeenToken } from '~/api/registration-token-asks';
import type { TokenLimits } from '~/api/registration-tokens';
import { lacks } from '~/api/since';
import type { Action, Server } from '~/actions/action';
import { tokenOfName } from '~/lib/token-names';
import { withValues, type Text } from '~/lib/text';
import { isoTime } from '~/lib/times';

/** What creating, changing and deleting a registration token have in common: its limits are the state, null where it is not there. */

export type TokenState = { uses_allowed: number | null; expiry_time: number | null } | null;

const BEHIND_MAS = /*i18n*/ {
  id: 'token.mas',
  message: 'Matrix Authentication Service (MAS) handles registration on this homeserver, with tokens of its own.',
};
export const FORGOTTEN = /*i18n*/ {
  id: 'token.forgotten',
  message: 'Its text is no longer known: Glia keeps it only until the page is reloaded.',
};
const OVER = /*i18n*/ {
  id: 'token.over',
  message: 'It has expired in the meantime. Synapse doesn’t create a token that has already expired.',
};
const NOT_THERE = /*i18n*/ { id: 'token.not-there', message: 'not on this homeserver' };
const LIMITS = /*i18n*/ { id: 'token.limits', message: '{uses}, {expiry}' } as const;
const ANY_USES = /*i18n*/ { id: 'token.any-uses', message: 'unlimited uses' };
const USES = /*i18n*/ {
  id: 'token.uses',
  message: '{count, plural, one {# use} other {# uses}} in all',
} as const;
const FOR_EVER = /*i18n*/ { id: 'token.for-ever', message: 'never expires' };
const UNTIL = /*i18n*/ { id: 'token.until', message: 'expires {time}' } as const;

const guard = ({ mas, version }: Server): Text | null => (mas ? BEHIND_MAS : lacks(version, 'registration-tokens'));

export function tokenWords(state: TokenState): Text {
  if (state === null) return NOT_THERE;
  const { uses_allowed: count, expiry_time: expiry } = state;
  const time = expiry === null ? null : (isoTime(expiry) ?? String(expiry)).slice(0, 16).replace('T', ' ');
  return withValues(LIMITS, {
    uses: count === null ? ANY_USES : withValues(USES, { count }),
    expiry: time === null ? FOR_EVER : withValues(UNTIL, { time: `${time} UTC` }),
  });
}

export const limitsOf = ({ token }: SeenToken): TokenState =>
  token && { uses_allowed: token.uses_allowed ?? null, expiry_time: token.expiry_time ?? null };

const isOver = ({ expiry_time: expiry }: TokenLimits): boolean => expiry !== null && expiry <= Date.now();

export const ofToken = {
  entity: 'token',
  guard,
  look: lookAtToken,
  gone: /*i18n*/ { id: 'token.gone', message: 'This token does not exist on this homeserver.' },
  watch: { read: limitsOf },
  write(name: string, goal: TokenState, { now }: { readonly now: TokenState }) {
    if (goal === null) return deleteToken(name);
    return now === null ? createToken(name, goal) : changeToken(name, goal);
  },
  obstacle({ id, planned, goal }) {
    if (planned !== null || goal === null) return Promise.resolve(null);
    return Promise.resolve(tokenOfName(id) === undefined ? FORGOTTEN : isOver(goal) ? OVER : null);
  },
  repeatable: true,
  // Each look reads all tokens.
  policy: { concurrency: 4 },
  undo: 'restore',
  script: {
    never: /*i18n*/ {
      id: 'token.script',
      message: 'Not available as a script: the file would contain the registration tokens.',
    },
  },
  words: tokenWords,
} satisfies Partial<Action<SeenToken, TokenState>>;
