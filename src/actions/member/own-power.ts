import { lookAtState } from '~/api/room-asks';
import type { LookAt, Server } from '~/actions/action';
import { withValues, type Text } from '~/lib/text';
import { partsOf } from './member';
import { roomPower, type RoomPower } from './room-power';

/** Whether the signed-in admin has the power to remove or ban a member: the homeserver has the last word (`event_auth.py:768-800`). */

const TOO_LITTLE = /*i18n*/ {
  id: 'room.members.too-little',
  message: 'Your power level is too low: this takes at least {needed}.',
} as const;
const NOT_MORE = /*i18n*/ {
  id: 'room.members.not-more',
  message: 'Your power level must be higher than theirs.',
};

/** @param theirs null: it does not matter, or is not known */
export function lackingPower(own: number, needed: number, theirs: number | null): Text | null {
  if (own < needed) return withValues(TOO_LITTLE, { needed });
  return theirs !== null && own <= theirs ? NOT_MORE : null;
}

/** For one plan: its server is the same object for all items, and many of them are of one room. */
const read = new WeakMap<Server, Map<string, Promise<RoomPower>>>();

function powerIn(roomId: string, look: LookAt, server: Server): Promise<RoomPower> {
  const ofPlan = read.get(server) ?? new Map<string, Promise<RoomPower>>();
  read.set(server, ofPlan);
  const known = ofPlan.get(roomId);
  if (known) return known;
  const reading = Promise.all([
    look(lookAtState(roomId, 'm.room.power_levels')),
    look(lookAtState(roomId, 'm.room.create')),
  ]).then(
    ([levels, create]) => roomPower([...levels, ...create], null),
    (error: unknown) => {
      // Whoever looks next tries again.
      ofPlan.delete(roomId);
      throw error;
    },
  );
  ofPlan.set(roomId, reading);
  return reading;
}

/** Why the admin lacks the power for this one, or null. */
export async function whyPowerless(
  id: string,
  what: 'kick' | 'ban',
  { look, server }: { readonly look: LookAt; readonly server: Server },
): Promise<Text | null> {
  const { userId, roomId } = partsOf(id);
  const power = await powerIn(roomId, look, server);
  return lackingPower(power.of(server.me ?? ''), power[what], power.of(userId));
}
