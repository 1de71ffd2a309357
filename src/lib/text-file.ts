import { sentences, withValues, type Text } from './text';

export type TextFile =
  | {
      ok: true;
      text: string;
      /** What should be known about how it was read; null: nothing. */
      note: Text | null;
    }
  | { ok: false; reason: Text };

const refuse = (reason: Text): TextFile => ({ ok: false, reason });

const SPREADSHEET = /*i18n*/ {
  id: 'file.spreadsheet',
  message: 'This is a spreadsheet (.xlsx, .ods) or a zip archive, not a text file.',
};
const OLD_SPREADSHEET = /*i18n*/ {
  id: 'file.old-spreadsheet',
  message: 'This is an old spreadsheet (.xls), not a text file.',
};
const PDF = /*i18n*/ { id: 'file.pdf', message: 'This is a PDF, not a text file.' };
const COMPRESSED = /*i18n*/ { id: 'file.compressed', message: 'This is a compressed file, not a text file.' };
const RICH_TEXT = /*i18n*/ {
  id: 'file.rich-text',
  message: 'This is a rich text document (.rtf), not a plain text file.',
};
const WEB_PAGE = /*i18n*/ {
  id: 'file.web-page',
  message: 'This looks like a web page, or a spreadsheet saved as one, not a plain text file.',
};
const NO_TEXT = /*i18n*/ {
  id: 'file.no-text',
  message: 'This is not a text file, or it is UTF-16 without a byte order mark.',
};
const DAMAGED = /*i18n*/ { id: 'file.damaged', message: 'This file says that it is UTF-16, but it is damaged.' };
const EMPTY = /*i18n*/ { id: 'file.empty', message: 'The file is empty.' };
const LATIN = /*i18n*/ {
  id: 'file.latin',
  message:
    'The file is not UTF-8, so Glia read it as Latin-1 (Windows-1252). Accented letters may be wrong on {count, plural, one {line {lines}} other {lines {lines}}}.',
} as const;
const SAVE = /*i18n*/ {
  id: 'file.save',
  message: 'Save it as CSV with UTF-8 encoding, and choose that file.',
};

/** First bytes of what people take for a table and is none. */
const BINARY: readonly (readonly [start: string, reason: Text])[] = [
  ['80 75 3 4', SPREADSHEET],
  ['80 75 5 6', SPREADSHEET],
  ['208 207 17 224', OLD_SPREADSHEET],
  ['37 80 68 70', PDF],
  ['55 122 188 175', COMPRESSED],
  ['82 97 114 33', COMPRESSED],
  ['123 92 114 116', RICH_TEXT],
  ['31 139', COMPRESSED],
];
/** Web pages, and what some programs write as .xls: its text is markup. */
const MARKUP = /^\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta|\?xml|\?mso)\b/is;
/** Lines that are named where the encoding had to be guessed. */
const NAMED_LINES = 5;

/** A text file's bytes as text. Spreadsheets save “Unicode text” as UTF-16, and say so by a byte order mark. */
export function readText(bytes: ArrayBuffer): TextFile {
  const start = [...new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength))].join(' ');
  if (start === '') return refuse(EMPTY);
  const binary = BINARY.find(([first]) => start === first || start.startsWith(`${first} `));
  if (binary) return refuse(sentences(binary[1], SAVE));
  const encoding = /^255 254( |$)/.test(start) ? 'utf-16le' : /^254 255( |$)/.test(start) ? 'utf-16be' : 'utf-8';
  const text = decode(bytes, encoding);
  if (text?.includes('\0') || (text === null && new Uint8Array(bytes).includes(0))) {
    return refuse(sentences(NO_TEXT, SAVE));
  }
  if (text !== null && MARKUP.test(text.slice(0, 2000))) return refuse(sentences(WEB_PAGE, SAVE));
  if (text !== null) return text.trim() === '' ? refuse(EMPTY) : { ok: true, text, note: null };
  if (encoding !== 'utf-8') return refuse(sentences(DAMAGED, SAVE));
  return latin(bytes);
}

/** Not UTF-8: most likely what older spreadsheets of western Europe write. Said, since it may be another encoding. */
function latin(bytes: ArrayBuffer): TextFile {
  const text = new TextDecoder('windows-1252').decode(bytes);
  if (MARKUP.test(text.slice(0, 2000))) return refuse(sentences(WEB_PAGE, SAVE));
  const lines: number[] = [];
  // oxlint-disable-next-line no-control-regex
  text.split(/\r\n|\r|\n/).forEach((line, index) => /[^\u0000-\u007F]/.test(line) && lines.push(index + 1));
  const named = lines.slice(0, NAMED_LINES).join(', ') + (lines.length > NAMED_LINES ? ', …' : '');
  return { ok: true, text, note: withValues(LATIN, { count: lines.length, lines: named }) };
}

function decode(bytes: ArrayBuffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
