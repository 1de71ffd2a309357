import type { Json } from '~/jobs/job';
import { olderKept } from './older';
import type { Kept } from './plan';

/** What `keepBefore` kept; null where it was something else, or nothing. */
export function readKept(before: Json | undefined): Kept | null {
  const isKept = typeof before === 'object' && before !== null && 'kept' in before && before.kept === 'action/1';
  return isKept ? (before as unknown as Kept) : olderKept(before);
}
