import { useDeferredValue, type ReactNode } from 'react';

/**
 * The heavier part of a page, a moment after what stands above it: made in one task with it, it would hold the page longer than
 * a click may wait. What stands below belongs in here too, or it would jump.
 */
export function Later({ children }: { children: ReactNode }) {
  // React makes a deferred part in slices, and lets clicks and paints go before it.
  const itsTurn = useDeferredValue(true, false);
  return itsTurn && children;
}
