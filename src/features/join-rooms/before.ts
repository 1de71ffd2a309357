import * as z from 'zod/mini';
import type { Json, LedgerRow } from '~/jobs/job';
import { adminBeforeSchema } from '~/actions/member/make-me-admin';
import type { KeptEvent } from '~/actions/member/stay';

/**
 * What the ledger keeps of an item just before its change; journals and reports of older versions of Glia are read with it, so
 * it only ever grows. It names room and user itself: an undo is made from the ledger alone.
 */
const eventSchema = z.object({ id: z.nullable(z.string()), ts: z.number() });
const joinSchema = z.object({
  kept: z.literal('join/1'),
  room_id: z.string(),
  /** The room for people, as it was called then. */
  room: z.string(),
  user_id: z.string(),
  /**
   * Whether the user was in the room before this job's request. `false`: they were not, at most a minute before. `true`: they
   * were. `null`: they were found in the room after a request was sent, or it was answered with success and no event shows that it
   * did anything: this job joined them, or someone else.
   */
  joined_before: z.nullable(z.boolean()),
  /** The event by which this job's request brought them in. Missing where it was not seen, and in journals of older versions. */
  join_event: z.optional(eventSchema),
});
type Room = { roomId: string; label: string };

export const joinBefore = (
  { roomId, label }: Room,
  userId: string,
  joinedBefore: boolean | null,
  event?: KeptEvent,
): Json => ({
  kept: 'join/1',
  room_id: roomId,
  room: label,
  user_id: userId,
  joined_before: joinedBefore,
  ...(event && { join_event: { id: event.id, ts: event.ts } }),
});

export type JoinBefore = z.output<typeof joinSchema>;
export type AdminBefore = z.output<typeof adminBeforeSchema>;

const beforeSchema = z.discriminatedUnion('kept', [joinSchema, adminBeforeSchema]);

/** Null: nothing was kept, or in a form that this version does not know. */
export function readBefore(before: Json | undefined): JoinBefore | AdminBefore | null {
  const parsed = z.safeParse(beforeSchema, before);
  return parsed.success ? parsed.data : null;
}

/** Whether this row is certainly a join by this job: the request was answered, and an event shows it. */
export function canBeUndone({ status, before }: Pick<LedgerRow, 'status' | 'before'>): boolean {
  const kept = status === 'done' ? readBefore(before) : null;
  return kept?.kept === 'join/1' && kept.joined_before === false && kept.join_event !== undefined;
}
