import * as z from 'zod/mini';
import type { Json, LedgerRow } from '~/jobs/job';

/**
 * What the ledger keeps of an item just before its change; journals and reports of older versions of Glia are read with it, so
 * it only ever grows. It names room and user itself: an undo is made from the ledger alone.
 */
const joinSchema = z.object({
  kept: z.literal('join/1'),
  room_id: z.string(),
  /** The room for people, as it was called then. */
  room: z.string(),
  user_id: z.string(),
  /**
   * What tells a join of this job from a membership that was there already. `false`: looked at just before (a minute at most)
   * and not in. `true`: in without this job's doing. `null`: found in after something was sent, whether by the answer itself, at
   * a later try or when verified: nobody knows by whose doing.
   */
  joined_before: z.nullable(z.boolean()),
});
const adminSchema = z.object({
  kept: z.literal('make-admin/1'),
  room_id: z.string(),
  room: z.string(),
  /** Whether the admin was in the room before. */
  was_in: z.boolean(),
});

type Room = { roomId: string; label: string };

export const joinBefore = ({ roomId, label }: Room, userId: string, joinedBefore: boolean | null): Json => ({
  kept: 'join/1',
  room_id: roomId,
  room: label,
  user_id: userId,
  joined_before: joinedBefore,
});

export const adminBefore = ({ roomId, label }: Room, wasIn: boolean): Json => ({
  kept: 'make-admin/1',
  room_id: roomId,
  room: label,
  was_in: wasIn,
});

export type Before = z.output<typeof joinSchema> | z.output<typeof adminSchema>;

const beforeSchema = z.discriminatedUnion('kept', [joinSchema, adminSchema]);

/** Null: nothing was kept, or in a form that this version does not know. */
export function readBefore(before: Json | undefined): Before | null {
  const parsed = z.safeParse(beforeSchema, before);
  return parsed.success ? parsed.data : null;
}

/** Whether this row is a join that this job made, for sure. */
export function canBeUndone({ status, before }: Pick<LedgerRow, 'status' | 'before'>): boolean {
  const kept = status === 'done' ? readBefore(before) : null;
  return kept?.kept === 'join/1' && kept.joined_before === false;
}
