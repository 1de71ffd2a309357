import {
  readEmail,
  readExternalId,
  readFlag,
  readName,
  readPhone,
  localpartProblem,
  type ExternalIdCell,
  type Read,
} from './account-cells';
import { undefuse } from './csv';
import { ALREADY } from './entries';
import { isSureLocalpart, NO_SERVER, parseUserIds, serverOf, type LineProblem } from './mxid';
import { passwordProblem } from './passwords';
import { parseRoomRefs } from './room-refs';
import { rowText, type Table, type TableRow } from './table-csv';
import { withValues, type Text } from './text';
import { idPartsOf, isNothing, partsOf, type ColumnField, type Mapping } from './user-columns';

/** The accounts in a table: each row is read whole or refused with its line and the reason. Empty cells change nothing. */

export interface AccountRow {
  /** Of the file, from 1. */
  readonly line: number;
  readonly id: string;
  readonly displayname?: string;
  readonly admin?: boolean;
  readonly user_type?: string;
  readonly locked?: boolean;
  readonly deactivated?: boolean;
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
  readonly externalIds?: readonly ExternalIdCell[];
  readonly rooms?: readonly string[];
  readonly password?: string;
}

export interface AccountTable {
  readonly rows: readonly AccountRow[];
  /** Rows that can't be used. */
  readonly problems: readonly LineProblem[];
  /** Lines that are no rows: a title, what a program wrote, a comment. */
  readonly skipped: readonly LineProblem[];
  readonly notes: readonly Text[];
  /** Words without a server that would be users of this one, if somebody says so. */
  readonly waiting: number;
  /** One of them, to be shown. */
  readonly example: string | null;
}

/** Rows between two looks at the clock. */
const STEP = 50;
/** A whole ID of the usual characters, as nearly all are. */
const PLAIN = /^@[a-z0-9._=+/-]{1,180}:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,58}[A-Za-z0-9])?(?::\d{1,5})?$/;

/** @param completes words become users of this server: somebody said so */
export function* accountsIn(
  table: Table,
  mapping: Mapping,
  serverName: string,
  completes: boolean,
): Generator<void, AccountTable> {
  const hasPassword = mapping.includes('password');
  // What Glia did not read as a row may still hold a password.
  const skipped = table.skipped.map((one) => (hasPassword ? { ...one, text: '…' } : one));
  const problems: LineProblem[] = [];
  const rows: AccountRow[] = [];
  const lines = new Map<string, number>();
  let [waiting, nothing, done] = [0, 0, 0];
  let example: string | null = null;
  for (const row of table.rows) {
    done += 1;
    if (done % STEP === 0) yield;
    // A column that is not used may hold passwords too.
    const text = rowText(row.cells.filter((_, index) => mapping[index] != null && mapping[index] !== 'password'));
    const refuse = (reason: Text, waits?: true) =>
      void problems.push({ line: row.line, text, reason, ...(waits && { waits }) });
    const surplus = row.cells.slice(table.columns.length).some((cell) => cell.trim() !== '');
    if (surplus) {
      refuse(withValues(TOO_MANY_CELLS, { cells: row.cells.length, columns: table.columns.length }));
      continue;
    }
    const named = userIn(row, mapping, serverName);
    if ('bad' in named) {
      refuse(named.bad);
      continue;
    }
    if ('word' in named && !completes) {
      waiting += 1;
      example ??= named.word;
      refuse(withValues(NO_SERVER, { serverName }), true);
      continue;
    }
    const id = 'word' in named ? `@${named.word}:${serverName}` : named.id;
    const first = lines.get(id);
    if (first !== undefined) {
      refuse(withValues(ALREADY, { line: first }));
      continue;
    }
    const cells = new Cells(row, mapping);
    const read = cells.read(id);
    nothing += cells.nothing;
    if ('bad' in read) {
      refuse(read.bad);
      continue;
    }
    lines.set(id, row.line);
    rows.push(read.ok);
  }
  const notes = [...table.notes, ...(nothing > 0 ? [withValues(NULLS, { count: nothing })] : [])];
  return { rows, problems, skipped, notes, waiting, example };
}

type Named = { readonly id: string } | { readonly word: string } | { readonly bad: Text };

function userIn({ cells }: TableRow, mapping: Mapping, serverName: string): Named {
  const cell = undefuse(cells[mapping.indexOf('user')]?.trim() ?? '');
  if (cell === '') return { bad: EMPTY };
  if (PLAIN.test(cell)) return serverOf(cell) === serverName ? { id: cell } : { bad: REMOTE };
  const users = parseUserIds(cell, serverName, 'never');
  const [id] = users.ids;
  if (id !== undefined && users.ids.length === 1 && users.problems.length === 0) {
    return serverOf(id) === serverName ? { id } : { bad: REMOTE };
  }
  const [word] = users.waiting;
  const isOne = users.ids.length + users.waiting.length === 1 && users.problems.every(({ waits }) => waits);
  if (word === undefined || !isOne) return { bad: users.problems.find(({ waits }) => !waits)?.reason ?? ONE_USER };
  return isSureLocalpart(word) ? { word } : { bad: localpartProblem(word) ?? ONE_USER };
}

