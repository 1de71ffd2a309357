/** Whether Synapse's version (`1.140.0rc1`, `1.163.2 (b=develop)`) is this one or newer. Compares numbers, not text. */
export function isAtLeast(version: string, wanted: string): boolean {
  const have = version.split('.').map((part) => Number.parseInt(part, 10));
  for (const [index, part] of wanted.split('.').entries()) {
    const difference = (have[index] ?? 0) - Number(part);
    if (Number.isNaN(difference)) return false;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
