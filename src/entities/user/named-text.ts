import { withValues, type Text } from '~/lib/text';

const NAMED_UP_TO = 3;

const BY_ID = /*i18n*/ {
  id: 'users.by-id',
  message: '{count, plural, =1 {{firstId}} =2 {{firstId} and {secondId}} other {{firstId}, {secondId} and {thirdId}}}',
} as const;
const BY_NUMBER = /*i18n*/ {
  id: 'users.by-number',
  message: '{count, plural, one {# user} other {# users}} chosen one by one',
} as const;

/** A few users by their IDs, and many by their number: in the rule of a plan. */
export function namedText(ids: readonly string[]): Text {
  const [firstId = '', secondId = '', thirdId = ''] = ids;
  const count = ids.length;
  if (count === 0 || count > NAMED_UP_TO) return withValues(BY_NUMBER, { count });
  return withValues(BY_ID, { count, firstId, secondId, thirdId });
}
