const ROLES = ['button', 'menuitem', 'option', 'tab'].map((role) => `[role="${role}"]`);
const CONTROLS = ['a', 'button', 'input', 'label', 'select', 'summary', ...ROLES].join(',');

/**
 * The second click of a double click counts only for the control that the first one hit. Where that one was replaced by another in
 * the same place (“Pause” where “Go on” was, “Delete” where “Review” was), nobody meant the other.
 * @returns a function that ends it
 */
export function guardDoubleClicks(page: Window): () => void {
  let first: Element | null = null;
  const look = (event: MouseEvent) => {
    const control = event.target instanceof Element ? controlOf(event.target) : null;
    // The browser counts the clicks in one place; from the keyboard, and from a script, it is 0.
    if (event.detail <= 1) first = control;
    else if (control && control !== first) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  page.addEventListener('click', look, { capture: true });
  return () => page.removeEventListener('click', look, { capture: true });
}

/** A label and its field are one. */
function controlOf(target: Element): Element | null {
  const found = target.closest(CONTROLS);
  return found instanceof HTMLLabelElement ? (found.control ?? found) : found;
}
