import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import * as z from 'zod/mini';
import type { Owner } from '~/data/session';
import { pageEnvironment } from '~/jobs/environment';
import { readText, type Text } from '~/lib/text';
import { TextError } from '~/lib/text-error';
import { packedUsers, packUser, unpackUser, type ScannedUser } from './scanned-user';

/**
 * Scans of users on this browser's disk, each of one account at one homeserver: whose IDs were listed, and what was read of each.
 * Written while it is read, so that a reload loses a moment and not an hour. A database of its own, opened when it is needed.
 */

const scanChoice = z.object({
  name: z.string(),
  deactivated: z.boolean(),
  locked: z.boolean(),
  guests: z.boolean(),
  devices: z.boolean(),
  storage: z.boolean(),
});
/** Who is scanned (all but those who are left out), and what is read beside the account. */
export type ScanChoice = z.output<typeof scanChoice>;

const text = z.pipe(
  z.unknown(),
  z.transform((value): Text => readText(value)),
);

const headSchema = z.object({
  id: z.string(),
  baseUrl: z.string(),
  userId: z.string(),
  choice: scanChoice,
  /** Epoch ms. */
  startedAt: z.number(),
  /** Epoch ms: when it was complete; null: not all was read yet. */
  endedAt: z.nullable(z.number()),
  /** Epoch ms: when something was read last. */
  readAt: z.number(),
  /** How many were listed. */
  total: z.number(),
  /** What the admin should know of it. */
  notes: z.array(text),
  /** Characters, which is about the bytes it takes. */
  size: z.number(),
});
export type ScanHead = z.output<typeof headSchema>;

/** A user of the list: when they were seen last is only there, since the answer for one user forgets it. */
export type Listed = readonly [userId: string, seenAt: number | null];
const listedUsers = z.array(z.tuple([z.string(), z.nullable(z.number())]));

/** Somebody who could not be read: nothing is known of them. `gone`: the homeserver says that there is no such user (any more). */
export interface Unread {
  readonly userId: string;
  readonly reason: Text;
  readonly gone: boolean;
}
const unreadUsers = z.array(z.object({ userId: z.string(), reason: text, gone: z.boolean() }));

interface Schema extends DBSchema {
  heads: { key: string; value: unknown };
  /** JSON of some listed users. */
  lists: { key: [id: string, chunk: number]; value: string };
  /** JSON of some users that were read. */
  users: { key: [id: string, seq: number]; value: string };
  /** JSON of those who could not be read. */
  unread: { key: string; value: string };
}

const STORES = ['heads', 'lists', 'users', 'unread'] as const;
const LIST_CHUNK = 5000;

let opened: Promise<IDBPDatabase<Schema>> | null = null;

/** @throws where the browser forbids storage, as private windows may */
function database(): Promise<IDBPDatabase<Schema>> {
  if (opened) return opened;
  const close = () => {
    opened = null;
  };
  const opening = openDB<Schema>('glia-scans', 1, {
    upgrade(db) {
      for (const name of STORES) db.createObjectStore(name);
    },
    // Another tab brings a newer Glia: it must not wait for this one.
    blocking: () => {
      void opened?.then((db) => db.close());
      close();
    },
    terminated: close,
  });
  opening.catch(close);
  opened = opening;
  return opening;
}

const partsOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]);

/** Those of this account, newest first. What another Glia wrote in another form is as if it weren’t there. */
export async function listScans({ baseUrl, userId }: Owner): Promise<ScanHead[]> {
  const db = await database();
  return (await db.getAll('heads'))
    .flatMap((value) => {
      const parsed = z.safeParse(headSchema, value);
      return parsed.success ? [parsed.data] : [];
    })
    .filter((head) => head.baseUrl === baseUrl && head.userId === userId)
    .toSorted((a, b) => b.startedAt - a.startedAt);
}

