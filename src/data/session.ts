import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import type { Homeserver } from '~/api/request';
import { invariant } from '~/lib/invariant';
import { createStore } from '~/lib/store';

/** As whom this tab acts, and where. The token lives here and nowhere else: memory, and sessionStorage unless unwanted. */
const sessionSchema = z.object({
  homeserver: z.object({ baseUrl: z.string(), token: z.string() }),
  userId: z.string(),
  /** The part after the colon of the admin's own id. Room ids of version 12 have none: never split those. */
  serverName: z.string(),
  /** Synapse's version as it says it, e.g. `1.163.2`. */
  version: z.string(),
  /** Matrix Authentication Service is in front: some endpoints are gone (synapse-admin-api §4.1). */
  mas: z.boolean(),
  /** The embedded demo homeserver. */
  demo: z.boolean(),
});
export type Session = z.output<typeof sessionSchema>;

export type SessionState =
  | { status: 'signed-out' }
  | { status: 'signed-in'; session: Session }
  /** The server no longer takes the token. The page stays as it is; sign-in opens over it. */
  | { status: 'expired'; session: Session; reason: string };

const KEY = 'glia.session';
const store = createStore<SessionState>(restore());
let keepInTab = readStorage() !== null;
/** Since when today's token is the one that is sent, by `performance.now`. */
let since = 0;

/** Storage can be forbidden (privacy settings): then the token lives in memory only. */
function readStorage(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function writeStorage(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, text);
  } catch {
    // See readStorage.
  }
}

function restore(): SessionState {
  const text = readStorage();
  if (text === null) return { status: 'signed-out' };
  try {
    const parsed = z.safeParse(sessionSchema, JSON.parse(text));
    return parsed.success ? { status: 'signed-in', session: parsed.data } : { status: 'signed-out' };
  } catch {
    return { status: 'signed-out' };
  }
}

export function currentSession(): SessionState {
  return store.get();
}

export const watchSession = store.subscribe;

/** @param keep `tab`: survives a reload of this tab; `page`: memory only. */
export function signIn(session: Session, keep: 'tab' | 'page'): void {
  keepInTab = keep === 'tab';
  since = performance.now();
  writeStorage(keepInTab ? JSON.stringify(session) : null);
  store.set({ status: 'signed-in', session });
}

/** A new token for the account whose token ran out, kept where the former one was. */
export function signInAgain(session: Session): void {
  signIn(session, keepInTab ? 'tab' : 'page');
}

/** Forgets the token. The server is not told: a pasted token may belong to another app. */
export function signOut(): void {
  writeStorage(null);
  store.set({ status: 'signed-out' });
}

/**
 * Called where an answer says that the token is no longer good.
 * @param sentAt when its request was sent: a late word about the token before says nothing about today's
 */
export function expireSession(reason: string, sentAt = Number.POSITIVE_INFINITY): void {
  const state = store.get();
  if (state.status !== 'signed-in' || sentAt < since) return;
  writeStorage(null);
  store.set({ status: 'expired', session: state.session, reason });
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

/** The homeserver with today's token for who began a job, or null: another account never goes on with it. */
export function homeserverOf(owner: Owner): Homeserver | null {
  const state = store.get();
  if (state.status !== 'signed-in') return null;
  const { session } = state;
  return session.homeserver.baseUrl === owner.baseUrl && session.userId === owner.userId ? session.homeserver : null;
}
