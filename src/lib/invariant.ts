/** Says what must hold here; throws when it does not, instead of continuing with a wrong value. */
export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`Broken assumption: ${what}`);
}
