import { queryOptions, useQuery } from '@tanstack/react-query';
import { HomeserverError } from '~/api/errors';
import { masLacks, type MasFeature } from '~/api/mas/since';
import { masSiteConfig, masVersion } from '~/api/mas/version-and-config';
import type { Homeserver } from '~/api/request';
import type { Text } from '~/lib/text';
import { useSession } from './session';

/** MAS itself: its version, and what it is set up for. */

export const masServer = {
  /** Null: not known. MAS 1.3 and older have no such page, and look as if they did not answer. */
  version: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'mas-version'],
      queryFn: async ({ signal }) => {
        try {
          return await masVersion(hs, signal);
        } catch (error) {
          if (error instanceof HomeserverError && error.kind === 'network') return null;
          throw error;
        }
      },
      staleTime: 300_000,
      enabled: hs.mas !== undefined,
    }),
  config: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'mas', 'site-config'],
      queryFn: ({ signal }) => masSiteConfig(hs, signal),
    }),
} as const;

/** Why this MAS does not have something, in a sentence; null where it does, or as long as its version is not known. */
export function useMasLacks(feature: MasFeature): Text | null {
  const { homeserver } = useSession();
  const { data } = useQuery(masServer.version(homeserver));
  return masLacks(data ?? undefined, feature);
}
