const whole = new Intl.NumberFormat('en');

/** A whole number with its thousands set apart: `12,345`. Admins compare these digit by digit. */
export const formatCount = (count: number): string => whole.format(count);

/** `1 user`, `2 users`, `12,345 users`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
