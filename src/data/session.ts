import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import type { Homeserver } from '~/api/request';
import { invariant } from '~/lib/invariant';
import { createStore } from '~/lib/store';
import { forgetDrafts } from './kept-drafts';
import { forgetKept, keep, noteUseOfKept, readKept, wasUsedSince } from './kept-session';
import { tellSessionTabs } from './session-channel';
import { destroyKey, destroyKeysOf } from './token-vault';
import type { Text } from '~/lib/text';

/** As whom this tab acts, and where. The token lives here and nowhere else: in memory and, unless unwanted, encrypted in the tab. */
const sessionSchema = z.object({
  homeserver: z.object({
    baseUrl: z.string(),
    token: z.string(),
    version: z.optional(z.string()),
    mas: z.optional(z.object({ baseUrl: z.string() })),
  }),
  userId: z.string(),
  /** The part after the colon of the admin's own id. Room ids of version 12 have none: never split those. */
  serverName: z.string(),
  /** Synapse's version as it says it, e.g. `1.163.2`. */
  version: z.string(),
  /** Matrix Authentication Service is in front: some endpoints are gone (synapse-admin-api §4.1). */
  mas: z.boolean(),
  /** The embedded demo homeserver. */
  demo: z.boolean(),
  /** The admin wants this tab to change nothing. */
  readOnly: z.optional(z.boolean()),
  /** Glia made it by a password or single sign-on: nothing else uses its token. */
  isObtained: z.optional(z.boolean()),
});
export type Session = z.output<typeof sessionSchema>;

export type SessionState =
  /** With why, where it was not done here and now. `isAway`: the page sleeps, and is loaded again before it is seen. */
  | { status: 'signed-out'; why?: Text; isAway?: boolean }
  | { status: 'signed-in'; session: Session }
  /** The server no longer takes the token. The page stays as it is; sign-in opens over it. */
  | { status: 'expired'; session: Session; reason: Text };

/** `tab`: outlives a reload of this tab; `page`: in memory only. */
export type Keep = 'page' | 'tab';

const HOUR_MS = 3_600_000;
/** After which time without use a token is forgotten. Each has an end: what a lost tab left must not lie there for ever. */
export const FORGET_AFTER_MS = [HOUR_MS, 12 * HOUR_MS, 168 * HOUR_MS] as const;
export const FORGET_AFTER_DEFAULT_MS = 12 * HOUR_MS;

const store = createStore<SessionState>({ status: 'signed-out' });
/** What was asked for, and the id of the key where the tab keeps the session. */
let keeping: { keep: Keep; keyId: string | null; forgetAfterMs: number } = {
  keep: 'page',
  keyId: null,
  forgetAfterMs: FORGET_AFTER_DEFAULT_MS,
};
/** Since when today's token is the one that is sent, by `performance.now`. */
let since = 0;
/** When the session was used last, by the wall clock: a machine that sleeps uses nothing. */
let usedAt = 0;
/** Goes up with each sign-in and sign-out: what was begun for one session must not end in another. */
let turn = 0;

/** While what the tab kept is looked for: accounts that another tab signs out everywhere. Null: nothing is looked for. */
let signedOutMeanwhile: { owner: Owner; why: Text }[] | null = null;

const RESTORE_MS = 5000;

/** Signs this page in with what its tab kept over a reload. To await before the first render. Never rejects. */
export async function restoreSession(): Promise<void> {
  // A disk that does not answer must not keep the sign-in page away.
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), RESTORE_MS));
  const mine = turn;
  const told: { owner: Owner; why: Text }[] = [];
  signedOutMeanwhile = told;
  const kept = await Promise.race([readKept(Date.now()).catch(() => null), patience]);
  signedOutMeanwhile = null;
  if (!kept || mine !== turn) return;
  if (kept === 'key-gone') {
    // That session was ended, here or by another tab: with it goes what was entered in it.
    forgetDrafts();
    return;
  }
  const parsed = z.safeParse(sessionSchema, kept.session);
  if (!parsed.success) {
    await forgetKept(kept.id);
    return;
  }
  // Its key was read before that tab destroyed it.
  const over = told.find(({ owner }) => isSame(ownerOf(parsed.data), owner));
  if (over) {
    leave({ why: over.why });
    await forgetKept(kept.id);
    return;
  }
  keeping = { keep: 'tab', keyId: kept.id, forgetAfterMs: kept.forgetAfterMs };
  usedAt = Date.now();
  void noteUseOfKept(kept.id, usedAt);
  store.set({ status: 'signed-in', session: parsed.data });
}

export function currentSession(): SessionState {
  return store.get();
}

export const watchSession = store.subscribe;

/** At once, where it is for this page; else as soon as it is kept, so that a reload finds it. Where it can't be, in memory. */
export function signIn(session: Session, keep: 'page', forgetAfterMs?: number): void;
export function signIn(session: Session, keep: Keep, forgetAfterMs?: number): Promise<void>;
export function signIn(session: Session, how: Keep, forgetAfterMs = FORGET_AFTER_DEFAULT_MS): Promise<void> | void {
  const { keyId } = keeping;
  void forgetKept(keyId);
  keeping = { keep: how, keyId: null, forgetAfterMs };
  turn += 1;
  const enter = () => {
    since = performance.now();
    usedAt = Date.now();
    forgetDrafts(ownerOf(session));
    store.set({ status: 'signed-in', session });
  };
  if (how === 'page') enter();
  else return keepInTab(session, turn).then((isCurrent) => (isCurrent ? enter() : undefined));
}

/** @returns whether nobody signed in or out in the meantime */
async function keepInTab(session: Session, mine: number): Promise<boolean> {
  const keyId = await keep(session, keeping.forgetAfterMs, Date.now()).catch(() => null);
  if (mine === turn) keeping = { ...keeping, keyId };
  else await forgetKept(keyId);
  return mine === turn;
}

