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
