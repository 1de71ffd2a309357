import { HomeserverError } from '~/api/errors';
import { authMetadata, isSafe, masBaseOf } from '~/api/oauth-metadata';
import type { Homeserver } from '~/api/request';
import { masSiteConfig, masVersion } from './version-and-config';

/** Whether a token that was pasted may use MAS's Admin API too, and where that is. */

/** OAuth access tokens and personal ones: MAS's Admin API takes no others (`data-model/src/tokens.rs`). */
export const isForMas = (token: string): boolean => /^(?:mat|mpt)_/.test(token);

export type MasReach =
  | { readonly found: 'usable'; readonly mas: NonNullable<Homeserver['mas']> }
  /** MAS says that this token may not. */
  | { readonly found: 'refused' }
  /** Nothing answers there that this page may read, or its place is not known. */
  | { readonly found: 'silent' }
  /** It is another homeserver's. */
  | { readonly found: 'other'; readonly serverName: string };

interface Where {
  /** As the homeserver's IDs end. */
  readonly serverName: string;
  /** What whoever serves Glia says of the place of MAS; null: as the homeserver says. */
  readonly configured: string | null;
}

/** The token goes only to the address that `config.json` or the homeserver names, and never unencrypted to another machine. */
export async function reachMas(
  { baseUrl, token }: Pick<Homeserver, 'baseUrl' | 'token'>,
  { serverName, configured }: Where,
  signal?: AbortSignal,
): Promise<MasReach> {
  try {
    const base = configured ?? (await namedBy(baseUrl, signal));
    if (base === null || !isSafe(base)) return { found: 'silent' };
    const hs: Homeserver = { baseUrl, token, mas: { baseUrl: base } };
    const { server_name: said } = await masSiteConfig(hs, signal);
    if (said !== serverName) return { found: 'other', serverName: said };
    return { found: 'usable', mas: { baseUrl: base, ...(await versionOf(hs, signal)) } };
  } catch (error) {
    if (!(error instanceof HomeserverError)) throw error;
    return { found: error.kind === 'matrix' && error.api === 'mas' && error.status === 401 ? 'refused' : 'silent' };
  }
}

async function namedBy(baseUrl: string, signal?: AbortSignal): Promise<string | null> {
  const front = await authMetadata({ baseUrl }, signal);
  return front && masBaseOf(front.metadata);
}

/** Before 1.4 MAS does not say it. */
export async function versionOf(hs: Homeserver, signal?: AbortSignal): Promise<{ version?: string }> {
  try {
    return { version: await masVersion(hs, signal) };
  } catch (error) {
    if (error instanceof HomeserverError) return {};
    throw error;
  }
}
