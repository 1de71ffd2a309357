import { watchRequests, type SeenRequest } from '~/api/seen';
import { createStore } from '~/lib/store';
import { currentSession, watchSession } from './session';

/** What this page sent lately, whatever for: the last one first, in memory until sign-out. Never a body or a token. */

export type Sent = Omit<SeenRequest, 'signal'> & { readonly number: number };

const MOST = 100;
let count = 0;
let all: readonly Sent[] = [];
const store = createStore<readonly Sent[]>(all);
let isTold = true;

export const seenRequests = { get: store.get, subscribe: store.subscribe };

watchRequests(({ at, method, path, status, outcome, ms }) => {
  if (currentSession().status === 'signed-out') return;
  count += 1;
  all = [{ number: count, at, method, path, status, outcome, ms }, ...all.slice(0, MOST - 1)];
  if (!isTold) return;
  // A job sends thousands: who looks on is told a few times a second.
  isTold = false;
  setTimeout(() => {
    isTold = true;
    store.set(all);
  }, 200);
});

watchSession(() => {
  if (currentSession().status !== 'signed-out') return;
  all = [];
  store.set(all);
});
