import * as z from 'zod/mini';
import { everyMas, type MasPage, type MasPaging } from '~/api/mas/paging';
import {
  deviceInScope,
  listBrowserSessions,
  listCompatSessions,
  listOAuthSessions,
  type BrowserSession,
  type CompatSession,
  type OAuthSession,
} from '~/api/mas/sessions';
import type { Homeserver } from '~/api/request';
import { sessionId, type MasSessionKind } from '~/actions/mas/ids';
import { startOfDay } from '~/lib/dates';
import { accountNames, clientNames } from './mas-names';
import { oneOf, pageNumber, searchText, dayText } from './list-state';
import { accountIdAtMas } from './mas-things';
import { newestOf, newestPage, type NewestOf } from './mas-newest';
import type { Session } from './session';

/** Sessions of accounts at MAS, newest first. */

export interface MasSession {
  /** As actions name it. */
  readonly name: string;
  readonly kind: MasSessionKind;
  readonly id: string;
  /** '' where the client acts for itself, or MAS does not know the account any more. */
  readonly userId: string;
  readonly clientId: string | null;
  /** Undefined: not known to this MAS. */
  readonly clientName: string | undefined;
  readonly device: string | null;
  /** What people call it. */
  readonly title: string | null;
  readonly agent: string | null;
  readonly scopes: readonly string[];
  readonly ip: string | null;
  /** Epoch ms. */
  readonly created: number;
  readonly lastActive: number | null;
  readonly ended: number | null;
}

export const SESSION_STATUSES = ['active', 'finished', 'any'] as const;

/** The list in the URL. */
export const masSessionsSchema = z.object({
  kind: oneOf(['oauth2', 'compat', 'user', 'personal'], 'oauth2'),
  status: oneOf(SESSION_STATUSES, 'active'),
  user: searchText,
  client_kind: oneOf(['any', 'dynamic', 'static'], 'any'),
  client: searchText,
  scope: searchText,
  created_from: dayText,
  created_to: dayText,
  active_from: dayText,
  active_to: dayText,
  page: pageNumber,
});
export type MasSessionsState = z.output<typeof masSessionsSchema>;
export const USUAL_MAS_SESSIONS: MasSessionsState = z.parse(masSessionsSchema, {});

export interface MasSessionFilter extends Omit<MasSessionsState, 'kind' | 'page'> {
  readonly kind: MasSessionKind;
}

const DAY_MS = 86_400_000;

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
const from = (day: string): string | undefined => {
  const start = startOfDay(day);
  return start === null ? undefined : iso(start);
};
/** The whole day is meant. */
const to = (day: string): string | undefined => {
  const start = startOfDay(day);
  return start === null ? undefined : iso(start + DAY_MS);
};
const words = (text: string): string[] => text.split(/\s+/).filter((one) => one !== '');

type Row = BrowserSession | OAuthSession | CompatSession;

/** @throws HomeserverError: 404 where there is no such user */
async function lister(
  session: Pick<Session, 'homeserver' | 'serverName'>,
  filter: MasSessionFilter,
  signal: AbortSignal,
): Promise<(page: MasPaging) => Promise<MasPage<Row>>> {
  const { homeserver: hs } = session;
  const user = await accountIdAtMas(session, filter.user, signal);
  const common = {
    user,
    status: filter.status === 'any' ? undefined : filter.status,
    createdAfter: from(filter.created_from),
    createdBefore: to(filter.created_to),
    lastActiveAfter: from(filter.active_from),
    lastActiveBefore: to(filter.active_to),
  };
  if (filter.kind === 'user') return (page) => listBrowserSessions(hs, common, page, signal);
  if (filter.kind === 'compat') return (page) => listCompatSessions(hs, common, page, signal);
  const scopes = words(filter.scope);
  const clients = words(filter.client);
  const oauth = {
    ...common,
    ...(filter.client_kind !== 'any' && { clientKind: filter.client_kind }),
    ...(clients.length > 0 && { clients }),
    ...(scopes.length > 0 && { scopes }),
  };
  return (page) => listOAuthSessions(hs, oauth, page, signal);
}

