import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import type { SentWith } from '~/api/held';
import type { Homeserver } from '~/api/request';
import { invariant } from '~/lib/invariant';
import { createStore } from '~/lib/store';
import { forgetDrafts } from './kept-drafts';
import { forgetAllKept, forgetKept, keep, keepShown, noteUseOfKept, readKept, wasUsedSince } from './kept-session';
import { sessionSchema, type Session } from './session-schema';
import { tellSessionTabs } from './session-channel';
import { destroyKeysOf } from './token-vault';
import type { Text } from '~/lib/text';

export type { Session };

/** Of an account of this tab. */
export type AccountState =
  | { status: 'signed-in'; session: Session }
  /** The server no longer takes the token. The page stays as it is; sign-in opens over it. */
  | { status: 'expired'; session: Session; reason: Text };

/** Of the account that is shown. */
export type SessionState =
  | AccountState
  /** With why, where it was not done here and now. `isAway`: the page sleeps, and is loaded again before it is seen. */
  | { status: 'signed-out'; why?: Text; isAway?: boolean };

/** `tab`: outlives a reload of this tab; `page`: in memory only. */
export type Keep = 'page' | 'tab';

const HOUR_MS = 3_600_000;
/** After which time without use a token is forgotten. Each has an end: what a lost tab left must not lie there for ever. */
export const FORGET_AFTER_MS = [HOUR_MS, 12 * HOUR_MS, 168 * HOUR_MS] as const;
export const FORGET_AFTER_DEFAULT_MS = 12 * HOUR_MS;

interface Account {
  state: AccountState;
  /** What was asked for. */
  keep: Keep;
  forgetAfterMs: number;
  /** Of the key with which the tab keeps it; null: the tab does not. */
  keyId: string | null;
  /** Since when today's token is the one that is sent, by `performance.now`. */
  since: number;
  /** When it was used last, by the wall clock: a machine that sleeps uses nothing. */
  usedAt: number;
}

/** In the order in which they were added. */
let accounts: readonly Account[] = [];
/** Those that were shown, the last one at the end: it is shown now. */
let shownOnes: readonly Account[] = [];
/** About to be signed in, as soon as it is kept: unless somebody signs out or in meanwhile. */
let entering: Account | null = null;

interface TabState {
  readonly shown: SessionState;
  readonly accounts: readonly AccountState[];
}
const store = createStore<TabState>({ shown: { status: 'signed-out' }, accounts: [] });

/** Whether the sign-in page is shown beside the accounts that are there, to add one. */
export const adding = createStore(false);

const shownOne = (): Account | undefined => shownOnes.at(-1);
const find = (owner: Owner): Account | undefined => accounts.find(({ state }) => isSame(ownerOf(state.session), owner));

/** @param how how it comes that nobody is signed in, where that is so */
function publish(how: { why?: Text; isAway?: boolean } = {}): void {
  shownOnes = shownOnes.filter((one) => accounts.includes(one));
  const now = shownOne() ?? accounts[0];
  if (now && shownOnes.length === 0) shownOnes = [now];
  if (how.isAway !== true) keepShown(now?.keyId ?? null);
  const states = accounts.map(({ state }) => state);
  store.set({ shown: now?.state ?? { status: 'signed-out', ...how }, accounts: states });
}

/** While what the tab kept is looked for: accounts that another tab signs out everywhere. Null: nothing is looked for. */
let signedOutMeanwhile: { owner: Owner; why: Text }[] | null = null;
/** Goes up with each sign-in and sign-out: what was kept before must not come back over it. */
let turn = 0;

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
  const usedAt = Date.now();
  let why: Text | undefined;
  const restored: Account[] = [];
  for (const { id, session, forgetAfterMs } of kept.accounts) {
    const parsed = z.safeParse(sessionSchema, session);
    // Its key was read before that tab destroyed it.
    const over = parsed.success && told.find(({ owner }) => isSame(ownerOf(parsed.data), owner));
    if (!parsed.success || over) {
      if (over) why = over.why;
      await forgetKept(id);
      continue;
    }
    const state: AccountState = { status: 'signed-in', session: parsed.data };
    const account = { state, keep: 'tab' as const, forgetAfterMs, keyId: id, since: 0, usedAt };
    restored.push(account);
    if (id === kept.shown) shownOnes = [account];
    void noteUseOfKept(id, usedAt);
  }
  accounts = restored;
  // A session that was ended, here or by another tab, takes with it what was entered in it.
  if (kept.isKeyGone || why !== undefined) forgetDraftsOfOthers();
  if (accounts.length > 0 || why !== undefined) publish(why === undefined ? {} : { why });
}