/** The cells of one row, by what their column holds. */
class Cells {
  /** How many say that there is nothing. */
  nothing = 0;
  readonly #row: TableRow;
  readonly #mapping: Mapping;

  constructor(row: TableRow, mapping: Mapping) {
    this.#row = row;
    this.#mapping = mapping;
  }

  read(id: string): Read<AccountRow> {
    try {
      const row: AccountRow = {
        line: this.#row.line,
        id,
        ...this.#one('displayname', readName),
        ...this.#one('admin', readFlag),
        ...this.#one('user_type', (cell) => ({ ok: cell })),
        ...this.#one('locked', readFlag),
        ...this.#one('deactivated', readFlag),
        ...this.#one('password', readPassword),
        ...this.#many('emails', 'email', readEmail),
        ...this.#many('phones', 'phone', readPhone),
        ...this.#many('externalIds', 'external_ids', readExternalId, idPartsOf),
        ...this.#rooms(),
      };
      const { is_guest } = this.#one('is_guest', readFlag);
      return is_guest ? { bad: GUEST } : { ok: row };
    } catch (error) {
      if (error instanceof BadCell) return { bad: error.reason };
      throw error;
    }
  }

  *#cells(field: ColumnField): Generator<string> {
    for (const [index, mapped] of this.#mapping.entries()) {
      if (mapped !== field) continue;
      const raw = this.#row.cells[index] ?? '';
      const cell = field === 'password' ? raw : undefuse(raw).trim();
      if (cell.trim() === '') continue;
      if (isNothing(cell.trim())) this.nothing += 1;
      else yield cell;
    }
  }

  #one<Name extends ColumnField, T>(field: Name, read: (cell: string) => Read<T>): { [_ in Name]?: T } {
    for (const cell of this.#cells(field)) return { [field]: this.#good(read(cell)) } as { [_ in Name]?: T };
    return {};
  }

  #many<Name extends string, T>(
    name: Name,
    field: ColumnField,
    read: (part: string) => Read<T>,
    parts = partsOf,
  ): { [_ in Name]?: readonly T[] } {
    const all: T[] = [];
    for (const cell of this.#cells(field)) for (const part of parts(cell)) all.push(this.#good(read(part)));
    const seen = new Set<string>();
    const once = all.filter((one) => !seen.has(JSON.stringify(one)) && seen.add(JSON.stringify(one)));
    return (once.length === 0 ? {} : { [name]: once }) as unknown as { [_ in Name]?: readonly T[] };
  }

  #rooms(): { rooms?: readonly string[] } {
    const rooms: string[] = [];
    for (const cell of this.#cells('rooms')) {
      const { refs, problems } = parseRoomRefs(cell.replaceAll(/[|·]/g, ' '));
      const [problem] = problems;
      if (problem) throw new BadCell(problem.reason);
      for (const { ref } of refs) if (!rooms.includes(ref)) rooms.push(ref);
    }
    return rooms.length === 0 ? {} : { rooms };
  }

  #good<T>(read: Read<T>): T {
    if ('bad' in read) throw new BadCell(read.bad);
    return read.ok;
  }
}

class BadCell extends Error {
  readonly reason: Text;

  constructor(reason: Text) {
    super('bad cell');
    this.reason = reason;
  }
}

/** As it is: a blank in it may be meant. */
function readPassword(cell: string): Read<string> {
  const problem = passwordProblem(cell);
  return problem === null ? { ok: cell } : { bad: withValues(PASSWORD, { problem }) };
}

const EMPTY = /*i18n*/ { id: 'accounts.empty', message: 'The cell with the user is empty.' };
const REMOTE = /*i18n*/ { id: 'accounts.remote', message: 'This user belongs to another homeserver.' };
const ONE_USER = /*i18n*/ { id: 'accounts.one-user', message: 'Put exactly one user on a line.' };
const GUEST = /*i18n*/ { id: 'accounts.guest', message: 'Guest accounts can’t be imported.' };
const PASSWORD = /*i18n*/ { id: 'accounts.password', message: 'The password can’t be used: {problem}' } as const;
const TOO_MANY_CELLS = /*i18n*/ {
  id: 'accounts.too-many-cells',
  message:
    'This line has {cells, number} cells and the header has {columns, number}, so it is unclear which cell belongs to which column.',
} as const;
const NULLS = /*i18n*/ {
  id: 'accounts.nulls',
  message:
    '{count, plural, one {# cell says NULL, null, None or \\N and counts as empty.} other {# cells say NULL, null, None or \\N and count as empty.}}',
} as const;
