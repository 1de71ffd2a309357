import { currentSession, watchSession } from '~/data/session';
import { createStore } from '~/lib/store';
import type { Draft } from './draft';

/** What the console remembers in this page: until sign-out or reload, and nowhere else. */

/** Whether requests that change something may be sent. */
export const armed = createStore(false);

export interface SentRequest extends Draft {
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  /** Null: no answer came. */
  readonly status: number | null;
  readonly ms: number;
  /** Its body held a password or a token, which is not kept. */
  readonly isCut: boolean;
}

/** The last one first. */
export const sentRequests = createStore<readonly SentRequest[]>([]);

const MOST = 100;
let lastId = 0;

export function noteSent(request: Omit<SentRequest, 'id'>): void {
  lastId += 1;
  sentRequests.set([{ id: lastId, ...request }, ...sentRequests.get()].slice(0, MOST));
}

watchSession(() => {
  if (currentSession().status !== 'signed-out') return;
  armed.set(false);
  sentRequests.set([]);
});
