import { useEffect, useRef, type RefObject } from 'react';
import { registerTable } from './table-keys';

interface RowKeys {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  /** Cards have no keys: they are for fingers. */
  narrow: boolean | undefined;
  /** Brings a row into sight, so that it is drawn. */
  show(index: number): void;
}

/** So many times the browser draws before a row that was scrolled to must be there. */
const FRAMES = 10;

/** Lets a table be gone through by keys: the focus moves with it, also to rows that are not drawn yet. */
export function useRowKeys({ scroller, count, narrow = false, show }: RowKeys): void {
  const latest = useRef({ count, narrow, show });
  useEffect(() => {
    latest.current = { count, narrow, show };
  });
  useEffect(() => {
    let at = -1;
    const rowAt = (index: number) =>
      scroller.current?.querySelector<HTMLElement>(`[role="row"][data-index="${index}"]`) ?? null;
    const focused = () => {
      const row = document.activeElement?.closest<HTMLElement>('[role="row"][data-index]') ?? null;
      return row !== null && scroller.current?.contains(row) === true ? row : null;
    };
    const here = () => {
      const row = focused();
      if (row !== null) at = Number(row.dataset['index']);
      return Math.min(at, latest.current.count - 1);
    };
    const focus = (index: number, frames = FRAMES) => {
      const row = rowAt(index);
      if (row !== null) row.focus();
      else if (frames > 0) requestAnimationFrame(() => focus(index, frames - 1));
    };
    return registerTable({
      element: () => (latest.current.narrow || latest.current.count === 0 ? null : scroller.current),
      move(step) {
        const next = Math.min(Math.max(here() + step, 0), latest.current.count - 1);
        at = next;
        latest.current.show(next);
        focus(next);
      },
      toggle() {
        const index = here();
        if (index >= 0) rowAt(index)?.querySelector<HTMLInputElement>('input[type="checkbox"]:not(:disabled)')?.click();
      },
      open() {
        const row = focused();
        // A link or a button inside has a way of its own to be pressed.
        if (row === null || row !== document.activeElement) return false;
        const link = row.querySelector<HTMLElement>('a[href]');
        link?.click();
        return link !== null;
      },
    });
  }, [scroller]);
}
