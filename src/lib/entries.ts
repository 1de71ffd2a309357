import { withoutInvisible } from './invisible';
import { unwrap, type Unwrapped } from './recognise';
import { withValues, type Text } from './text';

/** Pasted text as entries: what stands between line breaks, commas, semicolons and tabs. */

/** What was taken off entries that were understood, or left aside in them. */
export interface Removed {
  /** Entries that held characters which nobody sees. */
  invisible: number;
  /** Entries with quotes, brackets or punctuation around them. */
  around: number;
  /** Names and numbers that stood beside an ID: `Anna Smith (@anna:example.org)`. */
  names: number;
}

export interface Entry {
  text: string;
  words: readonly Unwrapped[];
  /** It held characters that nobody sees, or spaces that look like others. */
  invisible: boolean;
}

const BETWEEN = /[,;\t]+/;
/** No-break spaces and their kin: they come from web pages and word processors. */
const WIDE_SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]+/gu;
/** Beside `@` or `:` a space can't be part of an ID nor part it from another one. Elsewhere it might. */
const INSIDE_ID =
  /(?<=[@#!:])[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]+(?=\S)|(?<=[^\s:])[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]+(?=:)/gu;

export const linesOf = (text: string): string[] => text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);

/** The entries of one line that hold more than blanks and punctuation. */
export function entriesOf(line: string): Entry[] {
  const entries: Entry[] = [];
  for (const part of line.split(BETWEEN)) {
    const seen = withoutInvisible(part);
    const text = seen.replaceAll(INSIDE_ID, '').replaceAll(WIDE_SPACES, ' ').trim();
    const words = text
      .split(/\s+/)
      .map(unwrap)
      .filter(({ word, named }) => named !== null || word !== '');
    const spaced = seen.replaceAll(WIDE_SPACES, ' ');
    if (words.length > 0) entries.push({ text, words, invisible: seen !== part || spaced !== seen });
  }
  return entries;
}

const isName = ({ word, named }: Unwrapped): boolean => named === null && !/^\d+$/.test(word);

/** A name may have so many words before its ID. */
const NAME_WORDS = 3;

/**
 * An ID among words that are no name of it: `Exported by @admin:example.org on Monday`. A name stands before or after its ID,
 * or the ID stands in brackets.
 */
export function isSentence({ text, words }: Entry): boolean {
  const ids = words.filter(({ named }) => named !== null);
  const [only] = ids;
  if (!only) return false;
  const names = words.filter(isName).length;
  if (ids.length > 1) return names > ids.length;
  const at = text.indexOf(only.word);
  if (/[([{<"“`]/.test(text.charAt(at - 1)) && /[)\]}>"”`]/.test(text.charAt(at + only.word.length))) return false;
  const before = words.slice(0, words.indexOf(only)).filter(isName).length;
  return (before > 0 && names > before) || names > NAME_WORDS;
}

/** `keep: @a:example.org`, `DO NOT DELETE @a:example.org`: words beside an ID that is not in brackets, as a name's would be. */
export function isAmongWords({ text, words }: Entry): boolean {
  if (!words.some(isName)) return false;
  const ids = words.filter(({ named }) => named !== null);
  const [only] = ids;
  return ids.length > 1 || only === undefined || !/(?:[([{<]|href=["'])$/.test(text.slice(0, text.indexOf(only.word)));
}

export const SENTENCE = /*i18n*/ {
  id: 'paste.sentence',
  message: 'An ID inside a sentence is ignored. If you mean it, put it on a line of its own.',
};
export const COMMENT = /*i18n*/ {
  id: 'paste.comment',
  message: 'This is a comment or crossed out, so it is ignored. To use it, remove the mark.',
};
export const ALREADY = /*i18n*/ { id: 'paste.already', message: 'Already on line {line, number}.' } as const;

/** What was taken off, in sentences. */
export function removedWords({ invisible, around, names }: Removed): Text[] {
  const notes: Text[] = [];
  if (invisible > 0) notes.push(withValues(NO_INVISIBLE, { count: invisible }));
  if (around > 0) notes.push(withValues(NO_QUOTES, { count: around }));
  if (names > 0) notes.push(withValues(NO_NAMES, { count: names }));
  return notes;
}

const NO_INVISIBLE = /*i18n*/ {
  id: 'paste.no-invisible',
  message: 'Removed invisible characters from {count, plural, one {# entry} other {# entries}}.',
} as const;
const NO_QUOTES = /*i18n*/ {
  id: 'paste.no-quotes',
  message: 'Removed quotes, brackets or punctuation around {count, plural, one {# entry} other {# entries}}.',
} as const;
const NO_NAMES = /*i18n*/ {
  id: 'paste.no-names',
  message: 'Ignored {count, plural, one {# name or number} other {# names or numbers}} next to an ID.',
} as const;
