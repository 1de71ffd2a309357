import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { thumbnail } from '~/api/media';
import type { Homeserver } from '~/api/request';
import { parseMxc } from '~/lib/mxc';
import { useInSight } from './in-sight';
import { limitTo } from './at-most';

/** Pictures of users and rooms: only of those in sight, a few at a time, kept for a while, and never more than a few hundred. */

const AT_ONCE = 4;
const KEPT = 300;
/** Twice what is shown, for fine screens. */
const SIZE_PX = 64;

const whenFree = limitTo(AT_ONCE);

/** @returns the picture, or null: while it comes, when it fails, and where there is none. */
export function useAvatar(hs: Homeserver, mxcUrl: string | null | undefined): Blob | null {
  const client = useQueryClient();
  const mxc = parseMxc(mxcUrl);
  const key = avatarKey(hs, mxcUrl ?? '');
  const inSight = useInSight();
  const { data } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      if (!mxc) return null;
      const picture = await whenFree(() => thumbnail(hs, mxc.serverName, mxc.mediaId, SIZE_PX, signal), signal);
      forgetOldest(client, hs);
      return picture;
    },
    enabled: mxc !== null && inSight,
    // A missing picture stays missing: initials do.
    retry: false,
    retryOnMount: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
  });
  return data ?? null;
}

const avatarKey = (hs: Homeserver, mxcUrl: string) => [hs.baseUrl, 'avatars', mxcUrl] as const;

/** Of the pictures that no screen shows. */
export function forgetOldest(client: QueryClient, hs: Homeserver): void {
  const cache = client.getQueryCache();
  const unused = cache
    .findAll({ queryKey: [hs.baseUrl, 'avatars'], type: 'inactive' })
    .toSorted((one, other) => one.state.dataUpdatedAt - other.state.dataUpdatedAt);
  for (const query of unused.slice(0, Math.max(0, unused.length - KEPT))) cache.remove(query);
}
