export type TextFile =
  | {
      ok: true;
      text: string;
      /** What should be known about how it was read; null: nothing. */
      note: string | null;
    }
  | { ok: false; reason: string };

const refuse = (reason: string): TextFile => ({ ok: false, reason });

/** First bytes of what people take for a table and is none. */
const BINARY: readonly (readonly [start: string, what: string])[] = [
  ['80 75 3 4', 'a spreadsheet (.xlsx, .ods) or a zip archive'],
  ['80 75 5 6', 'a spreadsheet (.xlsx, .ods) or a zip archive'],
  ['208 207 17 224', 'an old spreadsheet (.xls)'],
  ['37 80 68 70', 'a PDF'],
  ['55 122 188 175', 'a compressed file (.7z)'],
  ['82 97 114 33', 'a compressed file (.rar)'],
  ['123 92 114 116', 'a rich text document (.rtf)'],
  ['31 139', 'a compressed file (.gz)'],
];
const SAVE = 'Save it as CSV with the encoding UTF-8, and choose that file.';
/** Web pages, and what some programs write as .xls: its text is markup. */
const MARKUP = /^\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta|\?xml|\?mso)\b/is;
const IS_MARKUP = `It is not a plain text file: it looks like a web page or a spreadsheet saved as one. ${SAVE}`;
/** Lines that are named where the encoding had to be guessed. */
const NAMED_LINES = 5;

/** A text file's bytes as text. Spreadsheets save “Unicode text” as UTF-16, and say so by a byte order mark. */
export function readText(bytes: ArrayBuffer): TextFile {
  const start = [...new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength))].join(' ');
  if (start === '') return refuse('It is empty.');
  const binary = BINARY.find(([first]) => start === first || start.startsWith(`${first} `));
  if (binary) return refuse(`It is not a text file: it looks like ${binary[1]}. ${SAVE}`);
  const encoding = /^255 254( |$)/.test(start) ? 'utf-16le' : /^254 255( |$)/.test(start) ? 'utf-16be' : 'utf-8';
  const text = decode(bytes, encoding);
  if (text?.includes('\0') || (text === null && new Uint8Array(bytes).includes(0))) {
    return refuse(`It is not a text file, or one in UTF-16 without a byte order mark. ${SAVE}`);
  }
  if (text !== null && MARKUP.test(text.slice(0, 2000))) return refuse(IS_MARKUP);
  if (text !== null) return text.trim() === '' ? refuse('It is empty.') : { ok: true, text, note: null };
  if (encoding !== 'utf-8') return refuse(`It says that it is UTF-16, and is damaged. ${SAVE}`);
  return latin(bytes);
}

/** Not UTF-8: most likely what older spreadsheets of western Europe write. Said, since it may be another encoding. */
function latin(bytes: ArrayBuffer): TextFile {
  const text = new TextDecoder('windows-1252').decode(bytes);
  if (MARKUP.test(text.slice(0, 2000))) return refuse(IS_MARKUP);
  const lines: number[] = [];
  // oxlint-disable-next-line no-control-regex
  text.split(/\r\n|\r|\n/).forEach((line, index) => /[^\u0000-\u007F]/.test(line) && lines.push(index + 1));
  const named = lines.slice(0, NAMED_LINES).join(', ') + (lines.length > NAMED_LINES ? ', …' : '');
  return {
    ok: true,
    text,
    note: `It is not UTF-8, so it was read as Latin-1 (Windows-1252). Letters with accents may be wrong: check ${
      lines.length === 1 ? 'line' : 'lines'
    } ${named}.`,
  };
}

function decode(bytes: ArrayBuffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
