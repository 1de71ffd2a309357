import type { ItemStatus, LedgerRow } from '~/jobs/job';
import { wordsOf } from '~/lib/words';
import type { Tally } from './use-tally';

/** Rows of one outcome that give one reason. */
export interface Reason {
  readonly status: ItemStatus;
  readonly words: string;
  /** Of the rows, ascending. */
  readonly indexes: readonly number[];
}

/** As many as anybody looks through; each row with a reason of its own is no filter. */
const SHOWN = 100;

/** The reasons that the rows give, those of failures first, then the most frequent ones. */
export function beginReasons(): Tally<readonly Reason[]> {
  const found = new Map<string, { status: ItemStatus; words: string; indexes: number[] }>();
  return {
    take({ index, status, reason }: Pick<LedgerRow, 'index' | 'status' | 'reason'>) {
      const words = wordsOf(reason);
      if (words === '') return;
      const key = `${status} ${words}`;
      const known = found.get(key);
      if (known) known.indexes.push(index);
      else found.set(key, { status, words, indexes: [index] });
    },
    result: () =>
      [...found.values()]
        .toSorted((a, b) => rank(a.status) - rank(b.status) || b.indexes.length - a.indexes.length)
        .slice(0, SHOWN),
  };
}

const RANKS: readonly ItemStatus[] = ['failed', 'unknown', 'skipped', 'done'];
const rank = (status: ItemStatus): number => (RANKS.includes(status) ? RANKS.indexOf(status) : RANKS.length);
