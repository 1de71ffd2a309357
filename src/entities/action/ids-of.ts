import type { AnyAction } from '~/actions/action';
import { partsOf } from '~/actions/member/member';

/** The IDs that an item is known by: a member of a room by the user's and the room's. */
export function idsOf({ entity }: AnyAction, id: string): readonly [first: string, ...more: string[]] {
  if (entity !== 'member') return [id];
  const { userId, roomId } = partsOf(id);
  return [userId, roomId];
}