const ms = (time: string | null | undefined): number | null => (time == null ? null : Date.parse(time));

function isWithin(time: number | null, first: string, last: string): boolean {
  const [start, end] = [startOfDay(first), startOfDay(last)];
  if (start === null && end === null) return true;
  return time !== null && (start === null || time >= start) && (end === null || time < end + DAY_MS);
}

/** An older MAS ignores a filter that it does not know: what does not fit is left out here. */
function fits(row: MasSession, filter: MasSessionFilter): boolean {
  const { status, created_from, created_to, active_from, active_to } = filter;
  if (status !== 'any' && (row.ended === null) !== (status === 'active')) return false;
  if (!isWithin(row.created, created_from, created_to) || !isWithin(row.lastActive, active_from, active_to))
    return false;
  return filter.kind !== 'oauth2' || words(filter.scope).every((one) => row.scopes.includes(one));
}

async function named(
  session: Pick<Session, 'homeserver' | 'serverName'>,
  kind: MasSessionKind,
  rows: readonly Row[],
  { signal, withClients }: { signal: AbortSignal; withClients: boolean },
): Promise<MasSession[]> {
  const { homeserver, serverName } = session;
  const clients = rows.flatMap((row) => ('client_id' in row ? [row.client_id] : []));
  const [users, clientsByName] = await Promise.all([
    accountNames(
      homeserver,
      rows.flatMap(({ user_id }) => (user_id == null ? [] : [user_id])),
      signal,
    ),
    withClients ? clientNames(homeserver, clients, signal) : null,
  ]);
  return rows.map((row) => {
    const username = row.user_id == null ? undefined : users.get(row.user_id);
    const userId = username === undefined ? '' : `@${username}:${serverName}`;
    const scopes = 'scope' in row ? words(row.scope) : [];
    const clientId = 'client_id' in row ? row.client_id : null;
    return {
      name: sessionId(kind, row.id, userId),
      kind,
      id: row.id,
      userId,
      clientId,
      clientName: clientId === null ? undefined : clientsByName?.get(clientId),
      device: 'device_id' in row ? (row.device_id ?? null) : deviceInScope(scopes.join(' ')),
      title: 'human_name' in row ? (row.human_name ?? null) : null,
      agent: row.user_agent ?? null,
      scopes,
      ip: row.last_active_ip ?? null,
      created: Date.parse(row.created_at),
      lastActive: ms(row.last_active_at),
      ended: ms(row.finished_at),
    };
  });
}

export const masSessions = {
  key: (hs: Homeserver, filter: MasSessionFilter) => [hs.baseUrl, 'mas', 'sessions', filter] as const,
  /** The newest, or those before the one that is named; newest first. */
  async page(
    session: Pick<Session, 'homeserver' | 'serverName'>,
    filter: MasSessionFilter,
    { before, withClients, signal }: { before: string | null; withClients: boolean; signal: AbortSignal },
  ): Promise<NewestOf<MasSession>> {
    const list = await lister(session, filter, signal);
    const page = await list(newestPage(before));
    const rows = await named(session, filter.kind, page.rows.rows, { signal, withClients });
    return newestOf(
      page,
      rows.filter((row) => fits(row, filter)),
    );
  },
  /** The names of all that match. */
  async all(
    session: Pick<Session, 'homeserver' | 'serverName'>,
    filter: MasSessionFilter,
    signal: AbortSignal,
  ): Promise<string[]> {
    const list = await lister(session, filter, signal);
    const rows: Row[] = [];
    for await (const part of everyMas(list, 500)) rows.push(...part.rows);
    const all = await named(session, filter.kind, rows, { signal, withClients: false });
    return all.filter((row) => fits(row, filter)).map(({ name }) => name);
  },
} as const;
