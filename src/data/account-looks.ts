import { openDB, type DBSchema } from 'idb';
import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { createStore } from '~/lib/store';
import { draftKey } from './kept-drafts';
import {
  currentAccounts,
  currentSession,
  isSame,
  ownerOf,
  useAccounts,
  type AccountState,
  type Owner,
  type Session,
} from './session';
import { openBriefly } from './open-briefly';

/**
 * How an account of this tab is told from the others: a colour and a name, in this browser for as long as nobody forgets them. They are
 * shown, and kept, where a tab has more than one account.
 */

export const ACCOUNT_COLORS = ['blue', 'orange', 'green', 'grape', 'teal', 'red', 'indigo', 'pink'] as const;
export type AccountColor = (typeof ACCOUNT_COLORS)[number];

const lookSchema = z.object({ name: z.optional(z.string()), color: z.optional(z.enum(ACCOUNT_COLORS)) });
/** What was chosen, or fell to it; what is missing is made from the account itself. */
export type KeptLook = z.output<typeof lookSchema>;

export interface AccountLook {
  readonly name: string;
  readonly color: AccountColor;
}

interface Schema extends DBSchema {
  looks: { key: [baseUrl: string, userId: string]; value: KeptLook };
}

const withLooks = openBriefly(() =>
  openDB<Schema>('glia-accounts', 1, {
    upgrade: (db) => void db.createObjectStore('looks'),
  }),
);

const keyOf = (owner: Owner) => draftKey(owner, '');
const store = createStore<ReadonlyMap<string, KeptLook>>(new Map());

/** Reads what is kept. Where nothing can be, each account has the look that falls to it. */
export async function loadLooks(): Promise<void> {
  try {
    const [keys, values] = await withLooks((db) => Promise.all([db.getAllKeys('looks'), db.getAll('looks')]));
    const kept = new Map<string, KeptLook>();
    for (const [index, [baseUrl, userId]] of keys.entries()) {
      // Another version of Glia may have written it.
      const parsed = z.safeParse(lookSchema, values[index]);
      if (parsed.success) kept.set(keyOf({ baseUrl, userId }), parsed.data);
    }
    // What was chosen meanwhile is newer.
    store.set(new Map([...kept, ...store.get()]));
  } catch {
    // Private windows store nothing.
  }
}

/** An empty name: the one that falls to it. */
export async function keepLook(owner: Owner, { name, color }: KeptLook): Promise<void> {
  const chosen = name?.trim() ?? '';
  const look: KeptLook = { ...(chosen !== '' && { name: chosen }), ...(color && { color }) };
  store.set(new Map(store.get()).set(keyOf(owner), look));
  await withLooks((db) => db.put('looks', look, [owner.baseUrl, owner.userId])).catch(() => undefined);
}

/** Keeps the colours that fell to these accounts: they stay the same when another account comes or goes. */
export async function keepColors(accounts: readonly AccountState[]): Promise<void> {
  const sessions = accounts.map(({ session }) => session);
  for (const session of sessions) {
    const kept = store.get().get(keyOf(ownerOf(session)));
    if (kept?.color === undefined) {
      await keepLook(ownerOf(session), { ...kept, color: lookOf(session, sessions, store.get()).color });
    }
  }
}

/** Of each account of the tab, in the order in which they were added: no two have the same colour while there are enough. */
export function lookOf(session: Session, all: readonly Session[], kept: ReadonlyMap<string, KeptLook>): AccountLook {
  const own = kept.get(keyOf(ownerOf(session)));
  return { name: own?.name ?? nameOf(session, all), color: own?.color ?? colorOf(session, all, kept) };
}

/** The server's name, as far as that says which account it is. */
export function nameOf(session: Session, all: readonly Session[]): string {
  const { serverName, userId, homeserver } = session;
  const others = all.filter((one) => one.serverName === serverName && !isSame(ownerOf(one), ownerOf(session)));
  if (others.length === 0) return serverName;
  const here = others.some((one) => one.homeserver.baseUrl === homeserver.baseUrl);
  // A copy of a homeserver, for trying things out, has the same name at another place.
  return here ? `${serverName} · ${userId.split(':')[0]}` : `${serverName} · ${hostOf(homeserver.baseUrl)}`;
}

export const hostOf = (baseUrl: string): string => URL.parse(baseUrl)?.host ?? baseUrl;

function colorOf(session: Session, all: readonly Session[], kept: ReadonlyMap<string, KeptLook>): AccountColor {
  const taken = new Set<AccountColor>();
  for (const one of all) {
    const color = kept.get(keyOf(ownerOf(one)))?.color;
    if (color) taken.add(color);
  }
  for (const one of all) {
    if (kept.get(keyOf(ownerOf(one)))?.color) continue;
    const color = ACCOUNT_COLORS.find((each) => !taken.has(each)) ?? ACCOUNT_COLORS[0];
    if (isSame(ownerOf(one), ownerOf(session))) return color;
    taken.add(color);
  }
  return ACCOUNT_COLORS[0];
}

/** What was chosen for an account; undefined: nothing. */
export const keptLook = (owner: Owner): KeptLook | undefined => store.get().get(keyOf(owner));

/** What a notice about another account than the one that is shown calls it; null: it is the one that is shown, or there is no other. */
export function nameOfOther(owner: Owner): string | null {
  const all = currentAccounts().map(({ session }) => session);
  const state = currentSession();
  const session = all.find((one) => isSame(ownerOf(one), owner));
  if (!session || state.status === 'signed-out' || isSame(ownerOf(state.session), owner)) return null;
  return lookOf(session, all, store.get()).name;
}

/** Of any account of this tab. */
export function useAccountLooks(): (session: Session) => AccountLook {
  const all = useAccounts().map(({ session }) => session);
  const kept = useSyncExternalStore(store.subscribe, store.get);
  return (session) => lookOf(session, all, kept);
}
