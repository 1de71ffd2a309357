let current = 'en';

/** Whose way of writing numbers, dates and lists is followed on the screen: a BCP 47 tag. Exports don’t follow it. */
export const locale = (): string => current;

export function setLocale(tag: string): void {
  current = tag;
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
