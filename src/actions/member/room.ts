import { HomeserverError } from '~/api/errors';
import { memberEvents, type MemberEvent } from '~/api/membership';
import type { Homeserver } from '~/api/request';
import { roomMembers, roomState } from '~/api/rooms';
import type { Text } from '~/lib/text';
import { roomPower, type RoomPower } from './room-power';

/**
 * A room as a plan of removals has to know it, by three or four requests whatever the number of its users, and who can be removed
 * from it. The rules are those of a kick (`room_member.py:998-1046`, `event_auth.py:675-787`); the server's own answer at the run has
 * the last word.
 */
export interface MemberRoom {
  roomId: string;
  /** Who is in it now. */
  members: ReadonlySet<string>;
  /** Whether the signed-in admin is one of them. */
  adminIn: boolean;
  /** The admin's power there. */
  own: number;
  /** The power that removing somebody takes. */
  needed: number;
  /** The power that being made an admin of the room would give; null: nobody here could give it. */
  offered: number | null;
  /** By which event each of them is in; null: the room is too large to ask for them all. */
  events: ReadonlyMap<string, MemberEvent> | null;
  /** What more than everybody's power somebody has. */
  powers: ReadonlyMap<string, number>;
  everybody: number;
}

/** A room, or why it could not be looked at: `gone` where this homeserver does not know it any more. */
export type Looked = MemberRoom | { roomId: string; problem: Text; gone: boolean };

/** Up to so many members, the events by which they are in are read too. In larger rooms each is looked at by the run alone. */
const EVENTS_UP_TO = 2000;

/** @throws HomeserverError */
export async function lookAtRoom(hs: Homeserver, roomId: string, me: string, signal?: AbortSignal): Promise<Looked> {
  try {
    const [names, levels, create] = await Promise.all([
      roomMembers(hs, roomId, signal),
      roomState(hs, roomId, 'm.room.power_levels', signal),
      roomState(hs, roomId, 'm.room.create', signal),
    ]);
    const members = new Set(names);
    const events = names.length > EVENTS_UP_TO ? null : await memberEvents(hs, roomId, signal);
    const power = roomPower([...levels, ...create], null);
    return {
      roomId,
      members,
      events: events && new Map(events.map((event) => [event.state_key, event])),
      adminIn: members.has(me),
      own: power.of(me),
      needed: power.kick,
      offered: offeredPower(power, members, me),
      powers: new Map(power.named.map((name) => [name, power.of(name)])),
      everybody: power.of(''),
    };
  } catch (error) {
    if (!(error instanceof HomeserverError && error.notFound)) throw error;
    return { roomId, problem: UNKNOWN, gone: true };
  }
}

/** What `make_room_admin` would give (`rooms.py:639-806`): the power of the most powerful joined local user, if it may. */
function offeredPower(power: RoomPower, members: ReadonlySet<string>, me: string): number | null {
  const server = me.slice(me.indexOf(':'));
  const best = Math.max(
    0,
    ...power.named.filter((name) => name.endsWith(server) && members.has(name)).map((name) => power.of(name)),
  );
  if (best === 0 || best < power.levels) return null;
  // The power of a creator can't be handed on: 100 it is then.
  return best === Infinity ? 100 : best;
}

const powerOf = (room: MemberRoom, userId: string): number => room.powers.get(userId) ?? room.everybody;

const suffices = (power: number, room: MemberRoom, userId: string): boolean =>
  power >= room.needed && power > powerOf(room, userId);

export const canRemove = (room: MemberRoom, userId: string): boolean =>
  room.adminIn && suffices(room.own, room, userId);

/** Whether they can be removed once the admin is made an admin of the room. */
export const couldRemove = (room: MemberRoom, userId: string): boolean =>
  room.offered !== null && suffices(Math.max(room.offered, room.own), room, userId);

export interface Judged {
  readonly verdict: 'will' | 'nothing' | 'cannot';
  readonly reason: Text;
}

export const cannot = (reason: Text): Judged => ({ verdict: 'cannot', reason });

/** @param makeAdmin IDs of rooms where the admin chose to be made an admin first */
export function judgeRemoval(userId: string, room: Looked, me: string, makeAdmin: ReadonlySet<string>): Judged {
  if ('problem' in room) return { verdict: room.gone ? 'nothing' : 'cannot', reason: room.problem };
  if (!room.members.has(userId)) return { verdict: 'nothing', reason: NOT_ANY_MORE };
  if (userId === me) return { verdict: 'will', reason: YOU_LEAVE };
  if (canRemove(room, userId)) return { verdict: 'will', reason: '' };
  if (couldRemove(room, userId)) {
    if (makeAdmin.has(room.roomId)) return { verdict: 'will', reason: ONCE_ADMIN };
    return cannot(room.adminIn ? NO_POWER : NOT_IN);
  }
  if (powerOf(room, userId) >= room.needed) return cannot(AS_MUCH_POWER);
  return cannot(NOBODY);
}

const UNKNOWN = /*i18n*/ { id: 'member.remove.unknown-room', message: 'this homeserver no longer knows the room' };
const NOT_ANY_MORE = /*i18n*/ { id: 'member.remove.not-any-more', message: 'no longer in the room' };
const YOU_LEAVE = /*i18n*/ { id: 'member.remove.you-leave', message: 'you leave, after the others are removed' };
const ONCE_ADMIN = /*i18n*/ { id: 'member.remove.once-admin', message: 'after you are made an admin of the room' };
const AS_MUCH_POWER = /*i18n*/ {
  id: 'member.remove.as-much-power',
  message: 'has as much power in the room as you would have',
};
const NOBODY = /*i18n*/ {
  id: 'member.remove.nobody',
  message: 'nobody on this homeserver has enough power in the room to remove users, or to give you that power',
};
const NOT_IN = /*i18n*/ {
  id: 'member.remove.not-in',
  message: 'you are not in the room, so you can’t remove anyone from it',
};
const NO_POWER = /*i18n*/ { id: 'member.remove.no-power', message: 'you don’t have the power to remove this user' };
