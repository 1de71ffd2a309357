import { queryOptions } from '@tanstack/react-query';
import { everyMas } from '~/api/mas/paging';
import { listMasRegistrationTokens, type MasRegistrationToken } from '~/api/mas/registration-tokens';
import { listRegistrationTokens } from '~/api/registration-tokens';
import type { Homeserver } from '~/api/request';
import { shownRows, type OddRow } from '~/api/rows';
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
  /** Those of MAS, the newest first: people look for the one that they just made. */
  ofMas: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'mas', 'registration-tokens'],
      queryFn: async ({ signal }) => {
        const rows: MasRegistrationToken[] = [];
        const odd: OddRow[] = [];
        for await (const part of everyMas((page) => listMasRegistrationTokens(hs, {}, page, signal), 1000)) {
          rows.push(...part.rows);
          odd.push(...part.odd);
        }
        return { rows: rows.toReversed(), odd };
      },
    }),
} as const;

watchSession(() => {
  if (currentSession().status === 'signed-out') forgetTokenNames();
});
