import { accountMemory } from './account-memory';

/** A request that a screen hands to the console. In memory only: a body may hold what no URL should. */
export interface ConsoleRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query. */
  readonly path: string;
  /** JSON, or empty. */
  readonly body: string;
}

/** What the console shows, or will show. Null: nothing yet. */
export const consoleDraft = accountMemory<ConsoleRequest | null>(null);
