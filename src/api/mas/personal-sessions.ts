import * as z from 'zod/mini';
import type { Ask } from '~/api/ask';
import { path, type Homeserver } from '~/api/request';
import { listMas, type MasPage, type MasPaging } from './paging';
import { thingAsk, time } from './resource';

/**
 * Personal access tokens (`admin/v1/personal_sessions`, 1.5): made for an account by an admin, with any scope, and shown once. Its
 * actor is who it acts as, its owner who made it.
 */

const personalSchema = z.object({
  created_at: z.string(),
  revoked_at: time,
  owner_user_id: z.nullish(z.string()),
  owner_client_id: z.nullish(z.string()),
  actor_user_id: z.string(),
  human_name: z.string(),
  scope: z.string(),
  last_active_at: time,
  last_active_ip: z.nullish(z.string()),
  /** Null: never. */
  expires_at: time,
});
export type PersonalSession = { readonly id: string } & z.output<typeof personalSchema>;

const withTokenSchema = z.extend(personalSchema, { access_token: z.string() });
/** With the token itself: only in the answer that made it. */
export type NewPersonalSession = { readonly id: string } & z.output<typeof withTokenSchema>;

export interface PersonalSessionFilter {
  owner?: string | undefined;
  ownerClient?: string | undefined;
  actor?: string | undefined;
  /** Whole scopes; it has each of them. */
  scopes?: readonly string[] | undefined;
  status?: 'active' | 'revoked' | undefined;
  expiresBefore?: string | undefined;
  expiresAfter?: string | undefined;
  /** Whether it ever expires. */
  expires?: boolean | undefined;
}

export const listPersonalSessions = (
  hs: Homeserver,
  filter: PersonalSessionFilter = {},
  page?: MasPaging,
  signal?: AbortSignal,
): Promise<MasPage<PersonalSession>> =>
  listMas(
    hs,
    {
      path: path`/api/admin/v1/personal-sessions`,
      attributes: personalSchema,
      // Unlike all other lists, with underscores.
      filter: {
        owner_user: filter.owner,
        owner_client: filter.ownerClient,
        actor_user: filter.actor,
        scope: filter.scopes,
        status: filter.status,
        expires_before: filter.expiresBefore,
        expires_after: filter.expiresAfter,
        expires: filter.expires,
      },
      page,
    },
    signal,
  );

export const lookAtPersonalSession = (id: string): Ask<PersonalSession> =>
  thingAsk(path`/api/admin/v1/personal-sessions/${id}`, personalSchema, id);

/** Nobody checks the scope: it may give an account more than it has. 410 where the account is deactivated. */
export const createPersonalSession = (session: {
  actor: string;
  name: string;
  scope: string;
  /** Undefined: for ever. */
  seconds?: number | undefined;
}): Ask<NewPersonalSession> =>
  thingAsk(
    path`/api/admin/v1/personal-sessions`,
    withTokenSchema,
    { at: ['data', 'attributes', 'actor_user_id'], is: session.actor },
    {
      method: 'POST',
      body: {
        actor_user_id: session.actor,
        human_name: session.name,
        scope: session.scope,
        ...(session.seconds !== undefined && { expires_in: session.seconds }),
      },
      handsOut: true,
    },
  );

/** The former token is dead from now on. 403 where another admin made it, 422 where it is revoked. */
export const regeneratePersonalSession = (id: string, seconds?: number): Ask<NewPersonalSession> =>
  thingAsk(path`/api/admin/v1/personal-sessions/${id}/regenerate`, withTokenSchema, id, {
    method: 'POST',
    // MAS refuses a request without a body.
    body: seconds === undefined ? {} : { expires_in: seconds },
    handsOut: true,
  });

/** 409 where it is revoked already. */
export const revokePersonalSession = (id: string): Ask<PersonalSession> =>
  thingAsk(path`/api/admin/v1/personal-sessions/${id}/revoke`, personalSchema, id, { method: 'POST' });
