/** The second letter of “g u”, by the path of the screen. A screen that has none is reached by the palette. */
export const GO: Readonly<Record<string, string>> = {
  '/': 'h',
  '/users': 'u',
  '/rooms': 'r',
  '/media': 'm',
  '/reports': 'e',
  '/notices': 'n',
  '/registration-tokens': 't',
  '/federation': 'f',
  '/background': 'b',
  '/statistics': 's',
  '/console': 'c',
  '/jobs': 'a',
};

/** What takes letters for itself: a field, or what is searched by typing. */
const TYPING =
  '[contenteditable]:not([contenteditable="false"]),[role="textbox"],[role="searchbox"],[role="combobox"],[role="spinbutton"],' +
  '[role="listbox"],[role="menu"],[role="menubar"],[role="application"],[role="tree"],[role="grid"],textarea,select,dialog,[role="dialog"]';
/** Fields of these kinds take no text. */
const NO_TEXT = /^(?:checkbox|radio|button|submit|reset|file|image)$/;

type Pressed = Pick<
  KeyboardEvent,
  'altKey' | 'ctrlKey' | 'metaKey' | 'isComposing' | 'defaultPrevented' | 'repeat' | 'key' | 'target'
>;

/** Whether a key is meant for something else: a field, a menu, a dialog, the browser, or whoever composes a character. */
export function isElsewhere(event: Pressed): boolean {
  const { altKey, ctrlKey, metaKey, isComposing, defaultPrevented, target } = event;
  if (altKey || ctrlKey || metaKey || isComposing || defaultPrevented) return true;
  // A dialog that is open is all there is, wherever the focus is.
  if (document.querySelector('[aria-modal="true"],[role="menu"],[role="listbox"]') !== null) return true;
  if (!(target instanceof Element)) return false;
  if (target instanceof HTMLInputElement && !NO_TEXT.test(target.type)) return true;
  return target.closest(TYPING) !== null;
}
