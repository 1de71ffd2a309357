import type { Entered, Form } from '~/actions/form';
import type { SeenToken } from '~/api/registration-token-asks';
import type { TokenLimits } from '~/api/registration-tokens';
import { day, startOfDay } from '~/lib/dates';
import type { Text } from '~/lib/text';
import type { TokenState } from './token';

/** What is entered for a token: a day stands for its first moment, in the time zone of the browser. */
export type TokenInput = { uses_allowed: number | null; expires: string };

const NO_COUNT = /*i18n*/ { id: 'token.no-count', message: 'Enter a whole number, 0 or more, or leave this empty.' };
const NO_DAY = /*i18n*/ { id: 'token.no-day', message: 'Enter a date, or leave this empty.' };
const PAST = /*i18n*/ { id: 'token.past', message: 'Enter a day after today.' };

const isNothing = (value: unknown): boolean => value === '' || value === undefined;

export function readLimits(values: Entered): { input: TokenInput } | { problems: Readonly<Record<string, Text>> } {
  const { uses_allowed: uses = '', expires = '' } = values;
  const isCount = typeof uses === 'number' && Number.isInteger(uses) && uses >= 0;
  const begins = typeof expires === 'string' && expires !== '' ? startOfDay(expires) : null;
  const problems: Record<string, Text> = {};
  if (!isNothing(uses) && !isCount) problems['uses_allowed'] = NO_COUNT;
  if (!isNothing(expires) && begins === null) problems['expires'] = NO_DAY;
  else if (begins !== null && begins <= Date.now()) problems['expires'] = PAST;
  if (Object.keys(problems).length > 0) return { problems };
  return { input: { uses_allowed: isCount ? uses : null, expires: begins === null ? '' : String(expires) } };
}

/** Where the day is the one that the token has, its exact time stays. */
export function limitsFrom({ uses_allowed, expires }: TokenInput, before: TokenState): NonNullable<TokenState> {
  const kept = before?.expiry_time ?? null;
  if (kept !== null && day(kept) === expires) return { uses_allowed, expiry_time: kept };
  return { uses_allowed, expiry_time: expires === '' ? null : startOfDay(expires) };
}

/** What the fields begin with. */
export const limitValues = ({ uses_allowed: uses, expiry_time: expiry }: Partial<TokenLimits>): Entered => ({
  uses_allowed: uses ?? '',
  expires: expiry == null ? '' : day(expiry),
});

export const LIMIT_FORM: Form<TokenInput, SeenToken> = {
  fields: [
    {
      name: 'uses_allowed',
      kind: 'number',
      label: /*i18n*/ { id: 'token.uses-label', message: 'Uses allowed' },
      help: /*i18n*/ { id: 'token.uses-help', message: 'How many people can register with it. Empty: any number.' },
    },
    {
      name: 'expires',
      kind: 'date',
      label: /*i18n*/ { id: 'token.expires-label', message: 'Expires on' },
      help: /*i18n*/ {
        id: 'token.expires-help',
        message: 'When this day begins, in your time zone. Empty: never.',
      },
    },
  ],
  initial: { uses_allowed: '', expires: '' },
  from: ({ token }) => limitValues(token ?? {}),
  read: readLimits,
};
