import { useEffect, useState } from 'react';

/**
 * For a dialog that is there as long as it is shown: Mantine's own way back needs one that outlives its closing. Where it goes away,
 * the browser drops the focus to the page's body, and whoever works by keyboard begins anew at the top. Here it goes to what opened
 * the dialog; where that is gone too, to the page's heading.
 */
export function useReturnedFocus(): void {
  const [opener] = useState(openerNow);
  useEffect(
    () => () => {
      // When the dialog is out of the page, and unless something else took the focus on purpose.
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        const target = opener?.isConnected ? opener : document.querySelector('h1');
        target?.focus({ preventScroll: true });
      });
    },
    [opener],
  );
}

/** Of an item of a menu, the button that opened the menu: the item goes with it. */
function openerNow(): HTMLElement | null {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement)) return null;
  const button = activeElement.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return button == null ? activeElement : document.getElementById(button);
}
