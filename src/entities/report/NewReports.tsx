import { plural, t } from '@lingui/core/macro';
import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';
import { useSession } from '~/data/session';
import { paths } from '~/lib/paths';
import { lookForReports, MOST_NEW, newReports, sawReports } from './new-reports';

/** Between two looks, ms. The first one is that long after Glia was opened. */
const EVERY_MS = 90_000;

/** Beside “Reports” in the navigation: how many came while Glia is open. It is asked only where somebody sees it. */
export function NewReports() {
  const { homeserver } = useSession();
  const turn = useRef(0);
  const { pathname } = useLocation();
  const isThere = pathname.startsWith(paths.reports());
  useQuery({
    // Not read again with what a job changed.
    queryKey: ['new-reports', homeserver.baseUrl],
    queryFn: async ({ signal }) => {
      await lookForReports(homeserver, turn.current, signal);
      turn.current += 1;
      return turn.current;
    },
    // Nothing is asked at the start: that many are there is on the overview.
    initialData: 0,
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: false,
    refetchOnReconnect: false,
    retry: false,
  });
  const count = useSyncExternalStore(newReports.subscribe, newReports.count);
  useEffect(() => {
    if (isThere && count > 0) sawReports();
  }, [isThere, count]);
  if (count === 0 || isThere) return null;
  const shown = count >= MOST_NEW ? `${MOST_NEW}+` : String(count);
  return (
    <Badge
      size="sm"
      circle={shown.length < 2}
      aria-label={t`${plural(count, { one: '# new report', other: '# new reports' })}`}
    >
      {shown}
    </Badge>
  );
}
