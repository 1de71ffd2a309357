let current = 'en';
let direction: 'ltr' | 'rtl' = 'ltr';

/** Whose way of writing numbers, dates and lists is followed on the screen: a BCP 47 tag. Exports don’t follow it. */
export const locale = (): string => current;

/** How the lines of the reader’s language run. */
export const isRightToLeft = (): boolean => direction === 'rtl';

export function setLocale(tag: string, dir: 'ltr' | 'rtl' = 'ltr'): void {
  current = tag;
  direction = dir;
}

/** What formats by the current locale, made once for each. */
export function byLocale<T>(make: (tag: string) => T): () => T {
  const made = new Map<string, T>();
  return () => {
    const known = made.get(current);
    if (known !== undefined) return known;
    const fresh = make(current);
    made.set(current, fresh);
    return fresh;
  };
}
