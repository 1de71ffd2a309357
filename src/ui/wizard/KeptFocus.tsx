import { useMemo, useRef, type ReactNode, type RefObject } from 'react';
import { useKeptFocus } from './use-kept-focus';

/** On a page without steps: where what has the focus goes away, the page's heading takes it. */
export function KeptFocus({ children }: { children: ReactNode }) {
  const within = useRef<HTMLDivElement>(null);
  const heading = useMemo(
    (): RefObject<HTMLElement | null> => ({
      get current() {
        return document.querySelector('h1');
      },
    }),
    [],
  );
  useKeptFocus(within, heading);
  return <div ref={within}>{children}</div>;
}
