import { queryOptions, useQuery } from '@tanstack/react-query';
import { legibleMedia, type ShownFile } from '~/api/media';
import { placeOf } from '~/api/media-asks';
import type { Homeserver } from '~/api/request';
import { limitTo } from './at-most';
import { useInSight } from './in-sight';
import { lacks } from '~/api/since';

export const files = {
  /** Only reads: that does not count as opening. */
  one: (hs: Homeserver, mxc: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'media', 'one', mxc],
      queryFn: ({ signal }) => legibleMedia(hs, placeOf(mxc), signal),
    }),
} as const;

const whenFree = limitTo(4);

export interface FileInSight {
  /** Undefined: not known (yet). */
  readonly file: ShownFile | undefined;
  readonly error: Error | null;
}

/** What is known of a file of which a list knows only the address: asked for once the row is in sight. */
export function useFileInSight(hs: Homeserver, mxc: string): FileInSight {
  const inSight = useInSight();
  const { queryKey } = files.one(hs, mxc);
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => whenFree(() => legibleMedia(hs, placeOf(mxc), signal), signal),
    enabled: inSight && lacks(hs.version, 'media-info') === null,
    retry: false,
    retryOnMount: false,
    staleTime: 5 * 60_000,
  });
  return { file: error ? undefined : data?.value, error };
}
