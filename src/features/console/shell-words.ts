/**
 * The words of a command as a POSIX shell, and bash with `$'…'`, reads them. Nothing is expanded: a variable stays as it is written.
 * @returns null where a quote is not closed
 */
export function shellWords(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  const add = (more: string) => {
    word = (word ?? '') + more;
  };
  while (at < text.length) {
    const rest = text.slice(at);
    const space = /^(?:\\\r?\n|[ \t\r\n])+/.exec(rest);
    if (space) {
      // A line that is continued does not end a word; anything else does.
      if (/[ \t\r\n]/.test(space[0].replaceAll(/\\\r?\n/g, '')) && word !== null) {
        words.push(word);
        word = null;
      }
      at += space[0].length;
      continue;
    }
    const single = /^'([^']*)'/.exec(rest);
    const ansi = /^\$'((?:[^'\\]|\\[\s\S])*)'/.exec(rest);
    const double = /^\$?"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
    const escaped = /^\\([\s\S])/.exec(rest);
    if (single) add(single[1] ?? '');
    else if (ansi) add(ansiText(ansi[1] ?? ''));
    else if (double)
      add((double[1] ?? '').replaceAll(/\\(?:\n|([$`"\\]))/g, (_, one: string | undefined) => one ?? ''));
    else if (escaped) add(escaped[1] ?? '');
    else if (/^['"]/.test(rest)) return null;
    else add(rest[0] ?? '');
    at += (single ?? ansi ?? double ?? escaped ?? ['.'])[0].length;
  }
  if (word !== null) words.push(word);
  return words;
}

const SIGNS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
  E: '\u001b',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** What stands in `$'…'`. Its `\x` name bytes. */
function ansiText(inside: string): string {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  const pattern = /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|([\s\S]))|([^\\]+)/g;
  for (const [, hex, u4, u8, octal, sign, plain] of inside.matchAll(pattern)) {
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else {
      const point = Number.parseInt(u4 ?? u8 ?? '', 16);
      const text = plain ?? (sign === undefined ? pointText(point) : (SIGNS[sign] ?? `\\${sign}`));
      bytes.push(...encoder.encode(text));
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

const pointText = (point: number): string => (point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD');
