export interface KnownDifference {
  /** The title of the case, or `*` for all. */
  title: string;
  /** As the contract suite names it: `status`, `header x`, `shape of x`, `value of x`. */
  at: string;
  reason: string;
}

/** Where the model knowingly answers otherwise than the real Synapse. One that no longer occurs fails the suite. */
export const knownDifferences: readonly KnownDifference[] = [];
