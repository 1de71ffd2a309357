import { queryOptions } from '@tanstack/react-query';
import { listRegistrationTokens } from '~/api/registration-tokens';
import type { Homeserver } from '~/api/request';
import { shownRows } from '~/api/rows';
import { forgetTokenNames } from '~/lib/token-names';
import { currentSession, watchSession } from './session';

export const registrationTokens = {
  all: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'registration-tokens'],
      queryFn: async ({ signal }) => {
        const answer = await listRegistrationTokens(hs, signal);
        return { rows: shownRows(answer), odd: answer.odd };
      },
    }),
} as const;

watchSession(() => {
  if (currentSession().status === 'signed-out') forgetTokenNames();
});
