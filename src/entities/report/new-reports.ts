import { listEventReports, listUserReports } from '~/api/reports';
import type { Homeserver } from '~/api/request';
import { has } from '~/api/since';
import { accountMemory } from '~/data/account-memory';
import { ownerOf, senderOf } from '~/data/session';

/**
 * How many reports came while Glia was open, by the homeserver's own clock: those that are newer than the newest of the first look, or
 * than what the queue showed last.
 */
interface News {
  /** The newest that was there at the first look, for each list; null: not looked at so far. */
  readonly known: { readonly messages: number | null; readonly users: number | null };
  readonly newest: { readonly messages: number; readonly users: number };
  readonly count: { readonly messages: number; readonly users: number };
}

/** So many are counted. */
export const MOST_NEW = 20;

const NONE: News = {
  known: { messages: null, users: null },
  newest: { messages: 0, users: 0 },
  count: { messages: 0, users: 0 },
};
const memory = accountMemory<News>(NONE);

export const newReports = {
  subscribe: memory.subscribe,
  count: () => memory.get().count.messages + memory.get().count.users,
};

/** The queue was looked at: nothing of it is new any more. */
export function sawReports(): void {
  const news = memory.get();
  const { known, newest } = news;
  const at = (list: 'messages' | 'users') => (known[list] === null ? null : Math.max(known[list], newest[list]));
  const count = { messages: 0, users: 0 };
  if (newReports.count() > 0) memory.set({ ...news, known: { messages: at('messages'), users: at('users') }, count });
}

/** One small request: the newest of one of the two lists, by turns. */
export async function lookForReports(hs: Homeserver, turn: number, signal?: AbortSignal): Promise<void> {
  const sender = senderOf(hs);
  if (!sender) return;
  const store = memory.of(ownerOf(sender));
  const list = turn % 2 === 1 && has(hs.version, 'user-reports') ? 'users' : 'messages';
  const query = { limit: MOST_NEW, dir: 'b' } as const;
  const { rows } = await (list === 'users' ? listUserReports : listEventReports)(hs, query, signal);
  const times = rows.map(({ received_ts: ms }) => ms ?? 0);
  const news = store.get();
  const newest = Math.max(0, ...times);
  const known = news.known[list] ?? newest;
  store.set({
    ...news,
    known: { ...news.known, [list]: known },
    newest: { ...news.newest, [list]: newest },
    count: { ...news.count, [list]: times.filter((ms) => ms > known).length },
  });
}
