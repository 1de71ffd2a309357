import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { pageEnvironment, SLICE_MS } from '~/jobs/environment';
import type { JobSnapshot, Json } from '~/jobs/job';
import { keptEntries, Recollection, type Entry, type KeptEntry, type KeptRow } from '~/jobs/journal';
import { TextWriter } from '~/jobs/kept-texts';
import type { News } from '~/jobs/mirror';
import { bornAt } from '~/jobs/new-id';
import { TextError, textOfError } from '~/lib/text-error';
import { withValues, type Text } from '~/lib/text';

/** The journal of jobs on this browser's disk. The token is never in it: a job knows its owner only. */

export interface KeptJob {
  id: string;
  /** As it was written last. */
  snapshot: JobSnapshot;
  /** Characters of plan, items and log: about the bytes it takes. */
  size: number;
}

interface Schema extends DBSchema {
  /** Small, since it is written with each batch. */
  jobs: { key: string; value: KeptJob };
  /** JSON of what its kind needs besides the items. */
  plans: { key: string; value: string };
  /** JSON of some items. */
  items: { key: [id: string, chunk: number]; value: string };
  /** JSON of some entries, in order. */
  log: { key: [id: string, seq: number]; value: string };
}

const NAME = 'glia';
const STORES = ['jobs', 'plans', 'items', 'log'] as const;
const CHUNK = 1000;

/** The disk syncs before a write counts: what was sent must be known after a power cut, too. */
const STRICT = { durability: 'strict' } as const;

let opened: Promise<IDBPDatabase<Schema>> | null = null;

/** @throws where the browser forbids storage, as private windows may */
function database(): Promise<IDBPDatabase<Schema>> {
  if (opened) return opened;
  const opening = openDB<Schema>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore('jobs', { keyPath: 'id' });
      db.createObjectStore('plans');
      db.createObjectStore('items');
      db.createObjectStore('log');
    },
    // Another tab brings a newer Glia: it must not wait for this one.
    blocking: () => {
      void opened?.then((db) => db.close());
      opened = null;
    },
    terminated: () => {
      opened = null;
    },
  });
  opening.catch(() => {
    opened = null;
  });
  opened = opening;
  return opening;
}

/** Everything of a job from this number on, in the order of its key. */
const partsOf = (id: string, from = Number.NEGATIVE_INFINITY) =>
  IDBKeyRange.bound([id, from], [id, Number.POSITIVE_INFINITY]);

/**
 * Plan and items, before anything is sent.
 * @returns their size in characters
 * @throws when they do not fit, or nothing may be stored
 */
export async function writePlan(id: string, plan: Json, count: number, pack: (index: number) => Json): Promise<number> {
  const db = await database();
  const planText = JSON.stringify(plan);
  let size = planText.length;
  await db.put('plans', planText, id);
  for (let first = 0; first < count; first += CHUNK) {
    const items = Array.from({ length: Math.min(CHUNK, count - first) }, (_, index) => pack(first + index));
    const text = JSON.stringify(items);
    size += text.length;
    // A transaction each, so that the page has its turn between them.
    await db.put('items', text, [id, first / CHUNK]);
  }
  return size;
}

/** @param seq one more than that of the batch before; entries of this number that are there already are replaced */
export async function writeEntries(kept: KeptJob, seq: number, text: string | null): Promise<void> {
  const db = await database();
  const transaction = db.transaction(['jobs', 'log'], 'readwrite', STRICT);
  const writes: Promise<unknown>[] = [transaction.objectStore('jobs').put(kept), transaction.done];
  if (text !== null) writes.push(transaction.objectStore('log').put(text, [kept.id, seq]));
  await Promise.all(writes);
}

/** In no order. Their plans and logs are not looked at. */
export async function listKept(): Promise<KeptJob[]> {
  return (await database()).getAll('jobs');
}

/** Clears away what a page left of a job that never began, or that is deleted, once it is a day old. */
export async function clearLeftovers(): Promise<void> {
  const db = await database();
  const transaction = db.transaction(STORES);
  const known = new Set(await transaction.objectStore('jobs').getAllKeys());
  const found = new Set(await transaction.objectStore('plans').getAllKeys());
  for (const name of ['items', 'log'] as const) {
    let at = await transaction.objectStore(name).openKeyCursor();
    while (at) {
      const [id] = at.key;
      found.add(id);
      // On to the next job, however many parts this one has.
      at = await at.continue([id, Number.POSITIVE_INFINITY]);
    }
  }
  const yesterday = Date.now() - 86_400_000;
  for (const id of found) {
    // What can't be cleared away takes room, and nothing else.
    if (!known.has(id) && bornAt(id) < yesterday) await deleteKept(id).catch(() => undefined);
  }
}

export async function readJob(id: string): Promise<KeptJob | undefined> {
  return (await database()).get('jobs', id);
}

export interface ReadBack {
  kept: KeptJob;
  plan: Json;
  items: Json[];
  rows: Recollection;
  /** The number of the next batch. */
  nextSeq: number;
}

