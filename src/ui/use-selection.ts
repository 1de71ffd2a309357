import { useState } from 'react';
import {
  countSelected,
  isEverything,
  isSelected,
  NOTHING_SELECTED,
  rangeOf,
  select,
  selectEverything,
  type Selection,
  type SelectionCount,
  type Sight,
} from '~/lib/selection';

export interface Chosen extends SelectionCount {
  /** Those that were ticked, on any page. */
  ids: readonly string[];
  /** All that match the filter are selected. */
  everything: boolean;
  has(id: string): boolean;
  /** @param range with all rows between this one and the one before */
  toggle(id: string, on: boolean, range: boolean): void;
  /** The rows shown. */
  toggleAll(on: boolean): void;
  selectEverything(): void;
  clear(): void;
}

/** A selection as a list shows it. @param total how many match the filter */
export function useSelection(
  [selection, keep]: [Selection, (next: Selection) => void],
  sight: Sight,
  total: number,
): Chosen {
  /** Where a range begins. */
  const [last, setLast] = useState<string | null>(null);
  const { filter, shown } = sight;
  return {
    ...countSelected(selection, sight, total),
    ids: [...selection.ids],
    everything: isEverything(selection, filter),
    has: (id) => isSelected(selection, filter, id),
    toggle(id, on, range) {
      keep(select(selection, sight, range ? rangeOf(shown, last, id) : [id], on));
      setLast(id);
    },
    toggleAll: (on) => keep(select(selection, sight, shown, on)),
    selectEverything: () => keep(selectEverything(filter, total)),
    clear: () => keep(NOTHING_SELECTED),
  };
}
