import { useQuery, useQueryClient } from '@tanstack/react-query';
import { preview, type PreviewSize } from '~/api/media';
import type { Homeserver } from '~/api/request';
import { parseMxc } from '~/lib/mxc';
import { limitTo } from './at-most';
import { forgetOldest } from './avatars';
import { useInSight } from './in-sight';

/**
 * Pictures of files, which somebody asked to see: to fetch one counts as opening the file. Only those in sight, a few at a time,
 * kept for a while.
 */
const whenFree = limitTo(4);

/** @param isAsked false: nothing is fetched, and what was fetched before is not shown */
export function usePreview(hs: Homeserver, mxcUrl: string, isAsked: boolean, size: PreviewSize = 'card') {
  const client = useQueryClient();
  const inSight = useInSight();
  const { data, error } = useQuery({
    // Beside the avatars: like those it never changes under its name.
    queryKey: [hs.baseUrl, 'avatars', 'preview', mxcUrl, size],
    queryFn: async ({ signal }) => {
      const mxc = parseMxc(mxcUrl);
      if (!mxc) return null;
      const picture = await whenFree(() => preview(hs, mxc, size, signal), signal);
      forgetOldest(client, hs);
      return picture;
    },
    enabled: isAsked && inSight,
    retry: false,
    retryOnMount: false,
    // To come back to the window must not count as opening.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
  });
  return { blob: isAsked ? (data ?? null) : null, error };
}
