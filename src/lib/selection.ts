/** What is selected in a list: rows that were ticked, on whatever page they stood, or all that match one filter. */
export interface Selection {
  /** In the order in which they were ticked. */
  readonly ids: ReadonlySet<string>;
  /** All that match this filter, and how many the homeserver said they are. Then `ids` is empty. */
  readonly everything: { readonly filter: string; readonly total: number } | null;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), everything: null };

const ticked = (ids: ReadonlySet<string>): Selection => (ids.size === 0 ? NOTHING_SELECTED : { ids, everything: null });

/** What a list shows, by which a selection is seen and changed. */
export interface Sight {
  /** The filter that holds now; not the page and not the order, which select nothing. */
  readonly filter: string;
  /** The rows shown, in their order. */
  readonly shown: readonly string[];
}

/** “All that match” holds under its own filter only: under another one nobody knows which of the rows it names. */
export const isEverything = ({ everything }: Selection, filter: string): boolean => everything?.filter === filter;

export const isSelected = (selection: Selection, filter: string, id: string): boolean =>
  isEverything(selection, filter) || selection.ids.has(id);

/** Where all that match were selected and one is not, the others that are shown stay selected. */
function idsIn(selection: Selection, { filter, shown }: Sight): Set<string> {
  return new Set(isEverything(selection, filter) ? shown : selection.ids);
}

export function select(selection: Selection, sight: Sight, ids: readonly string[], on: boolean): Selection {
  const next = idsIn(selection, sight);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return ticked(next);
}

export const selectEverything = (filter: string, total: number): Selection => ({
  ids: new Set(),
  everything: { filter, total },
});

export interface SelectionCount {
  /** How many are selected, wherever they stand. */
  readonly count: number;
  /** How many of them are not among the rows shown. */
  readonly notShown: number;
  /** Of the rows shown. */
  readonly ofShown: 'all' | 'some' | 'none';
  /** So many are selected under another filter, and none under this one. */
  readonly elsewhere: number;
}

export function countSelected(selection: Selection, { filter, shown }: Sight, total: number): SelectionCount {
  const { ids, everything } = selection;
  if (isEverything(selection, filter)) return { count: total, notShown: 0, ofShown: 'all', elsewhere: 0 };
  const inSight = ids.size === 0 ? 0 : shown.filter((id) => ids.has(id)).length;
  return {
    count: ids.size,
    notShown: ids.size - inSight,
    ofShown: inSight === 0 ? 'none' : inSight === shown.length ? 'all' : 'some',
    elsewhere: everything?.total ?? 0,
  };
}
