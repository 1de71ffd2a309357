/**
 * A phone number as Synapse keeps it: digits alone, with the code of the country; null: it is none. A number that begins with a
 * single 0 has no such code, and is in any country.
 */
export function phoneDigits(typed: string): string | null {
  const digits = typed
    .trim()
    .replace(/^tel:/i, '')
    // “+44 (0)20 …”: that 0 is dialled within the country only.
    .replace(/^((?:\+|00)[\s\d]*)\(0\)/, '$1')
    .replaceAll(/[\s().\-/\u00A0\u2010-\u2015]/g, '')
    .replace(/^(?:\+|00)/, '');
  return /^[1-9]\d{6,14}$/.test(digits) ? digits : null;
}
