import { byLocale } from './locale';
import { shortened } from './shown-text';
import { withValues, type Text } from './text';
import { wordsOf } from './words';

const whole = byLocale((tag) => new Intl.NumberFormat(tag));

/** Whether things can be as many: a proxy or a broken statistics table may answer -1, or a number with a fraction. */
export const isCount = (count: unknown): count is number =>
  typeof count === 'number' && Number.isFinite(count) && count >= 0;

/** A whole number with its thousands set apart: `12,345`. Admins compare these digit by digit. */
export const formatCount = (count: number): string => (isCount(count) ? whole().format(count) : wordsOf(UNKNOWN));
const UNKNOWN = /*i18n*/ { id: 'number.unknown', message: 'unknown' };

export type ReadNumber = { ok: true; value: number } | { ok: false; reason: Text };

const refuse = (reason: Text): ReadNumber => ({ ok: false, reason });

/** `12 345`, `12’345`: nobody takes these for a decimal sign. */
const GROUPED = /^\d{1,3}(?:([ '’\u00A0\u202F\u2009])\d{3})(?:\1\d{3})*$/;
/** `1,234,567` or `1.234.567`, two groups at least, and perhaps decimals behind the other sign. */
const MANY_GROUPS = /^\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|(?:\.\d{3}){2,}(?:,\d+)?)$/;
/** `1,234.5` and `1.234,5`: the second sign tells what the first one is. */
const BOTH_SIGNS = /^\d{1,3}(?:,\d{3}\.\d+|\.\d{3},\d+)$/;

/**
 * A number above zero or zero, as people write it in any country. What could be read in two ways is refused with both, and
 * nothing in the text is passed over.
 */
export function parseNumber(typed: string): ReadNumber {
  const text = typed.trim();
  if (/^[-−–]\s*\d/.test(text)) return refuse(NEGATIVE);
  if (/^\d+$/.test(text) || /^\d+\.(?:\d{1,2}|\d{4,})$/.test(text) || /^0\.\d+$/.test(text)) return finite(text, text);
  if (GROUPED.test(text)) return finite(text.replaceAll(/\D/g, ''), text);
  if (MANY_GROUPS.test(text) || BOTH_SIGNS.test(text)) {
    const decimal = /[.,](?=[^.,]*$)/.exec(text)?.[0] ?? '.';
    const isDecimal = text.split(decimal).length === 2;
    const plain = isDecimal
      ? text.replaceAll(decimal === '.' ? ',' : '.', '').replace(decimal, '.')
      : text.replaceAll(/\D/g, '');
    return finite(plain, text);
  }
  const one = /^(\d+)([.,])(\d+)$/.exec(text);
  if (one) {
    const [, whole = '', , rest = ''] = one;
    const decimals = rest.replace(/0+$/, '') || '0';
    const decimal = `${whole}.${decimals}`;
    // Three decimals would be as unclear again.
    const clear = decimals.length === 3 ? `${decimal}0` : decimal;
    return refuse(withValues(AMBIGUOUS, { text, large: `${whole}${rest}`, decimal, clear }));
  }
  return refuse(text === '' ? MISSING : withValues(NO_NUMBER, { text: shortened(text, 40) }));
}

const NEGATIVE = /*i18n*/ { id: 'number.negative', message: 'The number can’t be negative.' };
const AMBIGUOUS = /*i18n*/ {
  id: 'number.ambiguous',
  message: '“{text}” could mean {large} or {decimal}. Type {large} or {clear}.',
} as const;
const MISSING = /*i18n*/ { id: 'number.missing', message: 'Enter a number.' };
const NO_NUMBER = /*i18n*/ { id: 'number.invalid', message: '“{text}” is not a number.' } as const;
const TOO_LARGE = /*i18n*/ { id: 'number.too-large', message: '“{text}” is too large.' } as const;

function finite(plain: string, text: string): ReadNumber {
  const value = Number(plain);
  return value <= Number.MAX_SAFE_INTEGER
    ? { ok: true, value }
    : refuse(withValues(TOO_LARGE, { text: shortened(text, 40) }));
}

/** `1 hour`, `12 hours`, `7 days`: a span of whole hours, as one names it when one chooses it. */
export function hoursOrDays(ms: number): Text {
  const hours = Math.round(ms / 3_600_000);
  return hours >= 48 && hours % 24 === 0
    ? withValues(DAYS, { count: hours / 24 })
    : withValues(HOURS, { count: hours });
}

const DAYS = /*i18n*/ { id: 'time.days', message: '{count, plural, one {# day} other {# days}}' } as const;
const HOURS = /*i18n*/ { id: 'time.hours', message: '{count, plural, one {# hour} other {# hours}}' } as const;