/** How long the token of this session is kept, for people to read. */
export function tokenKeeping(): { overReload: boolean; forgetAfterMs: number } {
  return { overReload: keeping.keyId !== null, forgetAfterMs: keeping.forgetAfterMs };
}

/** A new token for the account whose token ran out, kept as the former one was. */
export function signInAgain(session: Session): Promise<void> {
  const state = store.get();
  const readOnly = 'session' in state && state.session.readOnly === true;
  return Promise.resolve(signIn(readOnly ? { ...session, readOnly } : session, keeping.keep, keeping.forgetAfterMs));
}

/** From now on this tab changes nothing, or again what is asked for. It is kept as long as the session is. */
export async function setReadOnly(readOnly: boolean): Promise<void> {
  const state = store.get();
  if (state.status !== 'signed-in') return;
  const session = { ...state.session, readOnly };
  store.set({ status: 'signed-in', session });
  const { keyId } = keeping;
  if (keyId === null) return;
  await keepInTab(session, turn);
  if (keeping.keyId !== keyId) await destroyKey(keyId).catch(() => undefined);
}

/**
 * Forgets the token in this tab. The server is not told: a pasted token may belong to another app.
 * @param why where nobody asked for it here and now
 */
export function signOut(why?: Text): void {
  const { keyId } = keeping;
  void forgetKept(keyId);
  // A tab that was duplicated from this one takes a key of its own.
  if (keyId !== null) tellSessionTabs({ type: 'key-destroyed', id: keyId });
  leave(why === undefined ? {} : { why });
}

/** Forgets it in all tabs of this browser that are signed in as this account, also in those that sleep or were closed. */
export async function signOutEverywhere(): Promise<void> {
  const state = store.get();
  if (state.status === 'signed-out') return;
  const owner = ownerOf(state.session);
  const { keyId } = keeping;
  leave();
  tellSessionTabs({ type: 'signed-out', owner });
  await forgetKept(keyId);
  await destroyKeysOf(owner).catch(() => undefined);
}

/** The page goes away and may come back as it is: until then it has no token. What the tab keeps stays. */
export function forgetInMemory(): void {
  if (store.get().status !== 'signed-out') leave({ isAway: true });
}

function leave(how: { why?: Text; isAway?: boolean } = {}): void {
  turn += 1;
  keeping = { ...keeping, keyId: null };
  if (how.isAway !== true) forgetDrafts();
  store.set({ status: 'signed-out', ...how });
}

/** In another tab this account was signed out everywhere. */
export function signOutAs(owner: Owner, why: Text): void {
  signedOutMeanwhile?.push({ owner, why });
  const state = store.get();
  if (state.status === 'signed-out' || !isSame(ownerOf(state.session), owner)) return;
  signOut(why);
}

/** Another tab destroyed the key that this one shared with it. */
export async function renewKey(id: string): Promise<void> {
  const state = store.get();
  if (keeping.keyId === id && state.status === 'signed-in') await keepInTab(state.session, turn);
}

/**
 * Called where an answer says that the token is no longer good.
 * @param sentAt when its request was sent: a late word about the token before says nothing about today's
 */
export function expireSession(reason: Text, sentAt = Number.POSITIVE_INFINITY): void {
  const state = store.get();
  if (state.status !== 'signed-in' || sentAt < since) return;
  void forgetKept(keeping.keyId);
  turn += 1;
  keeping = { ...keeping, keyId: null };
  store.set({ status: 'expired', session: state.session, reason });
}

const NOTED_EVERY_MS = 60_000;

/** Somebody does something here, or a job of theirs does. */
export function noteUse(now = Date.now()): void {
  if (Math.abs(now - usedAt) < NOTED_EVERY_MS) return;
  usedAt = now;
  if (keeping.keyId !== null) void noteUseOfKept(keeping.keyId, now);
}

const stays: (() => boolean)[] = [];

/** While this is true, the session does not end for want of use: signing out would lose what can't be had again. */
export function stayWhile(isNeeded: () => boolean): void {
  stays.push(isNeeded);
}

/** Signs out where nothing was done for as long as was chosen. To call now and then, and when the page comes into sight. */
export async function signOutIfUnused(why: Text, now = Date.now()): Promise<void> {
  const { keyId, forgetAfterMs } = keeping;
  const isUnused = () =>
    store.get().status !== 'signed-out' && now - usedAt >= forgetAfterMs && !stays.some((isNeeded) => isNeeded());
  if (!isUnused()) return;
  // A tab that was duplicated from this one has the same key, and may be in use.
  if (keyId !== null && (await wasUsedSince(keyId, now - forgetAfterMs))) return;
  if (isUnused()) signOut(why);
}

export function useSessionState(): SessionState {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** For everything inside the shell, which is only there with a session (also an expired one, behind the sign-in). */
export function useSession(): Session {
  const state = useSessionState();
  invariant(state.status !== 'signed-out', 'the shell is shown only with a session');
  return state.session;
}

export interface Owner {
  readonly baseUrl: string;
  readonly userId: string;
}

/** The homeserver with today's token for who began a job, or null: another account never continues it. */
export function homeserverOf(owner: Owner): Homeserver | null {
  const state = store.get();
  if (state.status !== 'signed-in') return null;
  const { session } = state;
  if (!isSame(ownerOf(session), owner)) return null;
  noteUse();
  return session.homeserver;
}

export const ownerOf = (session: Session): Owner => ({ baseUrl: session.homeserver.baseUrl, userId: session.userId });
const isSame = (one: Owner, other: Owner) => one.baseUrl === other.baseUrl && one.userId === other.userId;
