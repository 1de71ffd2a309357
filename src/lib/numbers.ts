const whole = new Intl.NumberFormat('en');

/** A whole number with its thousands set apart: `12,345`. Admins compare these digit by digit. */
export const formatCount = (count: number): string => whole.format(count);

/** `1 user`, `2 users`, `12,345 users`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `1 hour`, `12 hours`, `7 days`: a span of whole hours, as one names it when one chooses it. */
export function hoursOrDays(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  return hours >= 48 && hours % 24 === 0 ? plural(hours / 24, 'day') : plural(hours, 'hour');
}
