import * as z from 'zod/mini';
import { HomeserverError } from './errors';
import { clientRelease, mediaPath } from './older-path';
import { path, request, type Homeserver } from './request';
import { has } from './since';

/** Endpoints that tell what a homeserver is and who we are on it. All throw HomeserverError. */

type Anonymous = Pick<Homeserver, 'baseUrl'>;

const versionsSchema = z.object({ versions: z.array(z.string()) });

/** Bare on purpose: with a bad token it answers 401 (`rust/src/handlers/versions.rs:137-158`). */
export function clientVersions(hs: Anonymous, signal?: AbortSignal) {
  return request({ baseUrl: hs.baseUrl }, { path: path`/_matrix/client/versions`, schema: versionsSchema, signal });
}

/** Whether it is what a homeserver answers there. */
export const isVersions = (json: unknown): boolean => z.safeParse(versionsSchema, json).success;

const serverVersionSchema = z.object({ server_version: z.string() });

/** Needs no token: it separates routing and CORS from authentication (`synapse/rest/admin/__init__.py:141-148`). */
export async function serverVersion(hs: Anonymous, signal?: AbortSignal): Promise<string> {
  const answer = await request(
    { baseUrl: hs.baseUrl },
    { path: path`/_synapse/admin/v1/server_version`, schema: serverVersionSchema, signal },
  );
  return answer.server_version;
}

const whoamiSchema = z.object({
  user_id: z.string(),
  is_guest: z.optional(z.boolean()),
  device_id: z.optional(z.string()),
});

/** `is_guest` is as old as Synapse 1.45: before, a guest is known by the refusal of the Admin API. */
export function whoami(hs: Homeserver, signal?: AbortSignal) {
  return request(hs, {
    path: path`/_matrix/client/${clientRelease(hs)}/account/whoami`,
    schema: whoamiSchema,
    feature: 'client-v3',
    signal,
  });
}

const identityProviderSchema = z.object({ id: z.string(), name: z.string(), brand: z.optional(z.string()) });
export type IdentityProvider = z.output<typeof identityProviderSchema>;
const loginFlowsSchema = z.object({
  flows: z.array(z.object({ type: z.string(), identity_providers: z.optional(z.array(identityProviderSchema)) })),
});
export type LoginFlow = z.output<typeof loginFlowsSchema>['flows'][number];

/**
 * The ways to sign in offered today. An identity provider's `id` is the `auth_provider` of external ids as it is, `oidc-`
 * included (`rest/client/login.py:583`). 404 under MAS.
 */
export async function loginFlows(
  hs: Anonymous & Pick<Homeserver, 'version'>,
  signal?: AbortSignal,
): Promise<LoginFlow[]> {
  const answer = await request(
    { baseUrl: hs.baseUrl },
    { path: path`/_matrix/client/${clientRelease(hs)}/login`, schema: loginFlowsSchema, signal },
  );
  return answer.flows;
}

const authMetadataSchema = z.object({ issuer: z.string() });

/**
 * Who keeps the accounts where MAS is in front; null where Synapse itself does: this is not registered then, 404
 * `M_UNRECOGNIZED` (`rest/client/auth_metadata.py:84-143`). Before 1.138 it has another name, and none before 1.99.
 */
export async function authIssuer(
  hs: Anonymous & Pick<Homeserver, 'version'>,
  signal?: AbortSignal,
): Promise<string | null> {
  const stable = path`/_matrix/client/v1/auth_metadata`;
  const unstable = path`/_matrix/client/unstable/org.matrix.msc2965/auth_issuer`;
  const paths = has(hs.version, 'auth-metadata') ? [stable] : [stable, unstable];
  for (const where of paths) {
    try {
      return (await request({ baseUrl: hs.baseUrl }, { path: where, schema: authMetadataSchema, signal })).issuer;
    } catch (error) {
      // Only Synapse's own 404 says so; a proxy's says that it does not forward this path.
      const absent = error instanceof HomeserverError && (error.notFound || error.endpointAbsent);
      if (!absent) throw error;
    }
  }
  return null;
}

// Required: Synapse always gives it, and a portal's `{"status":"ok"}` must not pass for an answer.
const mediaConfigSchema = z.object({ 'm.upload.size': z.nullable(z.number()) });

/** Largest upload in bytes. Asked at sign-in to see whether the media endpoints are routed at all. */
export function mediaConfig(hs: Homeserver, signal?: AbortSignal) {
  return request(hs, { path: mediaPath(hs, 'config'), schema: mediaConfigSchema, signal });
}

const wellKnownSchema = z.object({ 'm.homeserver': z.object({ base_url: z.string() }) });

/** What the server name's host says the homeserver's URL is. Only ever suggested, never swapped in. */
export async function wellKnown(serverOrigin: string, signal?: AbortSignal): Promise<string> {
  const answer = await request(
    { baseUrl: serverOrigin },
    { path: path`/.well-known/matrix/client`, schema: wellKnownSchema, signal, timeoutMs: 10_000, follow: true },
  );
  return answer['m.homeserver'].base_url;
}

/** Nothing but `{}`: that is all that Synapse answers, and a portal's `{"status":"ok"}` is no success. */
const emptySchema = z.strictObject({});

/** Ends the token's session on the server: the pasted token is dead afterwards. Absent under MAS. */
export function logout(hs: Homeserver, signal?: AbortSignal) {
  const where = path`/_matrix/client/${clientRelease(hs)}/logout`;
  // Without the version: behind MAS no version has it.
  const { baseUrl, token } = hs;
  return request({ baseUrl, token }, { method: 'POST', path: where, body: {}, schema: emptySchema, signal });
}

const directorySchema = z.object({ room_id: z.string(), servers: z.array(z.string()) });

/** Resolves an alias once, so that joins can use the room id. A remote alias costs a federation query. */
export function resolveAlias(hs: Homeserver, alias: string, signal?: AbortSignal) {
  const where = path`/_matrix/client/${clientRelease(hs)}/directory/room/${alias}`;
  return request(hs, { path: where, schema: directorySchema, signal });
}
