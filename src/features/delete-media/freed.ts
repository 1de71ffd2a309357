import type { LedgerRow } from '~/jobs/job';
import { valueAt } from '~/lib/places';

/**
 * The bytes that the homeserver said it deleted, by the sizes that the plan read. Older versions kept them in another place.
 * Null for the remote media cache: Synapse answers only a number of files.
 */
export function freed({ status, before }: LedgerRow): number | null {
  const size = valueAt(before, ['note', 'bytes']) ?? valueAt(before, ['freed']) ?? valueAt(before, ['media_length']);
  return status === 'done' && typeof size === 'number' ? size : null;
}
