import { useQuery } from '@tanstack/react-query';
import type { Report } from '~/data/report-list';
import { reports } from '~/data/reports';
import { useSession } from '~/data/session';

/** A report of a message in the list, where its own page can’t be read. */
export function useListed(id: string, isWanted: boolean): { report: Report | null; isRead: boolean } {
  const { homeserver } = useSession();
  const { data, isError } = useQuery({ ...reports.listedMessage(homeserver, id), enabled: isWanted });
  return { report: data ?? null, isRead: data !== undefined || isError };
}
