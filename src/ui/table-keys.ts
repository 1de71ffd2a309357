/** Tables that can be gone through by keys, as long as they are shown. Whoever listens to the keys asks for the one that is meant. */
export interface KeyedTable {
  /** Null: it is gone, or its rows are cards. */
  element(): HTMLElement | null;
  /** Puts the focus on the next row, or on the one before. */
  move(step: 1 | -1): void;
  /** Selects the row that has the focus, or the one that had it last; or takes it back. */
  toggle(): void;
  /** Follows the first link of the row that has the focus. @returns whether there was one */
  open(): boolean;
}

const tables = new Set<KeyedTable>();

export function registerTable(table: KeyedTable): () => void {
  tables.add(table);
  return () => tables.delete(table);
}

/** The table that has the focus, or else the first one of the page. */
export function tableInUse(): KeyedTable | null {
  const shown = [...tables].filter((table) => table.element()?.checkVisibility() === true);
  const focused = shown.find((table) => table.element()?.contains(document.activeElement) === true);
  return focused ?? shown.toSorted(byPlace)[0] ?? null;
}

function byPlace(one: KeyedTable, other: KeyedTable): number {
  const [a, b] = [one.element(), other.element()];
  if (a === null || b === null) return 0;
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}
