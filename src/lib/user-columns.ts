import { readEmail, readExternalId, readFlag, readPhone } from './account-cells';
import { headWord, USER_HEADS } from './heads';
import { shortened } from './shown-text';
import { columnOf, headedWords, kindOf, type Table, type TableColumn } from './table-csv';
import { withValues, type Text } from './text';

/** Which column of a table holds what of an account: by its cells as well as by its head. It is shown, and can be changed. */

export const COLUMN_FIELDS = [
  'user',
  'displayname',
  'password',
  'email',
  'phone',
  'external_ids',
  'admin',
  'user_type',
  'locked',
  'deactivated',
  'is_guest',
  'rooms',
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];

/** By the index of the column; null: not used. */
export type Mapping = readonly (ColumnField | null)[];

/** What may stand in several columns: each adds to it. */
const MANY: ReadonlySet<ColumnField> = new Set(['email', 'phone', 'external_ids', 'rooms']);

const HEADS: readonly (readonly [ColumnField, readonly string[]])[] = [
  ['displayname', ['displayname', 'fullname', 'realname', 'nickname', 'screenname', 'commonname', 'cn']],
  ['password', ['password', 'passwd', 'pass', 'initialpassword', 'newpassword']],
  ['email', ['email', 'emails', 'mail', 'mails', 'emailaddress', 'emailaddresses', 'mailaddress']],
  ['phone', ['phone', 'phones', 'phonenumber', 'mobile', 'mobilephone', 'telephone', 'tel', 'msisdn']],
  ['external_ids', ['externalids', 'externalid', 'ssoid', 'ssoids', 'sso', 'externalidsssolinks', 'ssolinks']],
  ['admin', ['admin', 'isadmin', 'serveradmin']],
  ['user_type', ['usertype', 'type']],
  ['locked', ['locked', 'islocked']],
  ['deactivated', ['deactivated', 'isdeactivated']],
  ['is_guest', ['isguest', 'guest']],
  ['rooms', ['rooms', 'room', 'roomids', 'roomid', 'roomaliases', 'roomalias', 'joinrooms']],
];

/** Rows that are looked at to tell what a column holds. */
const LOOK_AT = 200;

