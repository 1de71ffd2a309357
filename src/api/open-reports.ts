import * as z from 'zod/mini';
import { path, request, type Homeserver } from './request';
import { listTotal } from './rows';

const openReportsSchema = z.object({
  total: listTotal,
  event_reports: z.array(z.object({ received_ts: z.optional(z.unknown()) })),
});

export interface OpenReports {
  readonly total: number;
  /** When the last one came, ms; null: unknown. */
  readonly newest: number | null;
}

/** How many reports of messages nobody has deleted yet. Synapse knows no other way to call one done. Throws HomeserverError. */
export async function openReports(hs: Homeserver, signal?: AbortSignal): Promise<OpenReports> {
  const { total, event_reports: rows } = await request(hs, {
    path: path`/_synapse/admin/v1/event_reports`,
    query: { limit: 1, dir: 'b' },
    schema: openReportsSchema,
    signal,
  });
  const newest = rows[0]?.received_ts;
  return { total, newest: typeof newest === 'number' ? newest : null };
}
