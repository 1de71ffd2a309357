import { HomeserverError } from './errors';
import { path, type Homeserver, type Path } from './request';
import { has, type FeatureId } from './since';

/** The release of the Client-Server API to ask for: `/_matrix/client/v3` is as old as Synapse 1.48. */
export const clientRelease = ({ version }: Pick<Homeserver, 'version'>): 'v3' | 'r0' =>
  has(version, 'client-v3') ? 'v3' : 'r0';

/** Where the files themselves are: `/_matrix/client/v1/media` (Synapse 1.112), before it `/_matrix/media`, open to all. */
export function mediaPath(hs: Pick<Homeserver, 'version'>, ...rest: readonly string[]): Path {
  const root = has(hs.version, 'client-media')
    ? path`/_matrix/client/v1/media`
    : path`/_matrix/media/${clientRelease(hs)}`;
  return rest.reduce<Path>((whole, part) => `${whole}${path`/${part}`}` as Path, root);
}

/**
 * Asks in the older way where the version that was read at sign-in lacks the newer one, and where the endpoint itself says
 * that it does not exist: a worker may not serve it, or a fork has a version of its own. @throws HomeserverError
 */
export async function orOlder<T>(
  hs: Pick<Homeserver, 'version'>,
  feature: FeatureId,
  newer: () => Promise<T>,
  older: () => Promise<T>,
): Promise<T> {
  if (!has(hs.version, feature)) return older();
  try {
    return await newer();
  } catch (error) {
    if (error instanceof HomeserverError && error.endpointAbsent) return older();
    throw error;
  }
}
