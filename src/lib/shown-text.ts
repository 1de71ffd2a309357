import { isRightToLeft } from './locale';

/**
 * Names, IDs and reasons come from strangers: they may be 10,000 characters long, turn the writing direction of the words around
 * them, or be made of characters that nobody sees. These say what to show of them. In JSX `ui/Outside` does the rest; in plain
 * text (a title, a label, a sentence that is kept) `isolated` and `isolatedWords` do.
 */

const LONGEST = 200;

/** Spaces, controls, and format characters such as direction marks, joiners and variation selectors: nothing to see. */
const UNSEEN = /[\s\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/gu;

/** What nobody sees although it is there; blanks are told apart from it. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;
const PLAIN_ID = /^[!-~]+$/;
/** Printable ASCII without blanks at its ends or two in a row: nothing in it is hidden, and it turns no direction. */
const PLAIN_TEXT = /^[!-~]+(?: [!-~]+)*$/;

const codeOf = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** A mark without a letter before it would sit on what stands before the text. */
const onItsOwn = (text: string): string => (/^\p{M}/u.test(text) ? `◌${text}` : text);

/** Cut after so many UTF-16 units, never inside a character. */
export function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

/**
 * An ID as it is shown: each of its characters counts, so blanks are `␣`, and what nobody sees is named (`[U+202E]`). `oidc-old`
 * and `oidc-old ` look different, and nothing looks like nothing: `(empty)`.
 */
export function shownId(id: string, longest = 1000): string {
  if (PLAIN_ID.test(id)) return shortened(id, longest);
  if (id === '') return '(empty)';
  const shown = shortened(id, longest)
    .replaceAll(HIDDEN, codeOf)
    .replaceAll(' ', '␣')
    .replaceAll(/\p{Zs}/gu, codeOf);
  return onItsOwn(shown);
}

/** What to show of a name or a topic: cut after so many UTF-16 units, never inside a character. Null: nothing to see. */
export function shownText(text: string | null | undefined, longest = LONGEST): string | null {
  if (text == null) return null;
  // Enough to judge by; a pass over 10,000 characters in each cell would be felt while scrolling.
  const head = text.slice(0, longest);
  if (head.replaceAll(UNSEEN, '') === '') return null;
  return shownWords(shortened(text, longest));
}

/** Words as they are shown: as `shownId`, but what belongs into writing (joined letters, emoji, single blanks) stays. */
function shownWords(text: string): string {
  if (PLAIN_TEXT.test(text)) return text;
  const shown = text
    .replaceAll(/\r\n?|[\n\u2028\u2029]/g, ' ⏎ ')
    .replaceAll('\t', ' ⇥ ')
    .replaceAll(HIDDEN, (character, at: number) => (belongsThere(text, character, at) ? character : codeOf(character)))
    .replaceAll(/^ +| +$| (?= )/g, (blanks) => '␣'.repeat(blanks.length));
  return onItsOwn(shown);
}

/** Joiners and selectors between letters of scripts that join, and inside emoji: writing is made of them. */
function belongsThere(text: string, character: string, at: number): boolean {
  const before = text.slice(0, at);
  if (/[\u200C\u200D]/.test(character)) {
    const joins = /[^\p{ASCII}\p{Script=Latin}\p{C}\s]\uFE0F?$/u.test(before);
    return joins && /^[^\p{ASCII}\p{Script=Latin}\p{C}\s]/u.test(text.slice(at + 1));
  }
  if (/[\uFE0E\uFE0F]/.test(character)) return /\p{Emoji}$/u.test(before);
  return /[\u{E0020}-\u{E007F}]/u.test(character) && /\u{1F3F4}[\u{E0020}-\u{E007F}]*$/u.test(before);
}

/** For a heading or a window's title: short, and isolated from what follows it. */
export function shownTitle(text: string | null | undefined): string | null {
  const shown = shownText(text, 80);
  return shown === null ? null : withIsolates(shown);
}

/** First strong isolate, left-to-right isolate and the end of both (UAX 9). */
const [FIRST_STRONG, LEFT_TO_RIGHT, END] = ['\u2068', '\u2066', '\u2069'];

/** Around printable ASCII in a line from left to right they would do nothing; in one from right to left the @ of an ID would stray. */
const withIsolates = (shown: string, begin = FIRST_STRONG): string =>
  /^[ -~␣]*$/.test(shown) && !isRightToLeft() ? shown : `${begin}${shown}${END}`;

/** An ID inside plain text: it turns no word around it, and nothing of it is hidden. */
export const isolated = (id: string): string =>
  withIsolates(shownId(id), isRightToLeft() ? LEFT_TO_RIGHT : FIRST_STRONG);

/** A name or somebody's words inside plain text, likewise. */
export const isolatedWords = (text: string, longest = 1000): string =>
  withIsolates(shownWords(shortened(text, longest)));
