import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verdictOf } from '~/actions/plan';
import { lock } from '~/actions/user/lock';
import { send } from '~/api/ask';
import { listUsers } from '~/api/users';
import { createQueryClient } from '~/data/query-client';
import '~/data/read-only';
import { seenRequests } from '~/data/seen-requests';
import {
  currentAccounts,
  currentSession,
  ownerOf,
  sessionOf,
  setReadOnly,
  showAccount,
  signOut,
  type Session,
} from '~/data/session';
import { users } from '~/data/users';
import { isOver } from '~/jobs/phase';
import type { Job } from '~/jobs/job';
import { addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { leavePage, signInAt } from '~/testing/signed-in';
import { asServer, startAction } from './action-jobs';
import { homeserverFor } from './jobs';

/** Two homeservers in one tab: a job of the one goes on while the other is shown, and nothing of them mixes. */

const HERE = 'https://here.example';
const THERE = 'https://there.example';

let here: MockHomeserver;
let there: MockHomeserver;
/** The token of each request, by where it went. */
let sent: { base: string; token: string | null; method: string }[];
/** While there is one, what goes to the first homeserver waits for it. */
let gate: Promise<void> | null;

beforeEach(() => {
  here = new MockHomeserver({ serverName: 'here.example' });
  there = new MockHomeserver({ serverName: 'there.example' });
  sent = [];
  gate = null;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    const base = new URL(url).origin;
    sent.push({ base, token: request.headers.get('Authorization'), method: request.method });
    if (base === HERE && request.method === 'PUT') await gate;
    return (base === HERE ? here : there).handle(request);
  });
});
afterEach(() => {
  leavePage();
  signOut();
  vi.unstubAllGlobals();
});

async function lockAll(session: Session, ids: readonly string[]): Promise<Job> {
  const items = [];
  for (const id of ids) {
    const seen = await send(session.homeserver, lock.look(id, asServer(session)));
    const found = verdictOf(lock, id, seen, null, session.userId);
    if (found.verdict !== 'will') throw new Error(id);
    items.push(found.item);
  }
  return startAction(lock, { items, input: null }, session, items.length);
}

/** Changes at the first homeserver wait. @returns what lets them through */
function shut(): () => void {
  let open: (() => void) | undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  return () => open?.();
}

/** No disk here: it asks whether it may run without one. */
async function untilOver(job: Job): Promise<void> {
  await vi.waitFor(() => {
    const snapshot = job.getSnapshot();
    if (snapshot.state.phase === 'paused' && snapshot.state.why === 'unkept') job.resume();
    expect(isOver(job.getSnapshot())).toBe(true);
  });
}

describe('a job of one account', () => {
  it('goes on while another account is shown, with its own token, at its own homeserver', async () => {
    const names = ['anna', 'ben', 'cleo'].map((name) => addUser(here, name).name);
    const session = signInAt(HERE, here);
    const open = shut();
    const job = await lockAll(session, names);
    signInAt(THERE, there);
    expect(currentSession()).toMatchObject({ session: { serverName: 'there.example' } });
    sent = [];
    open();
    await untilOver(job);
    expect(job.getSnapshot().counts.done).toBe(3);
    expect(names.map((name) => here.state.users.get(name)?.locked)).toEqual([true, true, true]);
    expect(new Set(sent.map(({ base, token }) => `${base} ${token}`))).toEqual(
      new Set([`${HERE} Bearer ${here.adminToken}`]),
    );
  });

  it('pauses where its own account is signed out, and the other account is never asked to continue it', async () => {
    const { name } = addUser(here, 'anna');
    const session = signInAt(HERE, here);
    const open = shut();
    const job = await lockAll(session, [name]);
    signInAt(THERE, there);
    signOut(undefined, ownerOf(session));
    sent = [];
    open();
    await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('paused'));
    job.resume();
    await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('paused'));
    expect(sent).toEqual([]);
    expect(() => homeserverFor(ownerOf(session))).toThrow(/not signed in/);
  });

  it('whose token is refused asks its own account to sign in again, and leaves the one that is shown alone', async () => {
    const { name } = addUser(here, 'anna');
    const session = signInAt(HERE, here);
    const job = await lockAll(session, [name]);
    signInAt(THERE, there);
    here.state.tokens.clear();
    await vi.waitFor(() => {
      if (job.getSnapshot().state.phase === 'paused') job.resume();
      expect(currentAccounts().map(({ status }) => status)).toEqual(['expired', 'signed-in']);
    });
    expect(currentSession()).toMatchObject({ status: 'signed-in', session: { serverName: 'there.example' } });
  });

  it('is not held back by the read-only mode of another account, nor are the writes of that one let through', async () => {
    const session = signInAt(HERE, here);
    const other = signInAt(THERE, there);
    await setReadOnly(true);
    const job = await lockAll(session, [addUser(here, 'anna').name]);
    await untilOver(job);
    expect(job.getSnapshot().counts.done).toBe(1);
    const held = await lockAll(other, [addUser(there, 'ben').name]);
    await vi.waitFor(() => expect(held.getSnapshot().state).toMatchObject({ phase: 'paused' }));
    expect(sent.filter(({ base, method }) => base === THERE && method !== 'GET')).toEqual([]);
  });
});

describe('what was read', () => {
  it('for one account is gone from the cache when another one is shown, and its late answer reaches nobody', async () => {
    const session = signInAt(HERE, here);
    const client = createQueryClient();
    const list = users.total(session.homeserver, session);
    await client.fetchQuery(list);
    expect(client.getQueryCache().getAll()).toHaveLength(1);
    const late = client.fetchQuery(users.one(session.homeserver, here.adminId));
    const given = late.then(
      () => 'read',
      () => 'cancelled',
    );
    signInAt(THERE, there);
    expect(client.getQueryCache().getAll()).toEqual([]);
    await given;
    expect(client.getQueryCache().getAll()).toEqual([]);
  });

  it('is listed among the requests of the account that sent it', async () => {
    const session = signInAt(HERE, here);
    const other = signInAt(THERE, there);
    await listUsers(session.homeserver, { limit: 1 });
    await vi.waitFor(() => {
      showAccount(ownerOf(session));
      expect(seenRequests.get()).toHaveLength(1);
    });
    showAccount(ownerOf(other));
    expect(seenRequests.get()).toEqual([]);
    expect(sessionOf(ownerOf(session))).toEqual(session);
  });
});
