import {
  countSelected,
  isEverything,
  isSelected,
  NOTHING_SELECTED,
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
  toggle(ids: readonly string[], on: boolean): void;
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
  const { filter, shown } = sight;
  return {
    ...countSelected(selection, sight, total),
    ids: [...selection.ids],
    everything: isEverything(selection, filter),
    has: (id) => isSelected(selection, filter, id),
    toggle: (ids, on) => keep(select(selection, sight, ids, on)),
    toggleAll: (on) => keep(select(selection, sight, shown, on)),
    selectEverything: () => keep(selectEverything(filter, total)),
    clear: () => keep(NOTHING_SELECTED),
  };
}
