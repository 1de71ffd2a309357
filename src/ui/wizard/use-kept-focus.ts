import { useEffect, type RefObject } from 'react';

/**
 * Where the control that has the focus goes away, because what it did put something else in its place, the browser drops the focus to
 * the page's body, and whoever works by keyboard begins anew at the top. Here it goes to the heading of what is shown then.
 */
export function useKeptFocus(within: RefObject<HTMLElement | null>, heading: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = within.current;
    if (!root) return;
    let last: Element | null = null;
    const note = ({ target }: FocusEvent) => {
      if (target instanceof Element) last = target;
    };
    const look = () => {
      if (!last || last.isConnected || document.activeElement !== document.body) return;
      last = null;
      heading.current?.focus({ preventScroll: true });
    };
    const watch = new MutationObserver(look);
    root.addEventListener('focusin', note);
    watch.observe(root, { childList: true, subtree: true });
    return () => {
      root.removeEventListener('focusin', note);
      watch.disconnect();
    };
  }, [within, heading]);
}
