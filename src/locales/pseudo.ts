import type { Language } from './languages';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'áƀçðéƒğĥíĵķļɱñóþʠŕšţúṽŵẋýžÁƁÇÐÉƑĞĤÍĴĶĻṀÑÓÞɊŔŠŢÚṼŴẊÝŽ';

/** Right-to-left, by the letters themselves: a browser then lays the line out as it does Arabic. */
const MIRROR = { from: '\u202E', to: '\u202C' };

/**
 * The words of a message as a longer language might say them (about a third longer, each letter accented and readable), or as
 * one from right to left. Marks of rich text (`<0>`) and blanks at both ends stay as they are. Given to `compileMessage`, which
 * hands over the words only: places for values stay what they are.
 */
export function pseudoWords(words: string, kind: NonNullable<Language['pseudo']>): string {
  return words
    .split(/(<\/?\d+\/?>)/)
    .map((part, index) => (index % 2 === 1 || !/\p{L}/u.test(part) ? part : spoken(part, kind)))
    .join('');
}

function spoken(part: string, kind: NonNullable<Language['pseudo']>): string {
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(part) ?? [];
  if (kind === 'mirrored') return `${before}${MIRROR.from}${words}${MIRROR.to}${after}`;
  const accented = words.replaceAll(/[A-Za-z]/g, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter);
  return `${before}${accented}${'~'.repeat(Math.ceil(words.length / 3))}${after}`;
}