/** @returns the head, with the size of its list in it */
export async function writeList(head: ScanHead, listed: readonly Listed[]): Promise<ScanHead> {
  const db = await database();
  let size = 0;
  for (let first = 0; first < listed.length; first += LIST_CHUNK) {
    const part = JSON.stringify(listed.slice(first, first + LIST_CHUNK));
    size += part.length;
    // A transaction each, so that the page has its turn between them.
    await db.put('lists', part, [head.id, first / LIST_CHUNK]);
  }
  const written = { ...head, size };
  await db.put('heads', written, head.id);
  return written;
}

/** @returns the head, longer by what was written. @throws where it was deleted meanwhile: it must not come back */
export async function writeUsers(head: ScanHead, seq: number, users: readonly ScannedUser[]): Promise<ScanHead> {
  const part = JSON.stringify(users.map(packUser));
  const written = { ...head, size: head.size + part.length };
  const transaction = (await database()).transaction(['heads', 'users'], 'readwrite');
  const heads = transaction.objectStore('heads');
  if ((await heads.getKey(head.id)) === undefined) throw new TextError(DELETED);
  await Promise.all([
    transaction.objectStore('users').put(part, [head.id, seq]),
    heads.put(written, head.id),
    transaction.done,
  ]);
  return written;
}

/** The last word: all was read but these. @throws where it was deleted meanwhile */
export async function writeEnd(head: ScanHead, unread: readonly Unread[]): Promise<void> {
  const transaction = (await database()).transaction(['heads', 'unread'], 'readwrite');
  const heads = transaction.objectStore('heads');
  if ((await heads.getKey(head.id)) === undefined) throw new TextError(DELETED);
  await Promise.all([
    transaction.objectStore('unread').put(JSON.stringify(unread), head.id),
    heads.put(head, head.id),
    transaction.done,
  ]);
}

const DELETED = /*i18n*/ { id: 'user-scan.deleted', message: 'This scan was deleted while it was running.' };

export interface KeptScan {
  head: ScanHead;
  listed: readonly Listed[];
  users: readonly ScannedUser[];
  /** Those who could not be read when all was tried; where the scan did not come to its end, nothing is known of the others. */
  unread: readonly Unread[];
  /** The number of the next part. */
  nextSeq: number;
}

/** @throws where it is not in the form in which it was written */
export async function readScan(head: ScanHead): Promise<KeptScan> {
  const db = await database();
  const { id } = head;
  const listed = await partly(await db.getAll('lists', partsOf(id)), (part) => z.parse(listedUsers, part));
  const keys = await db.getAllKeys('users', partsOf(id));
  const users = new Map<string, ScannedUser>();
  for (const key of keys) {
    // One after the other: 20 MB of texts at once would hold the page.
    const part = await db.get('users', key);
    for (const packed of z.parse(packedUsers, JSON.parse(part ?? '[]'))) users.set(packed[0], unpackUser(packed));
    await pageEnvironment.yieldToPage();
  }
  const unread = z.parse(unreadUsers, JSON.parse((await db.get('unread', id)) ?? '[]'));
  return { head, listed, users: [...users.values()], unread, nextSeq: (keys.at(-1)?.[1] ?? -1) + 1 };
}

async function partly<T>(parts: readonly string[], read: (part: unknown) => readonly T[]): Promise<T[]> {
  const all: T[] = [];
  for (const part of parts) {
    for (const one of read(JSON.parse(part))) all.push(one);
    await pageEnvironment.yieldToPage();
  }
  return all;
}

export async function deleteScan(id: string): Promise<void> {
  const transaction = (await database()).transaction(STORES, 'readwrite');
  await Promise.all([
    transaction.objectStore('heads').delete(id),
    transaction.objectStore('lists').delete(partsOf(id)),
    transaction.objectStore('users').delete(partsOf(id)),
    transaction.objectStore('unread').delete(id),
    transaction.done,
  ]);
}

/** All of this account: where it signs out and leaves nothing. */
export async function deleteScansOf(owner: Owner): Promise<void> {
  for (const { id } of await listScans(owner)) await deleteScan(id);
}
