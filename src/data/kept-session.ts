import * as z from 'zod/mini';
import { destroyKey, lastUse, noteKeyUse, seal, unseal } from './token-vault';

/** What this tab keeps of its session over a reload: encrypted text in its sessionStorage, whose key lies in the vault. */

const KEY = 'glia.session';
/** A reload takes seconds. A tab that was closed, or on another site, for longer asks for the token again. */
export const AWAY_MS = 60_000;

const storedSchema = z.object({
  id: z.string(),
  iv: z.string(),
  data: z.string(),
  /** When the page went away; not there while it is open, and after a crash. */
  leftAt: z.optional(z.number()),
});
type Stored = z.output<typeof storedSchema>;

/** Storage can be forbidden (privacy settings): then nothing is kept. */
function read(): Stored | null {
  try {
    const text = sessionStorage.getItem(KEY);
    const parsed = z.safeParse(storedSchema, JSON.parse(text ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function remove(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // See read.
  }
}

/** @returns the id of its key. @throws where nothing can be kept */
export async function keep(
  session: { homeserver: { baseUrl: string }; userId: string },
  forgetAfterMs: number,
  now: number,
): Promise<string> {
  const owner = { baseUrl: session.homeserver.baseUrl, userId: session.userId };
  const sealed = await seal(JSON.stringify(session), owner, forgetAfterMs, now);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(sealed));
  } catch (error) {
    await destroyKey(sealed.id).catch(() => undefined);
    throw error;
  }
  return sealed.id;
}

export interface Kept {
  id: string;
  session: unknown;
  forgetAfterMs: number;
}

/**
 * What was kept, unless its key is gone or it was away for too long; then nothing of it stays.
 * @returns null where nothing was kept or it was away for too long
 */
export async function readKept(now: number): Promise<Kept | 'key-gone' | null> {
  const stored = read();
  if (stored) {
    const { leftAt } = stored;
    const wasAway = leftAt !== undefined && Math.abs(now - leftAt) > AWAY_MS;
    const unsealed = await unseal(stored, now).catch(() => null);
    const opened = wasAway ? null : unsealed;
    const session = opened && parse(opened.text);
    if (opened && session !== undefined) {
      write({ id: stored.id, iv: stored.iv, data: stored.data });
      return { id: stored.id, session, forgetAfterMs: opened.forgetAfterMs };
    }
    await destroyKey(stored.id).catch(() => undefined);
    if (unsealed === null) {
      remove();
      return 'key-gone';
    }
  }
  // Also what an earlier version of Glia kept there, unencrypted.
  remove();
  return null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function write(stored: Stored): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(stored));
  } catch {
    // See read.
  }
}

/** The page goes away: for a reload, or for good. In one go, since nothing that takes time would end. */
export function noteLeaving(now: number): void {
  const stored = read();
  if (stored) write({ ...stored, leftAt: now });
}

/** @param id of the key, for what this page kept itself. Never rejects: without its text a key opens nothing */
export async function forgetKept(id: string | null): Promise<void> {
  const stored = read();
  remove();
  const ids = new Set([id, stored?.id ?? null]);
  for (const one of ids) if (one !== null) await destroyKey(one).catch(() => undefined);
}

/** Whether another tab that shares the key (a duplicated one) used it since. */
export async function wasUsedSince(id: string, at: number): Promise<boolean> {
  const used = await lastUse(id).catch(() => null);
  return used !== null && used > at;
}

export async function noteUseOfKept(id: string, now: number): Promise<void> {
  await noteKeyUse(id, now).catch(() => undefined);
}
