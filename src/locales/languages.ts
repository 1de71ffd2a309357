/** A language that Glia can be read in. To add one: a folder of PO files beside this file, and one line here. */
export interface Language {
  /** BCP 47, as `lang` and Intl take it; the folder’s name. */
  readonly tag: string;
  /** In its own words. */
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
  /** Made from the English while it is shown, to find what no translator would see: see pseudo.ts. */
  readonly pseudo?: 'longer' | 'mirrored';
}

export const ENGLISH: Language = { tag: 'en', name: 'English', dir: 'ltr' };

export const LANGUAGES: readonly Language[] = [
  ENGLISH,
  { tag: 'en-XA', name: 'Pseudo-language (for testing)', dir: 'ltr', pseudo: 'longer' },
  { tag: 'ar-XB', name: 'Mirrored pseudo-language (for testing)', dir: 'rtl', pseudo: 'mirrored' },
];

/** The language of that tag; English where there is none of it. */
export const languageOf = (tag: string | null): Language => LANGUAGES.find((one) => one.tag === tag) ?? ENGLISH;

/**
 * The language to begin with: the one chosen in this browser, or else the first that the browser asks for and Glia has.
 *
 * @param chosen its tag; null: none was chosen
 * @param asked BCP 47 tags, as `navigator.languages` has them
 */
export function firstLanguage(chosen: string | null, asked: readonly string[]): Language {
  const known = LANGUAGES.find(({ tag }) => tag === chosen);
  if (known) return known;
  const spoken = LANGUAGES.filter(({ pseudo }) => !pseudo);
  for (const tag of asked) {
    const found = spoken.find((one) => one.tag === tag) ?? spoken.find((one) => one.tag === tag.split('-')[0]);
    if (found) return found;
  }
  return ENGLISH;
}
