/**
 * The numbers of a version as Synapse and its builds say it: `1.98.0rc1`, `1.42.0 (b=matrix-org-hotfixes,abc)`,
 * `1.120.0+maunium.1`, `v1.100`. Null: there are none in it.
 */
export function versionNumbers(version: string): readonly [major: number, minor: number, patch: number] | null {
  const found = /(?:^|[^\d.])v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] : null;
}

/** Whether Synapse's version is this one or newer. Compares numbers, not text; what has no numbers counts as too old. */
export function isAtLeast(version: string, wanted: string): boolean {
  const have = versionNumbers(version);
  const want = versionNumbers(wanted);
  if (!have || !want) return false;
  for (const index of [0, 1, 2] as const) {
    if (have[index] !== want[index]) return have[index] > want[index];
  }
  return true;
}
