import { createStore } from '~/lib/store';
import { currentSession, watchSession } from './session';

/** A request that a screen hands to the console. In memory only: a body may hold what no URL should. */
export interface ConsoleRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query. */
  readonly path: string;
  /** JSON, or empty. */
  readonly body: string;
}

/** What the console shows, or will show. Null: nothing yet. */
export const consoleDraft = createStore<ConsoleRequest | null>(null);

// What one admin wrote is nothing to the next.
watchSession(() => {
  if (currentSession().status === 'signed-out') consoleDraft.set(null);
});
