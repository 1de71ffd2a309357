import * as z from 'zod/mini';
import { destroyKey, lastUse, noteKeyUse, seal, unseal } from './token-vault';

/** What this tab keeps of its sessions over a reload: encrypted texts in its sessionStorage, whose keys lie in the vault. */

const KEY = 'glia.session';
/** A reload takes seconds. A tab that was closed, or on another site, for longer asks for the token again. */
export const AWAY_MS = 60_000;
/** Who adds an account is led to another site to sign in there, and back: as long as that may take. */
export const SIGNING_IN_MS = 30 * 60_000;

const sealed = { id: z.string(), iv: z.string(), data: z.string() };
/** When the page went away; not there while it is open, and after a crash. */
const leftAt = z.optional(z.number());
const storedSchema = z.object({
  accounts: z.array(z.object(sealed)),
  /** The key of the account that was shown. */
  shown: z.optional(z.string()),
  leftAt,
  /** It went away to a sign-in on another site. */
  isSigningIn: z.optional(z.boolean()),
});
type Stored = z.output<typeof storedSchema>;
/** As earlier versions of Glia kept the one account that a tab had. */
const formerSchema = z.object({ ...sealed, leftAt });

const NOTHING: Stored = { accounts: [] };

/** Storage can be forbidden (privacy settings): then nothing is kept. */
function read(): Stored {
  try {
    const json: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    const parsed = z.safeParse(storedSchema, json);
    if (parsed.success) return parsed.data;
    const former = z.safeParse(formerSchema, json);
    if (!former.success) return NOTHING;
    const { leftAt: left, ...account } = former.data;
    return { accounts: [account], shown: account.id, leftAt: left };
  } catch {
    return NOTHING;
  }
}

/** In one go: what another part of the page kept meanwhile stays. @throws where nothing can be stored */
function change(how: (stored: Stored) => Stored): void {
  const next = how(read());
  // Without an account nothing stays, nor what an earlier version of Glia kept there unencrypted.
  if (next.accounts.length === 0) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(next));
}

function changeIfPossible(how: (stored: Stored) => Stored): void {
  try {
    change(how);
  } catch {
    // See read.
  }
}

/**
 * @param former the key of what it takes the place of, which is not destroyed here
 * @returns the id of its key. @throws where nothing can be kept
 */
export async function keep(
  session: { homeserver: { baseUrl: string }; userId: string },
  former: string | null,
  forgetAfterMs: number,
  now: number,
): Promise<string> {
  const owner = { baseUrl: session.homeserver.baseUrl, userId: session.userId };
  const sealed = await seal(JSON.stringify(session), owner, forgetAfterMs, now);
  try {
    change((stored) => {
      const at = stored.accounts.findIndex(({ id }) => id === former);
      const accounts = at < 0 ? [...stored.accounts, sealed] : stored.accounts.with(at, sealed);
      return { ...stored, accounts };
    });
  } catch (error) {
    await destroyKey(sealed.id).catch(() => undefined);
    throw error;
  }
  return sealed.id;
}

/** @param id of the key of the account that the tab shows; null: of that one nothing is kept */
export function keepShown(id: string | null): void {
  if ((read().shown ?? null) !== id) changeIfPossible((stored) => ({ ...stored, shown: id ?? undefined }));
}

export interface Kept {
  id: string;
  session: unknown;
  forgetAfterMs: number;
}

/** What was kept. Of an account whose key is gone, or of all that were away for too long, nothing stays. */
export async function readKept(now: number): Promise<{ accounts: Kept[]; shown?: string; isKeyGone: boolean }> {
  const { accounts: stored, shown, leftAt: left, isSigningIn } = read();
  const wasAway = left !== undefined && Math.abs(now - left) > (isSigningIn ? SIGNING_IN_MS : AWAY_MS);
  const accounts: Kept[] = [];
  let isKeyGone = false;
  for (const one of stored) {
    const unsealed = await unseal(one, now).catch(() => null);
    const session = unsealed && !wasAway ? parse(unsealed.text) : undefined;
    if (unsealed && session !== undefined)
      accounts.push({ id: one.id, session, forgetAfterMs: unsealed.forgetAfterMs });
    else await forgetKept(one.id);
    isKeyGone ||= unsealed === null;
  }
  changeIfPossible((one) => ({ ...one, leftAt: undefined, isSigningIn: undefined }));
  return { accounts, ...(shown !== undefined && { shown }), isKeyGone };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The page goes away: for a reload, or for good. In one go, since nothing that takes time would end.
 * @param isSigningIn to another site, to sign in there
 */
export function noteLeaving(now: number, isSigningIn = false): void {
  changeIfPossible((stored) => ({ ...stored, leftAt: now, isSigningIn }));
}

/** @param id of the key. Never rejects: without its text a key opens nothing */
export async function forgetKept(id: string | null): Promise<void> {
  if (id === null) return;
  changeIfPossible((stored) => ({ ...stored, accounts: stored.accounts.filter((one) => one.id !== id) }));
  await destroyKey(id).catch(() => undefined);
}

/** All that the tab keeps. @param but the key of what stays; null: nothing does */
export async function forgetAllKept(but: string | null): Promise<void> {
  changeIfPossible((stored) => stored);
  const ids = read().accounts.map(({ id }) => id);
  await Promise.all(ids.filter((id) => id !== but).map(forgetKept));
}

/** Whether another tab that shares the key (a duplicated one) used it since. */
export async function wasUsedSince(id: string, at: number): Promise<boolean> {
  const used = await lastUse(id).catch(() => null);
  return used !== null && used > at;
}

export async function noteUseOfKept(id: string, now: number): Promise<void> {
  await noteKeyUse(id, now).catch(() => undefined);
}
