import * as z from 'zod/mini';
import type { Ask, NOT_THERE } from '~/api/ask';
import { path, type Homeserver } from '~/api/request';
import { listMas, type MasPage, type MasPaging } from './paging';
import { removalAsk, thingAsk, time } from './resource';

/** Identity providers that MAS signs in with, and accounts linked to them (`admin/v1/upstream_oauth_{providers,links}`). */

const providerSchema = z.object({
  issuer: z.nullish(z.string()),
  human_name: z.nullish(z.string()),
  brand_name: z.nullish(z.string()),
  created_at: z.string(),
  disabled_at: time,
  /** 1.19 */
  registration_token_required: z.optional(z.boolean()),
});
/** It stands in MAS's configuration: read only. */
export type UpstreamProvider = { readonly id: string } & z.output<typeof providerSchema>;

/** 1.3 */
export const listUpstreamProviders = (
  hs: Homeserver,
  { enabled }: { enabled?: boolean | undefined } = {},
  page?: MasPaging,
  signal?: AbortSignal,
): Promise<MasPage<UpstreamProvider>> =>
  listMas(
    hs,
    { path: path`/api/admin/v1/upstream-oauth-providers`, attributes: providerSchema, filter: { enabled }, page },
    signal,
  );

/** 1.4 */
export const lookAtUpstreamProvider = (id: string): Ask<UpstreamProvider> =>
  thingAsk(path`/api/admin/v1/upstream-oauth-providers/${id}`, providerSchema, id);

export const linkSchema = z.object({
  created_at: z.string(),
  provider_id: z.string(),
  /** Who it is at the provider. */
  subject: z.string(),
  /** Null: nobody has signed up with it yet. */
  user_id: z.nullish(z.string()),
  human_account_name: z.nullish(z.string()),
});
export type UpstreamLink = { readonly id: string } & z.output<typeof linkSchema>;

export interface UpstreamLinkFilter {
  /** 404 where there is no such account. */
  user?: string | undefined;
  /** 404 where there is no such provider. */
  provider?: string | undefined;
  subject?: string | undefined;
  /** Part of it (1.22). */
  accountName?: string | undefined;
}

/** 0.14 */
export const listUpstreamLinks = (
  hs: Homeserver,
  filter: UpstreamLinkFilter = {},
  page?: MasPaging,
  signal?: AbortSignal,
): Promise<MasPage<UpstreamLink>> =>
  listMas(
    hs,
    {
      path: path`/api/admin/v1/upstream-oauth-links`,
      attributes: linkSchema,
      filter: {
        user: filter.user,
        provider: filter.provider,
        subject: filter.subject,
        'human-account-name': filter.accountName,
      },
      page,
    },
    signal,
  );

export const lookAtUpstreamLink = (id: string): Ask<UpstreamLink> =>
  thingAsk(path`/api/admin/v1/upstream-oauth-links/${id}`, linkSchema, id);

/** 0.15. 200 instead of 201 where a link that nobody had was taken; 409 where someone has it. */
export const addUpstreamLink = (link: {
  user_id: string;
  provider_id: string;
  subject: string;
  human_account_name?: string | null;
}): Ask<UpstreamLink> =>
  thingAsk(
    path`/api/admin/v1/upstream-oauth-links`,
    linkSchema,
    { at: ['data', 'attributes', 'subject'], is: link.subject },
    { method: 'POST', body: link },
  );

/** 0.15. Ends no session. */
export const deleteUpstreamLink = (id: string): Ask<typeof NOT_THERE> =>
  removalAsk(path`/api/admin/v1/upstream-oauth-links/${id}`);
