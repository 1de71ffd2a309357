import { queryOptions } from '@tanstack/react-query';
import { backgroundStatus, scheduledTasks } from '~/api/background';
import type { Homeserver } from '~/api/request';
import { shownRows } from '~/api/rows';

/** So often it is read again while the page is seen. A page that is out of sight asks nothing. */
const LIVE_MS = 5000;

export const background = {
  status: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'background', 'status'],
      queryFn: ({ signal }) => backgroundStatus(hs, signal),
      refetchInterval: LIVE_MS,
      refetchIntervalInBackground: false,
    }),
  tasks: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'background', 'tasks'],
      queryFn: async ({ signal }) => {
        const answer = await scheduledTasks(hs, signal);
        return { rows: shownRows(answer), odd: answer.odd };
      },
      refetchInterval: LIVE_MS,
      refetchIntervalInBackground: false,
    }),
} as const;
