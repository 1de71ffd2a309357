import type { Entry } from './entries';
import type { Message } from './text';

/** The heads of columns, as Synapse, its tools, spreadsheets and Glia's own exports name them. Best ones first. */

export const USER_HEADS = [
  'userid',
  'mxid',
  'matrixid',
  'matrixuserid',
  'matrixuser',
  'localpart',
  'username',
  'user',
  'login',
  'account',
  'member',
  'id',
  // Synapse calls a user's ID `name` in its answers; elsewhere a name is what people are called.
  'name',
];
export const ROOM_HEADS = ['roomid', 'room', 'roomalias', 'canonicalalias', 'alias'];

const OTHER_HEADS = new Set(
  (
    'displayname password isguest guest admin isadmin deactivated locked suspended erased shadowbanned avatarurl avatar ' +
    'creationts created lastseents lastseen usertype email emails mail msisdn phone threepids externalids firstname ' +
    'lastname fullname status reason before attempts time verdict topic note notes comment group department approved ' +
    'islocked isdeactivated serveradmin emailaddress emailaddresses mailaddress phonenumber mobile externalid ssoid ssoids ' +
    'rooms roomids roomaliases joinrooms realname nickname passwd initialpassword'
  ).split(' '),
);
/** Nobody is called so: alone in the first line it is a head. An account may be called `admin` or `mail`. */
const ALONE = new Set(['userid', 'mxid', 'matrixid', 'matrixuserid', 'username', 'localpart', 'user', 'name']);

/** Case, spaces and underscores make no difference. */
export const headWord = (cell: string): string => cell.toLowerCase().replaceAll(/[^a-z]/g, '');

const isHeadCell = (cell: string): boolean => {
  const word = headWord(cell);
  return USER_HEADS.includes(word) || ROOM_HEADS.includes(word) || OTHER_HEADS.has(word);
};

/** Two heads or more and nothing that is an ID: so begins a table. Unknown heads count where one of users or rooms is among them. */
export function isHeadRow(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length < 2 || filled.some((cell) => /[@#!]/.test(cell))) return false;
  const known = filled.filter(isHeadCell).map(headWord);
  if (known.length === filled.length) return true;
  const has = (heads: readonly string[]) => known.some((word) => heads.includes(word));
  return known.length * 2 > filled.length && (has(USER_HEADS) || has(ROOM_HEADS));
}

export const isTableHead = (entries: readonly Entry[]): boolean => isHeadRow(entries.map(({ text }) => text));

/** What a program writes above a table: PowerShell's `#TYPE …`, a spreadsheet's `sep=;`. */
export const isProgramLine = (line: string): boolean => /^\s*["']?(?:#TYPE\s|sep=.?["']?\s*$)/i.test(line);

/** A line that is drawn between rows: `----+-----` of psql, `+---+` of MySQL, `| --- | --- |` of Markdown. */
export const isRule = (line: string): boolean => /^[\s|+:=-]+$/.test(line) && /[-=]{3}|[-=]\+/.test(line);
/** What a database says below its rows: `(3 rows)` of psql, `3 rows in set (0.00 sec)` of MySQL. */
export const isFooter = (line: string): boolean => /^\s*(?:\(\d+ rows?\)|\d+ rows? in set.*)\s*$/i.test(line);

/** `"user": "@anna:example.org"`: who that is, is for whoever wrote the JSON to know. The admin, in a report. */
export const isJsonMember = (text: string): boolean => /["']\s*:\s*["'{[]/.test(text);
/** A whole object on one line: an ID in a list inside it may mean anything too. */
export const isJsonLine = (line: string): boolean => /^\s*\[?\s*\{\s*["']/.test(line);
export const JSON_REASON = /*i18n*/ {
  id: 'paste.json',
  message: 'Part of JSON, where an ID can mean anything. Paste only the IDs.',
};

/** The first line of Glia's own reports. Facts follow, the admin among them, down to an empty line. */
export const isReportLine = (line: string): boolean => /^["']?Report["']?,/.test(line);
export const REPORT_REASON = /*i18n*/ { id: 'paste.report', message: 'About the report, not part of its table.' };

/** Why this line is a head and no entry, or null. @param first nothing was named above it */
export function headProblem(entries: readonly Entry[], first: boolean): Message | null {
  const [only] = entries;
  if (isTableHead(entries)) return TABLE_HEAD;
  if (only && isProgramLine(only.text)) return PROGRAM_LINE;
  return first && entries.length === 1 && only && ALONE.has(headWord(only.text)) && /^[A-Za-z _-]+$/.test(only.text)
    ? COLUMN_HEAD
    : null;
}

const TABLE_HEAD = /*i18n*/ { id: 'paste.table-head', message: 'The header of a table.' };
export const PROGRAM_LINE = /*i18n*/ {
  id: 'paste.program-line',
  message: 'Output of a program, not part of the table.',
};
export const RULE = /*i18n*/ { id: 'paste.rule', message: 'A line drawn between rows.' };
const COLUMN_HEAD = /*i18n*/ {
  id: 'paste.column-head',
  message: 'The header of a column. If it is a user, type the whole user ID.',
};
