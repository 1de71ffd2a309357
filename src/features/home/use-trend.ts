import { t } from '@lingui/core/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { forgetTrend, noteNumbers, trends, type Numbers, type TrendDay } from '~/data/trends';

interface Trend {
  readonly days: readonly TrendDay[];
  /** Why nothing is kept here. */
  readonly problem: string | null;
  note(numbers: Numbers): void;
  forget(): void;
}

type Read = { readonly [Name in keyof Numbers]?: number | undefined };

/** Keeps today's numbers as they come, and has those of the days before. @param read undefined: not known yet, or not in full */
export function useTrend(baseUrl: string, { users, rooms, failing }: Read): Trend {
  const client = useQueryClient();
  const { data = [], error } = useQuery(trends.of(baseUrl));
  const reread = useCallback(
    () => client.invalidateQueries({ queryKey: trends.of(baseUrl).queryKey }),
    [client, baseUrl],
  );
  const note = useCallback(
    // A browser that keeps nothing says so where the trend is shown.
    (numbers: Numbers) => void noteNumbers(baseUrl, numbers).then(reread, () => {}),
    [baseUrl, reread],
  );
  useEffect(() => {
    const known = {
      ...(users !== undefined && { users }),
      ...(rooms !== undefined && { rooms }),
      ...(failing !== undefined && { failing }),
    };
    if (Object.keys(known).length > 0) note(known);
  }, [note, users, rooms, failing]);
  return {
    days: data,
    problem: error === null ? null : t`This browser keeps nothing here, as in a private window: there are no trends.`,
    note,
    forget: () => void forgetTrend(baseUrl).then(reread, () => {}),
  };
}
