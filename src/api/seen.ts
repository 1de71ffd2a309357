import type { SentWith } from './held';

/** A request and what came of it. Never a body, a header or a token. */
export interface SeenRequest {
  signal: AbortSignal | undefined;
  /** When it was sent, epoch ms. */
  at: number;
  method: string;
  path: string;
  /** Null: no answer came. */
  status: number | null;
  /** The homeserver's errcode, or what kind of error it was; empty: none. */
  outcome: string;
  ms: number;
}

type Watcher = (seen: SeenRequest, sent: SentWith) => void;

const watchers: Watcher[] = [];

/** Tells of each request once it is answered, or will not be, and with whose token it was sent. */
export function watchRequests(onSeen: Watcher): void {
  watchers.push(onSeen);
}

export function tellWatchers(seen: SeenRequest, sent: SentWith): void {
  for (const watcher of watchers) watcher(seen, sent);
}
