/**
 * Whether what was typed is this number: `1204`, `1,204`, `1 204`, `1.204` and `1’204` all are, as people write thousands.
 * Groups must be of three, so that `12,04` or `1.2` is no 1,204 or 12.
 */
export function isTypedNumber(typed: string, count: number): boolean {
  const text = typed.trim();
  const grouped = /^\d{1,3}(?:([,.’'\s\u00A0\u202F])\d{3}(?:\1\d{3})*)?$/u;
  if (!/^\d+$/.test(text) && !grouped.test(text)) return false;
  return Number(text.replaceAll(/\D/g, '')) === count;
}

/** Whether what was typed can't become this number by typing on: then it is time to say so. */
export function isWrongNumber(typed: string, count: number): boolean {
  const text = typed.trim();
  if (text === '' || isTypedNumber(text, count)) return false;
  return !/^[\d,.’'\s\u00A0\u202F]*$/u.test(text) || !String(count).startsWith(text.replaceAll(/\D/g, ''));
}