const fits: Readonly<Partial<Record<ColumnField, (cell: string) => boolean>>> = {
  email: (cell) => partsOf(cell).every((part) => 'ok' in readEmail(part)),
  phone: (cell) => partsOf(cell).every((part) => 'ok' in readPhone(part)),
  external_ids: (cell) => idPartsOf(cell).every((part) => 'ok' in readExternalId(part)),
  admin: (cell) => 'ok' in readFlag(cell),
  locked: (cell) => 'ok' in readFlag(cell),
  deactivated: (cell) => 'ok' in readFlag(cell),
  is_guest: (cell) => 'ok' in readFlag(cell),
  user_type: (cell) => /^[\w.-]+$/.test(cell),
  rooms: (cell) => /[#!]/.test(cell),
};

/** Several in one cell: set apart by a semicolon, a bar, a line break, or the dot of Glia's own exports. */
export const partsOf = (cell: string): string[] => split(cell, /[;|\n·]/);

/** The same for external IDs: a bar is often part of one (`auth0|5f7c`), and ends it only where the next one has a provider too. */
export const idPartsOf = (cell: string): string[] => split(cell, /[;\n·]|\|(?=\s*[A-Za-z][\w.-]*\s*:)/);

const split = (cell: string, at: RegExp): string[] =>
  cell
    .split(at)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** What exports write where there is nothing. */
const NOTHING = new Set(['NULL', 'null', String.raw`\N`, 'None']);
export const isNothing = (cell: string): boolean => NOTHING.has(cell);

export interface GuessedMapping {
  readonly mapping: Mapping;
  /** Where the head and the cells say different things, in sentences. */
  readonly notes: readonly Text[];
}

/** @param rows of the table: the first ones are looked at */
export function guessMapping({ columns, rows }: Table): GuessedMapping {
  const notes: Text[] = [];
  const mapping: (ColumnField | null)[] = columns.map(() => null);
  const cellsOf = columns.map((_, index) => {
    const cells = rows.slice(0, LOOK_AT).map(({ cells }) => (cells[index] ?? '').trim());
    return cells.filter((cell) => cell !== '' && !isNothing(cell));
  });
  const looksLike = (index: number, field: ColumnField): boolean => {
    const cells = cellsOf[index] ?? [];
    const fit = fits[field];
    return !fit || cells.filter(fit).length * 2 >= cells.length;
  };
  const user = userColumn(columns);
  if (user !== null) mapping[user] = 'user';
  for (const [index, column] of columns.entries()) {
    if (mapping[index] !== null) continue;
    const field = fieldOf(column);
    if (field === null || (mapping.includes(field) && !MANY.has(field))) continue;
    // Whole IDs are no display names.
    const isUsers = field === 'displayname' && column.users * 2 > column.filled;
    if (!isUsers && looksLike(index, field)) mapping[index] = field;
    else if (column.filled > 0) notes.push(withValues(CONTRADICTS, { name: shortened(column.name, 60) }));
  }
  const swapped = user === null ? null : (columns[user] ?? null);
  const isSwapped = swapped !== null && fieldOf(swapped) === 'displayname';
  for (const [index, column] of columns.entries()) {
    if (mapping[index] !== null) continue;
    const isNamedUser = USER_HEADS.includes(headWord(column.name));
    if (isSwapped && isNamedUser && !mapping.includes('displayname')) {
      mapping[index] = 'displayname';
      notes.push(withValues(SWAPPED, { one: shortened(swapped?.name ?? '', 60), other: shortened(column.name, 60) }));
    } else if (user !== null && headWord(column.name) === 'name' && !mapping.includes('displayname')) {
      mapping[index] = 'displayname';
    } else if (column.name === '' && column.filled > 0) mapping[index] = byLooks(cellsOf[index] ?? [], mapping);
  }
  return { mapping, notes };
}

function fieldOf({ name }: TableColumn): ColumnField | null {
  const word = headWord(name);
  return HEADS.find(([, heads]) => heads.includes(word))?.[0] ?? null;
}

/** The column of whole IDs, or the words under a head that users' columns have. */
function userColumn(columns: readonly TableColumn[]): number | null {
  const known = columnOf(columns, 'users', USER_HEADS);
  if (known !== null && (columns[known]?.users ?? 0) > 0) return known;
  // Whole IDs under “displayname” are nobody else's, and the words beside them are names.
  const odd = columns.findIndex((one) => fieldOf(one) === 'displayname' && one.filled > 0 && one.users === one.filled);
  if (odd >= 0) return odd;
  if (columns.some(({ users }) => users > 0)) return null;
  const words = headedWords(columns);
  // A first name under “name” may be what somebody is called.
  return words !== null && headWord(columns[words]?.name ?? '') === 'name' ? null : words;
}

/** Without a head, only what can be nothing else: never an admin, never a password. */
function byLooks(cells: readonly string[], mapping: Mapping): ColumnField | null {
  if (cells.length === 0) return null;
  if (cells.every((cell) => fits.email?.(cell))) return 'email';
  if (cells.every((cell) => kindOf(cell) === 'room')) return mapping.includes('rooms') ? null : 'rooms';
  if (cells.every((cell) => /^(?:oidc-|saml|cas)[^\s:]*:\S/.test(cell))) return 'external_ids';
  return null;
}

const CONTRADICTS = /*i18n*/ {
  id: 'columns.contradicts',
  message: 'The column “{name}” is not used, because its cells don’t look like what its name says. Choose what it is.',
} as const;
const SWAPPED = /*i18n*/ {
  id: 'columns.swapped',
  message: 'The columns “{one}” and “{other}” look swapped: Glia goes by what the cells look like.',
} as const;

/** Why this mapping can't be used, or null. */
export function mappingProblem(mapping: Mapping): Text | null {
  const users = mapping.filter((field) => field === 'user').length;
  if (users === 0) return NO_USER;
  const twice = mapping.find((field, index) => field !== null && !MANY.has(field) && mapping.indexOf(field) < index);
  return twice === undefined || twice === null ? null : TWICE;
}

const NO_USER = /*i18n*/ { id: 'columns.no-user', message: 'Choose the column with the user IDs or usernames.' };
const TWICE = /*i18n*/ { id: 'columns.twice', message: 'Two columns are chosen for the same field. Keep one.' };
