import { queryOptions } from '@tanstack/react-query';
import { fetchEvent } from '~/api/events';
import type { Homeserver } from '~/api/request';

export const events = {
  one: (hs: Homeserver, eventId: string) =>
    queryOptions({
      // Under the noun of rooms: what a job does in a room may redact it.
      queryKey: [hs.baseUrl, 'rooms', 'event', eventId],
      queryFn: ({ signal }) => fetchEvent(hs, eventId, signal),
    }),
};
