/**
 * Text of strangers inside a script: whatever it holds, it stays text. All of it comes out as printable ASCII, so that no
 * mark that turns the writing direction can make a script look like another one either.
 */

/** JSON that is inert wherever it stands: no quote, backtick or dollar sign but JSON's own double quotes, no line break. */
export function scriptJson(value: unknown): string {
  // Outside of its strings JSON has none of these characters, so each may be written as JSON's escape of it.
  return JSON.stringify(value).replaceAll(/[^ -~]|['`$]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
}

/**
 * No word of a shell can hold a zero byte: it would end there. Half of a surrogate pair is no character, so no byte stands for it,
 * and jq puts a mark in its place. What a script can't carry it would look for in vain, and call gone.
 */
export function shellCanCarry(value: unknown): boolean {
  if (typeof value === 'string') return !/[\0\p{Surrogate}]/u.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, one]) => shellCanCarry(key) && shellCanCarry(one));
}

/**
 * A word for bash that is exactly this text: `'a b'`, or `$'a\x27b'` where quoting alone would not do.
 * @throws RangeError where there is no such word
 */
export function bashWord(text: string): string {
  if (!shellCanCarry(text)) throw new RangeError('No word of bash can hold this text.');
  if (/^[ -&(-~]*$/.test(text)) return `'${text}'`;
  // Byte by byte: bash before 4.2 knows no escape for a code point.
  const bytes = Array.from(new TextEncoder().encode(text), (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c ? String.fromCharCode(byte) : `\\x${hex(byte, 2)}`,
  );
  // A digit after an escape would be taken for a part of it, were the escape not two digits at most.
  return `$'${bytes.join('')}'`;
}

/** A string literal for Python that is exactly this text. */
export function pythonText(text: string): string {
  const inside = Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0x20 && point < 0x7f && character !== '"' && character !== '\\') return character;
    return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`;
  });
  return `"${inside.join('')}"`;
}

/** For a comment: one line, whatever it was. */
export const commentText = (text: string): string =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
