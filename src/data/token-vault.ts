import { openDB, type DBSchema } from 'idb';
import type { Text } from '~/lib/text';
import { openBriefly } from './open-briefly';

/**
 * The keys that encrypt what a tab keeps of its session. Browsers write sessionStorage to disk and leave it there after sign-out;
 * without its key it is worthless. No script can read a key out, only use it.
 */
interface Owner {
  readonly baseUrl: string;
  readonly userId: string;
}

interface KeyRecord {
  id: string;
  key: CryptoKey;
  owner: Owner;
  /** Without use for this long it is destroyed. */
  forgetAfterMs: number;
  usedAt: number;
}

interface Schema extends DBSchema {
  keys: { key: string; value: KeyRecord };
}

/** As it is stored: texts, the encrypted ones in base64. */
export interface Sealed {
  id: string;
  iv: string;
  data: string;
}

const ALGORITHM = { name: 'AES-GCM', length: 256 } as const;

/** A database of its own: that of the jobs is opened only where there are jobs. */
const withKeys = openBriefly(() =>
  openDB<Schema>('glia-keys', 1, {
    upgrade(db) {
      db.createObjectStore('keys', { keyPath: 'id' });
    },
  }),
);

/** Why nothing can be kept over a reload, for people; null where it can. */
export async function vaultProblem(): Promise<Text | null> {
  if (!globalThis.isSecureContext) return NO_ENCRYPTION;
  try {
    // What a private window refuses is found out by doing it.
    const probe = await seal('', { baseUrl: '', userId: '' }, 0, 0);
    await destroyKey(probe.id);
    return null;
  } catch {
    return NO_STORAGE;
  }
}

const NO_ENCRYPTION = /*i18n*/ {
  id: 'session.no-encryption',
  message: 'This page uses http, where browsers offer no encryption.',
};
const NO_STORAGE = /*i18n*/ {
  id: 'session.no-storage',
  message: 'The browser does not let this page store anything: it is a private window, or a setting forbids it.',
};

/** Encrypts with a new key. @throws where the browser has no WebCrypto or stores nothing */
export async function seal(text: string, owner: Owner, forgetAfterMs: number, now: number): Promise<Sealed> {
  const key = await crypto.subtle.generateKey(ALGORITHM, false, ['encrypt', 'decrypt']);
  const id = crypto.randomUUID();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: ALGORITHM.name, iv }, key, new TextEncoder().encode(text));
  await withKeys((db) => db.put('keys', { id, key, owner: { ...owner }, forgetAfterMs, usedAt: now }));
  return { id, iv: toBase64(iv), data: toBase64(new Uint8Array(data)) };
}

/** @returns the text; null where its key is gone, or was not used for too long */
export async function unseal(sealed: Sealed, now: number): Promise<{ text: string; forgetAfterMs: number } | null> {
  await destroyUnused(now);
  const record = await withKeys((db) => db.get('keys', sealed.id));
  if (!record) return null;
  const iv = fromBase64(sealed.iv);
  const bytes = await crypto.subtle.decrypt({ name: ALGORITHM.name, iv }, record.key, fromBase64(sealed.data));
  return { text: new TextDecoder().decode(bytes), forgetAfterMs: record.forgetAfterMs };
}

/** When a key was used last, by whichever tab; null where it is gone. */
export async function lastUse(id: string): Promise<number | null> {
  const record = await withKeys((db) => db.get('keys', id));
  return record?.usedAt ?? null;
}

/** Puts its end off. A key that is gone stays gone. */
export async function noteKeyUse(id: string, now: number): Promise<void> {
  await withKeys(async (db) => {
    const transaction = db.transaction('keys', 'readwrite');
    const record = await transaction.store.get(id);
    if (record) await transaction.store.put({ ...record, usedAt: now });
    await transaction.done;
  });
}

export async function destroyKey(id: string): Promise<void> {
  await withKeys((db) => db.delete('keys', id));
}

/** Those of all tabs of an account: open, asleep, or closed and still to be reopened. */
export async function destroyKeysOf(owner: Owner): Promise<void> {
  await destroyWhere((one) => one.owner.baseUrl === owner.baseUrl && one.owner.userId === owner.userId);
}

async function destroyUnused(now: number): Promise<void> {
  await destroyWhere(({ usedAt, forgetAfterMs }) => now - usedAt >= forgetAfterMs);
}

async function destroyWhere(isMeant: (record: KeyRecord) => boolean): Promise<void> {
  await withKeys(async (db) => {
    const transaction = db.transaction('keys', 'readwrite');
    for (const record of await transaction.store.getAll()) {
      if (isMeant(record)) await transaction.store.delete(record.id);
    }
    await transaction.done;
  });
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
