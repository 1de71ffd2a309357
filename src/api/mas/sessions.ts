import * as z from 'zod/mini';
import type { Ask } from '~/api/ask';
import { path, type Homeserver } from '~/api/request';
import { listMas, type MasFilter, type MasPage, type MasPaging } from './paging';
import { thingAsk, time } from './resource';

/**
 * Sessions of accounts (`admin/v1/{user,oauth2,compat}_sessions`); `personal-sessions.ts` has the fourth kind. Ended ones stay in the
 * lists for 30 days. Ending one (1.4) is refused with 400 where it has ended already; a job takes its device from Synapse.
 */

const seen = {
  created_at: z.string(),
  finished_at: time,
  user_agent: z.nullish(z.string()),
  last_active_at: time,
  last_active_ip: z.nullish(z.string()),
};

const browserSchema = z.object({ ...seen, user_id: z.string() });
/** A browser that is signed in at MAS itself: its cookie. Ending it does not end what was signed in from it. */
export type BrowserSession = { readonly id: string } & z.output<typeof browserSchema>;

const oauthSchema = z.object({
  ...seen,
  /** Null: a client that acts for itself. */
  user_id: z.nullish(z.string()),
  user_session_id: z.nullish(z.string()),
  /** The ULID of the client. */
  client_id: z.string(),
  /** Its scopes, with a blank between them. One may name the Matrix device. */
  scope: z.string(),
  /** 0.16 */
  human_name: z.nullish(z.string()),
});
export type OAuthSession = { readonly id: string } & z.output<typeof oauthSchema>;

const compatSchema = z.object({
  ...seen,
  user_id: z.string(),
  device_id: z.nullish(z.string()),
  user_session_id: z.nullish(z.string()),
  redirect_uri: z.nullish(z.string()),
  human_name: z.nullish(z.string()),
});
/** A session of the older `/login`. */
export type CompatSession = { readonly id: string } & z.output<typeof compatSchema>;

export interface SessionFilter {
  /** 404 where there is no such account. */
  user?: string | undefined;
  status?: 'active' | 'finished' | undefined;
  /** RFC 3339 with seconds; all four: 1.20. */
  createdBefore?: string | undefined;
  createdAfter?: string | undefined;
  lastActiveBefore?: string | undefined;
  lastActiveAfter?: string | undefined;
}

const common = (filter: SessionFilter): MasFilter => ({
  user: filter.user,
  status: filter.status,
  'created-before': filter.createdBefore,
  'created-after': filter.createdAfter,
  'last-active-before': filter.lastActiveBefore,
  'last-active-after': filter.lastActiveAfter,
});

/** 0.14 */
export const listBrowserSessions = (
  hs: Homeserver,
  filter: SessionFilter = {},
  page?: MasPaging,
  signal?: AbortSignal,
): Promise<MasPage<BrowserSession>> =>
  listMas(
    hs,
    { path: path`/api/admin/v1/user-sessions`, attributes: browserSchema, filter: common(filter), page },
    signal,
  );

export const lookAtBrowserSession = (id: string): Ask<BrowserSession> =>
  thingAsk(path`/api/admin/v1/user-sessions/${id}`, browserSchema, id);

export const finishBrowserSession = (id: string): Ask<BrowserSession> =>
  thingAsk(path`/api/admin/v1/user-sessions/${id}/finish`, browserSchema, id, { method: 'POST' });

export interface OAuthSessionFilter extends SessionFilter {
  /** ULIDs; 404 where there is no such client. One of them is enough. */
  clients?: readonly string[] | undefined;
  clientKind?: 'dynamic' | 'static' | undefined;
  /** The browser session that it was signed in from. */
  userSession?: string | undefined;
  /** Whole scopes; it has each of them. */
  scopes?: readonly string[] | undefined;
}

/** 0.10 */
export const listOAuthSessions = (
  hs: Homeserver,
  filter: OAuthSessionFilter = {},
  page?: MasPaging,
  signal?: AbortSignal,
): Promise<MasPage<OAuthSession>> =>
  listMas(
    hs,
    {
      path: path`/api/admin/v1/oauth2-sessions`,
      attributes: oauthSchema,
      filter: {
        ...common(filter),
        client: filter.clients,
        'client-kind': filter.clientKind,
        'user-session': filter.userSession,
        scope: filter.scopes,
      },
      page,
    },
    signal,
  );

export const lookAtOAuthSession = (id: string): Ask<OAuthSession> =>
  thingAsk(path`/api/admin/v1/oauth2-sessions/${id}`, oauthSchema, id);

export const finishOAuthSession = (id: string): Ask<OAuthSession> =>
  thingAsk(path`/api/admin/v1/oauth2-sessions/${id}/finish`, oauthSchema, id, { method: 'POST' });

/** 0.14 */
export const listCompatSessions = (
  hs: Homeserver,
  filter: SessionFilter & { userSession?: string | undefined } = {},
  page?: MasPaging,
  signal?: AbortSignal,
): Promise<MasPage<CompatSession>> =>
  listMas(
    hs,
    {
      path: path`/api/admin/v1/compat-sessions`,
      attributes: compatSchema,
      filter: { ...common(filter), 'user-session': filter.userSession },
      page,
    },
    signal,
  );

export const lookAtCompatSession = (id: string): Ask<CompatSession> =>
  thingAsk(path`/api/admin/v1/compat-sessions/${id}`, compatSchema, id);

export const finishCompatSession = (id: string): Ask<CompatSession> =>
  thingAsk(path`/api/admin/v1/compat-sessions/${id}/finish`, compatSchema, id, { method: 'POST' });

const DEVICE = /^urn:matrix:(?:org\.matrix\.msc2967\.)?client:device:(.+)$/;

/** The Matrix device that a scope names, or null. */
export function deviceInScope(scope: string): string | null {
  for (const one of scope.split(' ')) {
    const device = DEVICE.exec(one)?.[1];
    if (device !== undefined) return device;
  }
  return null;
}
