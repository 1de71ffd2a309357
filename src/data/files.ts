import { queryOptions } from '@tanstack/react-query';
import { legibleMedia } from '~/api/media';
import { placeOf } from '~/api/media-asks';
import type { Homeserver } from '~/api/request';

export const files = {
  /** Only reads: that does not count as opening. */
  one: (hs: Homeserver, mxc: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'media', 'one', mxc],
      queryFn: ({ signal }) => legibleMedia(hs, placeOf(mxc), signal),
    }),
} as const;
