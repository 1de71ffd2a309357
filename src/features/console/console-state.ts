import { accountMemory } from '~/data/account-memory';
import type { Owner } from '~/data/session';
import type { Draft } from './draft';

/** What the console remembers in this page: until sign-out or reload, and nowhere else. */

/** Whether requests that change something may be sent. */
export const armed = accountMemory(false);

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
export const sentRequests = accountMemory<readonly SentRequest[]>([]);

const MOST = 100;
let lastId = 0;

export function noteSent(owner: Owner, request: Omit<SentRequest, 'id'>): void {
  lastId += 1;
  const sent = sentRequests.of(owner);
  sent.set([{ id: lastId, ...request }, ...sent.get()].slice(0, MOST));
}
