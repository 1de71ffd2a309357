import * as z from 'zod/mini';
import type { Ask } from '~/api/ask';
import { path, type Homeserver } from '~/api/request';
import { listMas, type MasPage, type MasPaging } from './paging';
import { thingAsk, time } from './resource';

/** Registration tokens of MAS (`admin/v1/user_registration_tokens`, 0.17): revoked, never deleted, and named by an ID. */

export const tokenSchema = z.object({
  token: z.string(),
  /** One can register with it now. */
  valid: z.boolean(),
  /** Null: any number. */
  usage_limit: z.nullish(z.number()),
  times_used: z.number(),
  created_at: z.string(),
  last_used_at: time,
  expires_at: time,
  revoked_at: time,
});
export type MasRegistrationToken = { readonly id: string } & z.output<typeof tokenSchema>;

export interface MasRegistrationTokenFilter {
  used?: boolean | undefined;
  revoked?: boolean | undefined;
  expired?: boolean | undefined;
  valid?: boolean | undefined;
}

export const listMasRegistrationTokens = (
  hs: Homeserver,
  { used, revoked, expired, valid }: MasRegistrationTokenFilter = {},
  page?: MasPaging,
  signal?: AbortSignal,
): Promise<MasPage<MasRegistrationToken>> =>
  listMas(
    hs,
    {
      path: path`/api/admin/v1/user-registration-tokens`,
      attributes: tokenSchema,
      filter: { used, revoked, expired, valid },
      page,
    },
    signal,
  );

export const lookAtMasRegistrationToken = (id: string): Ask<MasRegistrationToken> =>
  thingAsk(path`/api/admin/v1/user-registration-tokens/${id}`, tokenSchema, id);

export interface MasTokenLimits {
  usage_limit?: number | null;
  /** RFC 3339. */
  expires_at?: string | null;
}

/** Without a text MAS makes one. 409 where there is one of this text. */
export const createMasRegistrationToken = (token: { token?: string } & MasTokenLimits): Ask<MasRegistrationToken> =>
  thingAsk(
    path`/api/admin/v1/user-registration-tokens`,
    tokenSchema,
    token.token === undefined ? undefined : { at: ['data', 'attributes', 'token'], is: token.token },
    { method: 'POST', body: token },
  );

/** What is not there stays; null takes a limit away. */
export const changeMasRegistrationToken = (id: string, limits: MasTokenLimits): Ask<MasRegistrationToken> =>
  thingAsk(path`/api/admin/v1/user-registration-tokens/${id}`, tokenSchema, id, { method: 'PUT', body: limits });

/** 400 where it is so already. */
export const revokeMasRegistrationToken = (id: string, isRevoked: boolean): Ask<MasRegistrationToken> =>
  thingAsk(
    isRevoked
      ? path`/api/admin/v1/user-registration-tokens/${id}/revoke`
      : path`/api/admin/v1/user-registration-tokens/${id}/unrevoke`,
    tokenSchema,
    id,
    { method: 'POST' },
  );