const forgetDraftsOfOthers = () => forgetDrafts(accounts.map(({ state }) => ownerOf(state.session)));

/** Of the account that is shown. */
export function currentSession(): SessionState {
  return store.get().shown;
}

/** Tells of each change, of whichever account of this tab. */
export const watchSession = store.subscribe;

/**
 * Adds an account to those of this tab, or gives it a new token, and shows it. At once, where it is for this page; else as soon as it is
 * kept, so that a reload finds it. Where it can't be, in memory.
 */
export function signIn(session: Session, keep: 'page', forgetAfterMs?: number): void;
export function signIn(session: Session, keep: Keep, forgetAfterMs?: number): Promise<void>;
export function signIn(session: Session, how: Keep, forgetAfterMs = FORGET_AFTER_DEFAULT_MS): Promise<void> | void {
  const state: AccountState = { status: 'signed-in', session };
  const account = { state, keep: how, forgetAfterMs, keyId: null, since: 0, usedAt: 0 };
  entering = account;
  turn += 1;
  const enter = () => {
    entering = null;
    account.since = performance.now();
    account.usedAt = Date.now();
    // What an earlier page of this tab kept and could not read.
    if (accounts.length === 0) void forgetAllKept(account.keyId);
    const former = find(ownerOf(session));
    void forgetKept(former?.keyId ?? null);
    accounts = former ? accounts.map((one) => (one === former ? account : one)) : [...accounts, account];
    forgetDraftsOfOthers();
    shownOnes = [...shownOnes, account];
    adding.set(false);
    publish();
  };
  if (how === 'page') enter();
  else return keepInTab(account, () => entering === account).then((isWanted) => (isWanted ? enter() : undefined));
}

/** @returns whether it was still wanted when it was kept, or could not be */
async function keepInTab(account: Account, isWanted: () => boolean): Promise<boolean> {
  const { state, forgetAfterMs, keyId } = account;
  const id = await keep(state.session, keyId, forgetAfterMs, Date.now()).catch(() => null);
  if (isWanted()) account.keyId = id;
  else await forgetKept(id);
  return isWanted();
}

/** What changed of an account of this tab is kept as it was kept before. */
async function change(account: Account, session: Session): Promise<void> {
  const state: AccountState = { ...account.state, session };
  account.state = state;
  publish();
  const { keyId } = account;
  if (keyId === null) return;
  await keepAnew(account);
  await forgetKept(keyId);
}

async function keepAnew(account: Account): Promise<void> {
  const { state } = account;
  if (await keepInTab(account, () => account.state === state && accounts.includes(account))) publish();
}

/** Fresh tokens of an account, shown or not, in the place of the former ones: in memory, and, once this is over, in what the tab keeps. */
export async function renewToken(
  owner: Owner,
  { token, ...fresh }: Partial<Session> & { token: string },
): Promise<void> {
  const account = find(owner);
  if (account?.state.status !== 'signed-in') return;
  const { keyId } = account;
  const { session } = account.state;
  account.since = performance.now();
  await change(account, { ...session, ...fresh, homeserver: { ...session.homeserver, token } });
  // A tab that was duplicated from this one takes a key of its own.
  if (keyId !== null) tellSessionTabs({ type: 'key-destroyed', id: keyId });
}

