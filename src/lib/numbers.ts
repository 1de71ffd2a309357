const whole = new Intl.NumberFormat('en');

/** Whether things can be as many: a proxy or a broken statistics table may answer -1, or a number with a fraction. */
export const isCount = (count: unknown): count is number =>
  typeof count === 'number' && Number.isFinite(count) && count >= 0;

/** A whole number with its thousands set apart: `12,345`. Admins compare these digit by digit. */
export const formatCount = (count: number): string => (isCount(count) ? whole.format(count) : 'unknown');

/** `1 user`, `2 users`, `12,345 users`; `an unknown number of users` where the number can’t be right. */
export function plural(count: number, one: string, many = `${one}s`): string {
  if (!isCount(count)) return `an unknown number of ${many}`;
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