/** All that is kept of a job; undefined where it is not, or not whole: then nothing of it was ever sent. */
export async function readKept(id: string): Promise<ReadBack | undefined> {
  const db = await database();
  const [kept, plan] = await Promise.all([db.get('jobs', id), db.get('plans', id)]);
  if (!kept || plan === undefined) return undefined;
  const items: Json[] = [];
  const { texts: chunks } = await readTexts(db.transaction('items').store, id);
  for await (const some of parsed<Json>(chunks)) items.push(...some);
  if (items.length !== kept.snapshot.total) return undefined;
  const rows = new Recollection(items.length);
  const { texts, nextSeq } = await readLog(id);
  for await (const entries of parsed<KeptEntry>(texts)) rows.read(entries);
  return { kept, plan: JSON.parse(plan) as Json, items, rows, nextSeq };
}

/** What its kind keeps besides the items; undefined where it is not there. */
export async function readPlan(id: string): Promise<Json | undefined> {
  const text = await (await database()).get('plans', id);
  return text === undefined ? undefined : (JSON.parse(text) as Json);
}

/**
 * Where the items stand that this is true of, without reading the others: only a chunk that holds the text is taken apart.
 * @param text as it stands in JSON
 */
export async function findItems(
  id: string,
  total: number,
  text: string,
  isHit: (item: Json) => boolean,
): Promise<number[]> {
  const db = await database();
  const found: number[] = [];
  for (let chunk = 0; chunk * CHUNK < total; chunk += 1) {
    const items = await db.get('items', [id, chunk]);
    if (!items?.includes(text)) continue;
    for (const [index, item] of (JSON.parse(items) as Json[]).entries()) {
      if (isHit(item)) found.push(chunk * CHUNK + index);
    }
    await pageEnvironment.yieldToPage();
  }
  return found;
}

/** What its log knows of these items. */
export async function readKeptRows(id: string, total: number, indexes: readonly number[]): Promise<KeptRow[]> {
  const rows = new Recollection(total);
  const { texts } = await readLog(id);
  for await (const entries of parsed<KeptEntry>(texts)) rows.read(entries);
  return indexes.map((index) => rows.row(index));
}

/** Where the items stand whose parts this is true of: a log that does not hold the text is not read. */
export async function findParts(
  id: string,
  total: number,
  text: string,
  isHit: (parts: readonly Json[]) => boolean,
): Promise<number[]> {
  const { texts } = await readLog(id);
  if (!texts.some((one) => one.includes(text))) return [];
  const rows = new Recollection(total);
  for await (const entries of parsed<KeptEntry>(texts)) rows.read(entries);
  return Array.from({ length: total }, (_, index) => index).filter((index) => isHit(rows.row(index).parts ?? []));
}

/** How many items its log knows in which state. */
export async function countKept(id: string, total: number): Promise<JobSnapshot['counts']> {
  const rows = new Recollection(total);
  const { texts } = await readLog(id);
  for await (const entries of parsed<KeptEntry>(texts)) rows.read(entries);
  const counts = { waiting: 0, running: 0, done: 0, skipped: 0, failed: 0, unknown: 0 };
  for (let index = 0; index < total; index += 1) counts[rows.row(index).status] += 1;
  return counts;
}

/**
 * What was written from this number on. All there is, where the log was made shorter before all up to there was read: what is
 * new may then stand anywhere in it.
 */
export async function readSince(id: string, seq: number): Promise<News & { nextSeq: number }> {
  const { texts, from, nextSeq } = await readLog(id, seq);
  return { batches: parsed<KeptEntry>(texts), isWhole: from < seq, nextSeq };
}

async function readLog(id: string, seq = 0): Promise<{ texts: string[]; from: number; nextSeq: number }> {
  const { store } = (await database()).transaction('log');
  // 0, unless the log was made shorter: then what it says in its stead begins within one below its last number.
  const [, first = 0] = (await store.getKey(partsOf(id))) ?? [];
  const from = seq > Math.ceil(first) ? seq : 0;
  const { texts, last } = await readTexts(store, id, from);
  return { texts, from, nextSeq: last === undefined ? seq : Math.floor(last) + 1 };
}

/** What items and log have in common. */
interface TextStore {
  getAll(range: IDBKeyRange, count: number): Promise<string[]>;
  getAllKeys(range: IDBKeyRange, count: number): Promise<[id: string, number: number][]>;
}

/** Texts that the page takes over in one task: 20 MB at once take longer than a click may wait. */
const AT_ONCE = 16;

/** The texts of a job, all as of one moment. @returns with the number of the last one */
async function readTexts(store: TextStore, id: string, from = 0): Promise<{ texts: string[]; last?: number }> {
  const texts: string[] = [];
  let last: number | undefined;
  for (;;) {
    const range = IDBKeyRange.bound([id, last ?? from], [id, Number.POSITIVE_INFINITY], last !== undefined);
    const [some, keys] = await Promise.all([store.getAll(range, AT_ONCE), store.getAllKeys(range, AT_ONCE)]);
    texts.push(...some);
    last = keys.at(-1)?.[1] ?? last;
    if (keys.length < AT_ONCE) return { texts, ...(last !== undefined && { last }) };
  }
}

