import { allDestinations, failingDestinations, type Destination } from '~/api/federation';
import { destinationFilter, destinationListSchema, sortDestinations } from '~/data/federation';
import { readParams } from '~/data/list-state';
import { useSession } from '~/data/session';
import { isoTime } from '~/lib/times';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';
import { useSearchParams } from 'react-router';

const time = (ms: number | null | undefined): string | null => (ms == null || ms <= 0 ? null : isoTime(ms));

const COLUMNS: readonly ExportColumn<Destination>[] = [
  { name: 'destination', of: ({ destination }) => destination },
  { name: 'failing_since', of: ({ failure_ts }) => time(failure_ts) },
  { name: 'last_failed_attempt', of: ({ retry_last_ts }) => time(retry_last_ts) },
  { name: 'retry_interval_ms', of: ({ retry_interval }) => retry_interval },
  { name: 'last_successful_stream_ordering', of: (row) => row.last_successful_stream_ordering },
];

/** The servers that match the search and the filter, all pages of them, in the order of the list. */
export function ExportDestinations() {
  const { homeserver } = useSession();
  const [search] = useSearchParams();
  const read = async (signal: AbortSignal) => {
    const state = readParams(destinationListSchema, search);
    const { destination, failing } = destinationFilter(state);
    const { rows, odd } = await (failing ? failingDestinations : allDestinations)(homeserver, destination, signal);
    return { rows: sortDestinations(rows, state), lost: odd.length };
  };
  return <ExportMenu stem="federation" columns={COLUMNS} read={read} />;
}
