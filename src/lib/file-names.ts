/** Names of files in an archive, made of names from outside: whatever they hold, they stay in their folder, on any system. */

/** What paths are made of, what Windows refuses, and what can’t be seen or turns the reading direction. */
const UNSAFE = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu;
/** No file system takes more than 255 bytes, and a character has up to four. */
const LONGEST = 50;
const LONGEST_EXTENSION = 10;

const cut = (text: string, length: number): string => Array.from(text).slice(0, length).join('');

/**
 * `0007-holiday.jpg`. The number makes it the only one of its name, whatever a system thinks of upper case, and never one that is
 * reserved (`CON`, `nul.txt`).
 * @param name as somebody uploaded it; null: without one
 * @param count of the files in the archive: so many digits are needed
 */
export function safeFileName(index: number, name: string | null, count: number): string {
  const number = String(index + 1).padStart(Math.max(4, String(count).length), '0');
  const plain = (name ?? '').normalize('NFC').replaceAll(UNSAFE, '_').replaceAll(/\s+/g, ' ');
  // Neither hidden, nor one that Windows makes another name of.
  const trimmed = plain.replace(/^[. ]+/, '').replace(/[. ]+$/, '');
  if (trimmed === '') return `${number}-unnamed`;
  const [, stem = trimmed, extension = ''] = /^(.+)\.([^.]+)$/u.exec(trimmed) ?? [];
  const short = Array.from(extension).length > LONGEST_EXTENSION ? '' : extension;
  const kept = cut(short === '' ? trimmed : stem, LONGEST).replace(/[. ]+$/, '');
  return short === '' ? `${number}-${kept}` : `${number}-${kept}.${short}`;
}

/** The same for a word of a file's name: `@anna:example.org` becomes `anna-example.org`. */
export function safeStem(text: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}.]+/gu, '-')
    .replaceAll(/\.{2,}/g, '.');
  return cut(plain.replaceAll(/^[-.]+|[-.]+$/g, ''), LONGEST) || 'user';
}
