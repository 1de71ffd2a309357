import { exactLine } from './mxid';

/** Adds IDs to pasted text, each once and on a line that is read back as exactly this ID. */
export function withLines(text: string, ids: readonly string[]): string {
  const known = new Set(text.split(/\s+/));
  const fresh = ids.map(exactLine).filter((line) => !known.has(line));
  if (fresh.length === 0) return text;
  return `${text.trimEnd()}${text.trim() === '' ? '' : '\n'}${fresh.join('\n')}\n`;
}

/** Adds a text below another, as it is. */
export const withText = (text: string, more: string): string =>
  text.trim() === '' ? more : `${text.trimEnd()}\n${more}`;