/** Shows another account of this tab. What it runs goes on all the while. */
export function showAccount(owner: Owner): void {
  const account = find(owner);
  if (!account || account === shownOne()) return;
  shownOnes = [...shownOnes.filter((one) => one !== account), account];
  publish();
}

/** How long the token of the account that is shown is kept, for people to read. */
export function tokenKeeping(): { overReload: boolean; forgetAfterMs: number } {
  const { keyId = null, forgetAfterMs = FORGET_AFTER_DEFAULT_MS } = shownOne() ?? {};
  return { overReload: keyId !== null, forgetAfterMs };
}

/** How long the token of an account of this tab was to be kept. */
export function keepingOf(owner: Owner): { keep: Keep; forgetAfterMs: number } {
  const { keep: how = 'page', forgetAfterMs = FORGET_AFTER_DEFAULT_MS } = find(owner) ?? {};
  return { keep: how, forgetAfterMs };
}

/** A new token for the account whose token ran out, kept as the former one was. */
export function signInAgain(session: Session): Promise<void> {
  const { keep: how, forgetAfterMs } = keepingOf(ownerOf(session));
  const readOnly = sessionOf(ownerOf(session))?.readOnly === true;
  return Promise.resolve(signIn(readOnly ? { ...session, readOnly } : session, how, forgetAfterMs));
}

/** From now on the account that is shown changes nothing, or again what is asked for. It is kept as long as the session is. */
export async function setReadOnly(readOnly: boolean): Promise<void> {
  const account = shownOne();
  if (account?.state.status === 'signed-in') await change(account, { ...account.state.session, readOnly });
}

/**
 * Forgets the token of an account in this tab. The server is not told: a pasted token may belong to another app.
 * @param why where nobody asked for it here and now
 * @param owner missing: of the account that is shown
 */
export function signOut(why?: Text, owner?: Owner): void {
  const account = owner ? find(owner) : shownOne();
  const keyId = account?.keyId ?? null;
  void forgetKept(keyId);
  // A tab that was duplicated from this one takes a key of its own.
  if (keyId !== null) tellSessionTabs({ type: 'key-destroyed', id: keyId });
  leave(account, why);
}

/** Forgets it in all tabs of this browser that are signed in as the account that is shown, also in those that sleep or were closed. */
export async function signOutEverywhere(): Promise<void> {
  const account = shownOne();
  if (!account) return;
  const owner = ownerOf(account.state.session);
  const { keyId } = account;
  leave(account);
  tellSessionTabs({ type: 'signed-out', owner });
  await forgetKept(keyId);
  await destroyKeysOf(owner).catch(() => undefined);
}

/** The page goes away and may come back as it is: until then it has no token. What the tab keeps stays. */
export function forgetInMemory(): void {
  turn += 1;
  entering = null;
  if (accounts.length === 0) return;
  accounts = [];
  publish({ isAway: true });
}

type Departure = (session: Session, why: Text) => void;
const departures = new Set<Departure>();

/** Tells where an account of this tab was signed out, and nobody asked for it here. @returns a function that ends it */
export function watchDepartures(tell: Departure): () => void {
  departures.add(tell);
  return () => departures.delete(tell);
}

function leave(account: Account | undefined, why?: Text): void {
  turn += 1;
  // Another one that is just being added has nothing to do with it.
  if (!account || (entering && isSame(ownerOf(entering.state.session), ownerOf(account.state.session))))
    entering = null;
  accounts = accounts.filter((one) => one !== account);
  forgetDraftsOfOthers();
  publish(why === undefined ? {} : { why });
  if (account && why !== undefined) for (const tell of departures) tell(account.state.session, why);
}

/** In another tab this account was signed out everywhere. */
export function signOutAs(owner: Owner, why: Text): void {
  signedOutMeanwhile?.push({ owner, why });
  if (find(owner)) signOut(why, owner);
}

/** Another tab destroyed the key that this one shared with it. */
export async function renewKey(id: string): Promise<void> {
  const account = accounts.find(({ keyId }) => keyId === id);
  if (account?.state.status !== 'signed-in') return;
  await keepAnew(account);
}

