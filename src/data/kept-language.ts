/** The language chosen in this browser: the one thing that is kept in localStorage, since it is nobody’s secret. */
const KEY = 'glia.language';

/** @returns its tag as it was kept; null: none was chosen, or the browser keeps nothing */
export function keptLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Where the browser keeps nothing, the choice lasts until the page is closed. */
export function keepLanguage(tag: string): void {
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    // See keptLanguage.
  }
}
