import * as z from 'zod/mini';
import { HomeserverError } from '~/api/errors';
import { versionOf } from '~/api/mas/reach';
import { listMasUsers } from '~/api/mas/users';
import { authorizeUrl, exchange, register, revoke } from '~/api/oauth';
import { redirectUriOf } from '~/api/oauth-client';
import { OAuthError } from '~/api/oauth-errors';
import { isSafe, MAS_SCOPE, masBaseOf, metadataSchema, scopesFor, type Front } from '~/api/oauth-metadata';
import type { Homeserver } from '~/api/request';
import type { Again } from './again';
import { config } from './config';
import { keepAsked, type OAuthAnswer } from './kept-oauth';
import { alone, keepTokens, lockOf } from './oauth-keeping';
import type { OAuth } from './session-schema';

/** Signing in through MAS, from the button to the tokens. Loaded where it is wanted. */

const moreSchema = z.object({
  verifier: z.string(),
  clientId: z.string(),
  redirectUri: z.string(),
  metadata: metadataSchema,
});

/** What is wanted of MAS, and what the page that it leads back to is to know. */
export interface Wanted {
  /** Whether MAS's own Admin API is asked for too. */
  readonly isMasAdmin?: boolean;
  /** How long the token is to be kept. */
  readonly keeping?: unknown;
  /** Whose session is to be renewed. */
  readonly again?: Again | null;
}

/**
 * Makes this Glia known to MAS, and keeps what the answer will need.
 * @returns where the browser is to go. @throws OAuthError
 */
export async function beginOAuth(
  baseUrl: string,
  { metadata, isStable }: Front,
  { isMasAdmin = true, keeping, again }: Wanted = {},
): Promise<string> {
  const page = location.href;
  const redirectUri = redirectUriOf(page);
  const clientId = config().clientId ?? (await register(metadata, page));
  const scope = scopesFor({ isStable }, isMasAdmin);
  const { url, state, verifier } = await authorizeUrl(metadata, {
    clientId,
    redirectUri,
    scope,
    userId: again?.userId,
  });
  const more: z.output<typeof moreSchema> = { verifier, clientId, redirectUri, metadata };
  if (!keepAsked({ state, baseUrl, at: Date.now(), keeping, again, more })) throw new OAuthError('no-storage', '');
  return url;
}

/** What signing in through MAS gave. */
export interface Granted {
  readonly token: string;
  readonly oauth: OAuth;
  /** Its Admin API, where this token may use it and this page reaches it. */
  readonly mas: Homeserver['mas'];
  /** The token may use MAS's Admin API, but nothing answers there that this page may read. */
  readonly isMasSilent: boolean;
}

/** @throws OAuthError */
export async function finishOAuth({ baseUrl, asked, said }: OAuthAnswer): Promise<Granted> {
  const parsed = z.safeParse(moreSchema, asked.more);
  if (!parsed.success) throw new OAuthError('odd', z.prettifyError(parsed.error));
  const { verifier, clientId, redirectUri, metadata } = parsed.data;
  const by = { state: asked.state, verifier, clientId, redirectUri };
  const { token, refreshToken, expiresAt, scopes } = await exchange(metadata, by, new URLSearchParams(said));
  const { issuer, token_endpoint, revocation_endpoint, account_management_uri: accountUrl } = metadata;
  const oauth: OAuth = {
    issuer,
    tokenEndpoint: token_endpoint ?? '',
    revocationEndpoint: revocation_endpoint ?? '',
    clientId,
    refreshToken,
    expiresAt,
    family: crypto.randomUUID(),
    serial: 0,
    ...(accountUrl !== undefined && { accountUrl }),
  };
  keepTokens();
  const base = scopes.includes(MAS_SCOPE) ? masBase(metadata) : null;
  const mas = base === null ? undefined : await answersAt({ baseUrl, token, mas: { baseUrl: base } }, base);
  return { token, oauth, mas, isMasSilent: base !== null && !mas };
}

/** What whoever serves Glia says counts: the Admin API may be on another listener, which no metadata names. */
function masBase(metadata: Front['metadata']): string | null {
  const { masBaseUrl } = config();
  return masBaseUrl !== null && isSafe(masBaseUrl) ? masBaseUrl : masBaseOf(metadata);
}

/** Not mounted, it looks as if nobody were there: MAS answers what it does not know without CORS. Before 1.4 it had no version. */
async function answersAt(hs: Homeserver, base: string): Promise<Homeserver['mas']> {
  const known = await versionOf(hs);
  if (known.version !== undefined) return { baseUrl: base, ...known };
  try {
    await listMasUsers(hs);
    return { baseUrl: base };
  } catch (error) {
    if (error instanceof HomeserverError) return undefined;
    throw error;
  }
}

/**
 * Ends a session that Glia obtained at MAS, while nobody renews its tokens: MAS says of a token that is dead already that all is well.
 * @param latest its tokens as they are then, where an account has it
 * @throws OAuthError
 */
export const endOAuth = (oauth: OAuth, latest: () => OAuth | undefined = () => undefined): Promise<void> =>
  alone(lockOf(oauth.family), () => {
    const last = latest() ?? oauth;
    return revoke(last, last.refreshToken);
  });