/** With the page's turn in between: 100,000 rows take longer to read than a click may wait. */
async function* parsed<T>(texts: readonly string[]): AsyncGenerator<T[]> {
  let sliceBegan = performance.now();
  for (const text of texts) {
    if (performance.now() - sliceBegan > SLICE_MS) {
      await pageEnvironment.yieldToPage();
      sliceBegan = performance.now();
    }
    yield JSON.parse(text) as T[];
  }
}

/**
 * Writes the log of a job that is at rest anew, with the fewest entries that tell the same. Of one that was deleted meanwhile
 * nothing is written.
 * @param total how many items it has
 * @returns by how much it became shorter, in characters
 */
export async function shorten(id: string, total: number): Promise<number> {
  const { texts, nextSeq } = await readLog(id);
  if (nextSeq < 3) return 0;
  const rows = new Recollection(total);
  for await (const entries of parsed<KeptEntry>(texts)) rows.read(entries);
  const shorter = await inTexts(rows);
  const transaction = (await database()).transaction(['jobs', 'log'], 'readwrite', STRICT);
  if ((await transaction.objectStore('jobs').getKey(id)) === undefined) return 0;
  const store = transaction.objectStore('log');
  const write = async () => {
    await store.delete(partsOf(id));
    // One after the other: 20 MB handed over in one task hold the page.
    for (const [part, text] of shorter.entries()) {
      // Between the last two numbers, so that what is written next still comes after.
      await store.put(text, [id, nextSeq - 1 - (shorter.length - 1 - part) / (shorter.length + 1)]);
    }
  };
  await Promise.all([write(), transaction.done]);
  return lengthOf(texts) - lengthOf(shorter);
}

async function inTexts(rows: Recollection): Promise<string[]> {
  const texts: string[] = [];
  const written = new TextWriter();
  const text = (entries: readonly Entry[]) => JSON.stringify(keptEntries(entries, written));
  let some: Entry[] = [];
  let sliceBegan = performance.now();
  for (const entry of rows.entries()) {
    some.push(entry);
    if (some.length < CHUNK) continue;
    texts.push(text(some));
    some = [];
    if (performance.now() - sliceBegan <= SLICE_MS) continue;
    await pageEnvironment.yieldToPage();
    sliceBegan = performance.now();
  }
  if (some.length > 0) texts.push(text(some));
  return texts;
}

const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0);

export async function deleteKept(id: string): Promise<void> {
  await replaceKept(id, null);
}

/**
 * Puts a mark in the place of all that is kept of a job: what there is may not be gone on from any more.
 * @returns whether there was room for the mark; if not, nothing is left of the job
 */
export async function markKept(mark: KeptJob): Promise<boolean> {
  try {
    await replaceKept(mark.id, mark);
    return true;
  } catch {
    // Only what is gone for good makes room: some browsers ask for it before they look at what a transaction deletes.
    await deleteKept(mark.id);
  }
  try {
    await writeEntries(mark, 0, null);
    return true;
  } catch {
    return false;
  }
}

async function replaceKept(id: string, mark: KeptJob | null): Promise<void> {
  const transaction = (await database()).transaction(STORES, 'readwrite', STRICT);
  const writes: Promise<unknown>[] = [
    transaction.objectStore('jobs').delete(id),
    transaction.objectStore('plans').delete(id),
    transaction.objectStore('items').delete(partsOf(id)),
    transaction.objectStore('log').delete(partsOf(id)),
    transaction.done,
  ];
  if (mark) writes.push(transaction.objectStore('jobs').put(mark));
  await Promise.all(writes);
}

/** What the browser gives this site, in bytes; null where it does not tell. */
export async function storageQuota(): Promise<number | null> {
  // Missing on pages that come over plain http.
  if (!('storage' in navigator)) return null;
  const { quota } = await navigator.storage.estimate();
  return quota ?? null;
}

/** Why nothing is kept, or let go, for people. */
export function storageReason(error: unknown): Text {
  if (error instanceof TextError) return error.text;
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return NO_ROOM;
  if (name === 'SecurityError' || name === 'InvalidStateError' || typeof indexedDB === 'undefined') return FORBIDDEN;
  return withValues(STORAGE_FAILED, { error: textOfError(error) });
}

const NO_ROOM = /*i18n*/ { id: 'kept.no-room', message: 'The browser has no space left for this site.' };
const FORBIDDEN = /*i18n*/ {
  id: 'kept.forbidden',
  message: 'The browser doesn’t let this site store anything (a private window, or a setting).',
};
const STORAGE_FAILED = /*i18n*/ { id: 'kept.failed', message: 'The browser’s storage failed: {error}' } as const;
