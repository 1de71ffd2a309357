import * as z from 'zod/mini';
import type { Ask } from '~/api/ask';
import { path, type Homeserver } from '~/api/request';
import { listMas, type MasPage, type MasPaging } from './paging';
import { thingAsk } from './resource';

/** OAuth clients (`admin/v1/oauth2_clients`, 1.20): read only. Before, the client of a session has no name. */

const clientSchema = z.object({
  client_id: z.string(),
  client_name: z.nullish(z.string()),
  client_uri: z.nullish(z.string()),
  logo_uri: z.nullish(z.string()),
  redirect_uris: z.array(z.string()),
  grant_types: z.array(z.string()),
  /** Named in MAS's configuration. */
  is_static: z.boolean(),
});
export type MasClient = { readonly id: string } & z.output<typeof clientSchema>;

export interface MasClientFilter {
  kind?: 'dynamic' | 'static' | undefined;
  /** Part of it. */
  name?: string | undefined;
  /** Part of it. */
  uri?: string | undefined;
  grantType?: string | undefined;
  hasActiveSessions?: boolean | undefined;
}

export const listMasClients = (
  hs: Homeserver,
  filter: MasClientFilter = {},
  page?: MasPaging,
  signal?: AbortSignal,
): Promise<MasPage<MasClient>> =>
  listMas(
    hs,
    {
      path: path`/api/admin/v1/oauth2-clients`,
      attributes: clientSchema,
      filter: {
        'client-kind': filter.kind,
        'client-name': filter.name,
        'client-uri': filter.uri,
        'grant-type': filter.grantType,
        'has-active-sessions': filter.hasActiveSessions,
      },
      page,
    },
    signal,
  );

export const lookAtMasClient = (id: string): Ask<MasClient> =>
  thingAsk(path`/api/admin/v1/oauth2-clients/${id}`, clientSchema, id);
