import type { Json } from '~/jobs/job';
import { olderKept } from './older';
import type { Kept } from './plan';
import { hasAll } from './reading';

/** What `keepBefore` kept; null where it was something else, or nothing. */
export function readKept(before: Json | undefined): Kept | null {
  const isKept = typeof before === 'object' && before !== null && 'kept' in before && before.kept === 'action/1';
  return isKept ? (before as unknown as Kept) : olderKept(before);
}

/** What an undo can put back of a change after which the item is found otherwise than it was to be. */
export function keptAs(kept: Kept, now: Json): Kept {
  const { before, goal } = kept;
  const looksCarriedOut = hasAll(now, goal) && !hasAll(before, goal);
  // More is there than was planned: a request that is still on its way takes it along, and nobody could tell it afterwards.
  if (hasAll(now, before) && !looksCarriedOut) return { ...kept, before: now };
  // Less is left than was to be.
  return hasAll(goal, now) ? { ...kept, goal: now } : kept;
}
