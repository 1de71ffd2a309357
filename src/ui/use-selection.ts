import { useState } from 'react';

interface Kept {
  scope: string;
  ids: ReadonlySet<string>;
  everything: boolean;
}

const nothing = (scope: string): Kept => ({ scope, ids: new Set(), everything: false });

export interface Chosen {
  /** Those on this page that are selected. */
  ids: readonly string[];
  /** All that match the filter are, on other pages too. */
  everything: boolean;
  has(id: string): boolean;
  toggle(id: string, on: boolean): void;
  /** Of the rows shown. */
  all: 'all' | 'some' | 'none';
  toggleAll(on: boolean): void;
  selectEverything(): void;
  clear(): void;
}

/**
 * What is selected in a list. It never outlives its sight: with another `scope` (page, filter, order) it is empty, for good,
 * and of rows that are no longer shown nothing is selected.
 */
export function useSelection(scope: string, shown: readonly string[]): Chosen {
  const [kept, setKept] = useState(() => nothing(scope));
  // While rendering, not afterwards: not even one picture may show a selection of what was.
  if (kept.scope !== scope) setKept(nothing(scope));
  const { ids, everything } = kept.scope === scope ? kept : nothing(scope);
  const selected = everything ? shown : shown.filter((id) => ids.has(id));
  return {
    ids: selected,
    everything,
    has: (id) => everything || ids.has(id),
    toggle(id, on) {
      const next = new Set(selected);
      if (on) next.add(id);
      else next.delete(id);
      setKept({ scope, ids: next, everything: false });
    },
    all: selected.length === 0 ? 'none' : selected.length === shown.length ? 'all' : 'some',
    toggleAll: (on) => setKept({ scope, ids: new Set(on ? shown : []), everything: false }),
    selectEverything: () => setKept({ scope, ids: new Set(shown), everything: true }),
    clear: () => setKept(nothing(scope)),
  };
}
