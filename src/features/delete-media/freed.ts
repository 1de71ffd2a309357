import type { LedgerRow } from '~/jobs/job';
import { valueAt } from '~/lib/places';

/**
 * What the homeserver said it deleted, by the sizes that were read before; older versions kept them in another place. Null for
 * the remote cache: only a number of files is answered.
 */
export function freed({ status, before }: LedgerRow): number | null {
  const size = valueAt(before, ['note', 'bytes']) ?? valueAt(before, ['freed']) ?? valueAt(before, ['media_length']);
  return status === 'done' && typeof size === 'number' ? size : null;
}
