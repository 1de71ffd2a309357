import type { ItemStatus, JobSnapshot, Json, LedgerRow } from '~/jobs/job';
import { jobs } from '~/jobs/registry';
import { readRows } from '~/jobs/row-slices';
import { findItems, findParts, readKeptRows, readPlan } from './journal-db';

/** What jobs did to one user or room: their plans are looked through one after the other, newest first, and never all at once. */

export interface JobOn {
  readonly job: JobSnapshot;
  /** How what it did to this thing ended. */
  readonly counts: JobSnapshot['counts'];
  /** Null: it has no outcome so far. */
  readonly endedAt: number | null;
}

/** What is looked for in plans. */
export interface Sought {
  /** It stands in the JSON of each item that is meant. */
  readonly text: string;
  isItem(item: Json): boolean;
  isRow(row: Pick<LedgerRow, 'id' | 'columns'>): boolean;
  /** Joins name their rooms in the plan, and in each item by number. */
  readonly roomId?: string;
}

export const aboutUser = (userId: string): Sought => ({
  text: JSON.stringify(userId).slice(0, -1),
  isItem: (item) => isItemOn(userId, item),
  isRow: (row) => isRowOn(userId, row),
});

/** As the ID of a room, or of a member of it, or as a room that was joined. */
export function aboutRoom(roomId: string): Sought {
  const isId = (id: Json | undefined) => typeof id === 'string' && (id === roomId || id.endsWith(` ${roomId}`));
  return {
    text: JSON.stringify(roomId).slice(1),
    isItem: (item) => isId(Array.isArray(item) ? (item as readonly Json[])[0] : item),
    isRow: ({ id }) => isId(id),
    roomId,
  };
}

/** As the `mxc://server/id` of a file. Which files a sweep of Synapse's own takes is not in its items. */
export const aboutFile = (mxc: string): Sought => ({
  text: JSON.stringify(mxc),
  isItem: (item) => (Array.isArray(item) ? (item as readonly Json[])[0] : item) === mxc,
  isRow: ({ id }) => id === mxc,
});

/** As the ID of whatever a job changed, or of one part of it. */
export function aboutThing(id: string): Sought {
  const [user, room] = [aboutUser(id), aboutRoom(id)];
  return {
    text: JSON.stringify(id).slice(1, -1),
    isItem: (item) => user.isItem(item) || room.isItem(item),
    isRow: (row) => user.isRow(row) || room.isRow(row),
    roomId: id,
  };
}

/** So many plans are looked through before somebody has to ask for more. */
const PLANS = 50;

/**
 * @param list newest first
 * @param from how many of them were looked through already
 * @returns what was found, and where to look on; null: there are no more
 */
export async function jobsOn(
  of: Sought,
  list: readonly JobSnapshot[],
  from: number,
  signal: AbortSignal,
): Promise<{ found: JobOn[]; next: number | null }> {
  const found: JobOn[] = [];
  const to = Math.min(list.length, from + PLANS);
  for (const job of list.slice(from, to)) {
    signal.throwIfAborted();
    const rows = await rowsOn(of, job, signal);
    if (rows.length > 0) found.push(summary(job, rows));
  }
  return { found, next: to < list.length ? to : null };
}

type Row = Pick<LedgerRow, 'status' | 'endedAt' | 'reason' | 'before' | 'parts'>;

/** Of several steps, each of which has targets of its own: `['targets', step, ids]`. */
const hasTarget = (of: Sought, parts: readonly Json[] = []): boolean =>
  parts.some((part) => Array.isArray(part) && part[0] === 'targets' && (part[2] as Json[]).some((id) => of.isItem(id)));

/** How each of its items about this thing ended. */
export async function rowsOn(of: Sought, { id, kind, total, kept }: JobSnapshot, signal: AbortSignal): Promise<Row[]> {
  const open = jobs.get(id);
  // Nothing of it is on the disk.
  if (open && kept?.ok !== true) {
    const rows: Row[] = [];
    await readRows(open, (row) => void ((of.isRow(row) || hasTarget(of, row.parts)) && rows.push(row)), signal);
    return rows;
  }
  const named =
    (kind === 'join-rooms' ? await joinsOf(of.roomId, id, total) : null) ??
    (await findItems(id, total, of.text, (item) => of.isItem(item)));
  const inSteps = kind.startsWith('playbook.')
    ? await findParts(id, total, of.text, (parts) => hasTarget(of, parts))
    : [];
  const indexes = [...new Set([...named, ...inSteps])];
  if (indexes.length === 0) return [];
  // What is on its way right now is in memory only.
  if (open) return indexes.map((index) => open.row(index));
  return readKeptRows(id, total, indexes);
}

/** Null: this job joined nobody to it. */
async function joinsOf(roomId: string | undefined, id: string, total: number): Promise<number[] | null> {
  if (!roomId?.startsWith('!')) return null;
  const { rooms } = asRecord(await readPlan(id));
  const number = Array.isArray(rooms) ? rooms.findIndex((room: Json) => asRecord(room)['roomId'] === roomId) : -1;
  if (number < 0) return null;
  return findItems(id, total, `[${number}`, (item) => Array.isArray(item) && item[0] === number);
}

/** As the ID of a user, of a member or a session of theirs. */
const isIdOn = (userId: string, id: Json | undefined): boolean =>
  typeof id === 'string' && (id === userId || id.startsWith(`${userId} `));

/** An item as its kind packs it: of an action, of a join (`[room, user]`), or a file with its owner. */
export function isItemOn(userId: string, item: Json): boolean {
  if (!Array.isArray(item)) return isIdOn(userId, item);
  const [id, second] = item as readonly Json[];
  return isIdOn(userId, id) || second === userId || ownerIn((item as readonly Json[]).at(-1)) === userId;
}

function ownerIn(more: Json | undefined): Json | undefined {
  const { note } = asRecord(more);
  return asRecord(note)['owner'];
}

const asRecord = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Json>>) : {};

const isRowOn = (userId: string, { id, columns }: Pick<LedgerRow, 'id' | 'columns'>): boolean =>
  isIdOn(userId, id) || columns['User'] === userId || columns['Owner'] === userId;

function summary(job: JobSnapshot, rows: readonly Row[]): JobOn {
  const counts: Record<ItemStatus, number> = { waiting: 0, running: 0, done: 0, skipped: 0, failed: 0, unknown: 0 };
  let endedAt: number | null = null;
  for (const row of rows) {
    counts[row.status] += 1;
    if (row.endedAt !== null) endedAt = Math.max(endedAt ?? 0, row.endedAt);
  }
  return { job, counts, endedAt };
}
