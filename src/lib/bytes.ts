const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/**
 * A size in bytes as a person reads it, in decimal units (1 kB = 1,000 B): `12.3 MB`. A size that no file can have (below
 * zero, or not a number) is shown as it came.
 */
export function formatBytes(bytes: number): string {
  if (typeof bytes !== 'number' || !Number.isFinite(bytes) || bytes < 0) return `odd size: ${String(bytes)}`;
  if (bytes >= 1e18) return `${bytes.toPrecision(3)} B`;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}