/**
 * Called where an answer says that the token is no longer good.
 * @param sentAt when its request was sent: a late word about the token before says nothing about today's
 * @param sentWith missing: with the token of the account that is shown
 */
export function expireSession(reason: Text, sentAt = Number.POSITIVE_INFINITY, sentWith?: SentWith): void {
  const account = sentWith ? accounts.find(({ state }) => hasToken(state.session, sentWith)) : shownOne();
  if (account?.state.status !== 'signed-in' || sentAt < account.since) return;
  void forgetKept(account.keyId);
  account.keyId = null;
  account.state = { status: 'expired', session: account.state.session, reason };
  publish();
}

const NOTED_EVERY_MS = 60_000;

/** Somebody does something here with the account that is shown. */
export function noteUse(now = Date.now()): void {
  const account = shownOne();
  if (account) noteUseOf(account, now);
}

function noteUseOf(account: Account, now = Date.now()): void {
  if (Math.abs(now - account.usedAt) < NOTED_EVERY_MS) return;
  account.usedAt = now;
  if (account.keyId !== null) void noteUseOfKept(account.keyId, now);
}

const stays: ((owner: Owner) => boolean)[] = [];

/** While this is true, an account is not signed out for want of use: that would lose what can't be had again. */
export function stayWhile(isNeeded: (owner: Owner) => boolean): void {
  stays.push(isNeeded);
}

/**
 * Signs out each account with which nothing was done for as long as was chosen. To call now and then, and when the page comes into
 * sight.
 */
export async function signOutIfUnused(why: (forgetAfterMs: number) => Text, now = Date.now()): Promise<void> {
  await Promise.all(
    accounts.map(async (account) => {
      const { forgetAfterMs, keyId } = account;
      const owner = ownerOf(account.state.session);
      const isUnused = () => now - account.usedAt >= forgetAfterMs && !stays.some((isNeeded) => isNeeded(owner));
      if (!isUnused()) return;
      // A tab that was duplicated from this one has the same key, and may be in use.
      if (keyId !== null && (await wasUsedSince(keyId, now - forgetAfterMs))) return;
      if (accounts.includes(account) && isUnused()) signOut(why(forgetAfterMs), owner);
    }),
  );
}

export function useSessionState(): SessionState {
  return useSyncExternalStore(store.subscribe, currentSession);
}

/** For everything inside the shell, which is only there with a session (also an expired one, behind the sign-in). */
export function useSession(): Session {
  const state = useSessionState();
  invariant(state.status !== 'signed-out', 'the shell is shown only with a session');
  return state.session;
}

/** All of this tab, in the order in which they were added. */
export const currentAccounts = (): readonly AccountState[] => store.get().accounts;

export function useAccounts(): readonly AccountState[] {
  return useSyncExternalStore(store.subscribe, currentAccounts);
}

export interface Owner {
  readonly baseUrl: string;
  readonly userId: string;
}

/** Of an account of this tab, shown or not; null: it is none of this tab's. */
export const sessionOf = (owner: Owner): Session | null => find(owner)?.state.session ?? null;

/** The homeserver with today's token for who began a job, or null: another account never continues it. */
export function homeserverOf(owner: Owner): Homeserver | null {
  const account = find(owner);
  if (account?.state.status !== 'signed-in') return null;
  noteUseOf(account);
  return account.state.session.homeserver;
}

export const ownerOf = (session: Session): Owner => ({ baseUrl: session.homeserver.baseUrl, userId: session.userId });
export const isSame = (one: Owner, other: Owner) => one.baseUrl === other.baseUrl && one.userId === other.userId;

/** Of whom a request was sent with this token; null: of nobody who is signed in here now. */
export const senderOf = (sent: SentWith): Session | null =>
  accounts.find(({ state }) => hasToken(state.session, sent))?.state.session ?? null;
const hasToken = ({ homeserver: { baseUrl, token } }: Session, sent: SentWith) =>
  baseUrl === sent.baseUrl && token === sent.token;
