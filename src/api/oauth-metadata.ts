import * as z from 'zod/mini';
import { isLoopback } from '~/lib/homeserver-url';
import { HomeserverError } from './errors';
import { path, request } from './request';

/** What the server of accounts in front of a homeserver (MAS) says of itself, and what follows from it. No token is needed. */

const url = z.string().check(z.regex(/^https?:\/\//));

/** All that get a code or a token. */
const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'registration_endpoint',
  'revocation_endpoint',
  'org.matrix.matrix-authentication-service.graphql_endpoint',
] as const;

const fields = z.object({
  issuer: url,
  authorization_endpoint: z.optional(url),
  token_endpoint: z.optional(url),
  registration_endpoint: z.optional(url),
  revocation_endpoint: z.optional(url),
  id_token_signing_alg_values_supported: z.optional(z.array(z.string())),
  account_management_uri: z.optional(url),
  'org.matrix.matrix-authentication-service.graphql_endpoint': z.optional(url),
});

/**
 * MAS makes all of them from one base (`router/url_builder.rs`). A homeserver that names the sign-in page of another's MAS beside an
 * endpoint of its own would get that one's codes.
 */
export const metadataSchema = fields.check(
  z.refine(
    (metadata) => new Set(ENDPOINTS.flatMap((name) => URL.parse(metadata[name] ?? '')?.origin ?? [])).size <= 1,
    // oxlint-disable-next-line texts/no-bare-texts -- it stands among zod's own words
    'the addresses that it names are not all of one server',
  ),
);
export type AuthMetadata = z.output<typeof metadataSchema>;

export interface Front {
  readonly metadata: AuthMetadata;
  /** Whether its scopes are asked for by their stable names. */
  readonly isStable: boolean;
}

const STABLE = path`/_matrix/client/v1/auth_metadata`;
const UNSTABLE = path`/_matrix/client/unstable/org.matrix.msc2965/auth_metadata`;

/**
 * Who keeps the accounts of this homeserver; null where it does so itself. Synapse since 1.123, by its stable path since 1.138, which is
 * younger than MAS 1.0: before, MAS knows the unstable names of scopes alone, and all of them know those.
 *
 * @throws HomeserverError
 */
export async function authMetadata(hs: { readonly baseUrl: string }, signal?: AbortSignal): Promise<Front | null> {
  const { baseUrl } = hs;
  for (const where of [STABLE, UNSTABLE]) {
    try {
      const metadata = await request({ baseUrl }, { path: where, schema: metadataSchema, signal });
      return { metadata, isStable: where === STABLE };
    } catch (error) {
      // Only Synapse's own 404 says so; a proxy's says that it does not forward this path.
      const isAbsent = error instanceof HomeserverError && (error.notFound || error.endpointAbsent);
      if (!isAbsent) throw error;
    }
  }
  return null;
}

/** Unencrypted, a token is anybody's on the way: only this machine itself is asked so. */
export function isSafe(endpoint: string): boolean {
  const parsed = URL.parse(endpoint);
  return parsed !== null && (parsed.protocol === 'https:' || isLoopback(parsed.hostname));
}

/**
 * The base of MAS's HTTP, without a slash at the end; null: it is another server than MAS. From an endpoint: the issuer may be another
 * host (`router/url_builder.rs`).
 */
export function masBaseOf(metadata: AuthMetadata): string | null {
  const marker = metadata['org.matrix.matrix-authentication-service.graphql_endpoint'];
  if (marker === undefined) return null;
  const base =
    /^(.*)\/graphql\/?$/.exec(marker)?.[1] ?? /^(.*)\/oauth2\/token$/.exec(metadata.token_endpoint ?? '')?.[1];
  return base !== undefined && isSafe(base) ? base : null;
}

/**
 * What Glia asks for, in one token for Synapse and for MAS. Stable and unstable names can't be mixed.
 *
 * No device: nothing that Glia asks needs one (notices are sent without a transaction ID behind MAS), it would stand in the admin's own
 * list of devices, and a second tab that named it again could end the session of the first. The price: after a sign-out Synapse honours
 * the access token until its cache forgets it, two minutes at most.
 *
 * @param isMasAdmin all or nothing: where MAS refuses one scope, it gives none
 */
export function scopesFor({ isStable }: Pick<Front, 'isStable'>, isMasAdmin = true): string {
  const client = isStable ? 'urn:matrix:client:api:*' : 'urn:matrix:org.matrix.msc2967.client:api:*';
  return ['openid', client, 'urn:synapse:admin:*', ...(isMasAdmin ? [MAS_SCOPE] : [])].join(' ');
}

export const MAS_SCOPE = 'urn:mas:admin';
