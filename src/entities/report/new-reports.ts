import { listEventReports, listUserReports } from '~/api/reports';
import type { Homeserver } from '~/api/request';
import { has } from '~/api/since';
import { createStore } from '~/lib/store';
import { currentSession, watchSession } from '~/data/session';

/**
 * How many reports came while Glia was open, by the homeserver's own clock: those that are newer than the newest of the first look, or
 * than what the queue showed last.
 */
interface News {
  readonly baseUrl: string;
  /** The newest that was there at the first look, for each list; null: not looked at so far. */
  readonly known: { readonly messages: number | null; readonly users: number | null };
  readonly newest: { readonly messages: number; readonly users: number };
  readonly count: { readonly messages: number; readonly users: number };
}

/** So many are counted. */
export const MOST_NEW = 20;

const NONE: News = {
  baseUrl: '',
  known: { messages: null, users: null },
  newest: { messages: 0, users: 0 },
  count: { messages: 0, users: 0 },
};
const store = createStore<News>(NONE);

watchSession(() => {
  if (currentSession().status === 'signed-out') store.set(NONE);
});

export const newReports = {
  subscribe: store.subscribe,
  count: () => store.get().count.messages + store.get().count.users,
};

/** The queue was looked at: nothing of it is new any more. */
export function sawReports(): void {
  const news = store.get();
  const { known, newest } = news;
  const at = (list: 'messages' | 'users') => (known[list] === null ? null : Math.max(known[list], newest[list]));
  const count = { messages: 0, users: 0 };
  if (newReports.count() > 0) store.set({ ...news, known: { messages: at('messages'), users: at('users') }, count });
}

/** One small request: the newest of one of the two lists, by turns. */
export async function lookForReports(hs: Homeserver, turn: number, signal?: AbortSignal): Promise<void> {
  if (store.get().baseUrl !== hs.baseUrl) store.set({ ...NONE, baseUrl: hs.baseUrl });
  const list = turn % 2 === 1 && has(hs.version, 'user-reports') ? 'users' : 'messages';
  const query = { limit: MOST_NEW, dir: 'b' } as const;
  const { rows } = await (list === 'users' ? listUserReports : listEventReports)(hs, query, signal);
  const times = rows.map(({ received_ts: ms }) => ms ?? 0);
  const news = store.get();
  if (news.baseUrl !== hs.baseUrl) return;
  const newest = Math.max(0, ...times);
  const known = news.known[list] ?? newest;
  store.set({
    ...news,
    known: { ...news.known, [list]: known },
    newest: { ...news.newest, [list]: newest },
    count: { ...news.count, [list]: times.filter((ms) => ms > known).length },
  });
}
