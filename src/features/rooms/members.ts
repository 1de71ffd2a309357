import { lackingPower } from '~/actions/member/own-power';
import { roomPower } from '~/actions/member/room-power';
import type { ShownEvent, StateEvent } from '~/api/rooms';
import { serverOf } from '~/lib/mxid';
import { shownText } from '~/lib/shown-text';
import { sorted } from '~/lib/sorted';
import type { Text } from '~/lib/text';

/** Everyone who is in a room, was in it, or is invited: from the list of members and the room's state. */
export interface RoomMember {
  readonly userId: string;
  /** The name in this room; null: there is none, or it is not known. */
  readonly name: string | null;
  readonly avatarUrl: string | null;
  /** `join`, `invite`, `knock`, `leave`, `ban`, or whatever the event says. */
  readonly membership: string;
  /** Why they were removed or banned, as whoever did it wrote. */
  readonly reason: string | null;
  /** Infinity: a creator who stands above every level. Null: the state is not known. */
  readonly power: number | null;
}

/** The members, and the power that it takes to remove or ban one; null: not known. */
export interface RoomMembers {
  readonly rows: readonly RoomMember[];
  readonly kick: number | null;
  readonly ban: number | null;
}

/** Rows that are looked at between two looks at the clock. */
const STEP = 64;

type Content = Readonly<Record<string, unknown>>;

const contentOf = ({ content }: ShownEvent): Content =>
  typeof content === 'object' && content !== null ? (content as Content) : {};

const wordsIn = (value: unknown): string | null => (typeof value === 'string' ? shownText(value) : null);

/**
 * @param joined the homeserver's list of members, which decides who is in the room
 * @param state null: not read
 */
export function* membersOf(
  joined: readonly string[],
  state: readonly ShownEvent[] | null,
): Generator<void, RoomMembers> {
  if (state === null) {
    const rows = joined.map((userId) => ({
      userId,
      name: null,
      avatarUrl: null,
      membership: 'join',
      reason: null,
      power: null,
    }));
    return { rows, kick: null, ban: null };
  }
  const others: ShownEvent[] = [];
  const events = new Map<string, Content>();
  for (const [index, event] of state.entries()) {
    if (index % STEP === 0) yield;
    if (event.type === 'm.room.member') events.set(event.state_key, contentOf(event));
    else others.push(event);
  }
  const power = roomPower(others.filter(isWhole), null);
  const isIn = new Set(joined);
  yield;
  const rows: RoomMember[] = [];
  for (const userId of new Set([...isIn, ...events.keys()])) {
    if (rows.length % STEP === 0) yield;
    const { displayname, avatar_url, membership, reason } = events.get(userId) ?? {};
    rows.push({
      userId,
      name: wordsIn(displayname),
      avatarUrl: typeof avatar_url === 'string' ? avatar_url : null,
      membership: isIn.has(userId) ? 'join' : outside(wordsIn(membership)),
      reason: isIn.has(userId) ? null : wordsIn(reason),
      power: power.of(userId),
    });
  }
  return { rows, kick: power.kick, ban: power.ban };
}

/** The list of members decides who is in the room: whom it does not name has left since the state was read. */
const outside = (membership: string | null): string =>
  membership === null || membership === 'join' ? 'leave' : membership;

/** What power can be read from: an event with a sender, whose content is an object. */
const isWhole = (event: ShownEvent): event is ShownEvent & StateEvent =>
  typeof event.sender === 'string' && contentOf(event) === event.content;

const NOT_IN = /*i18n*/ {
  id: 'room.members.not-in',
  message: 'You are not in this room, so you can’t remove or ban anyone.',
};
/**
 * Why the signed-in admin can't remove or ban this member (`event_auth.py:768-800`), or null. The homeserver has the last word.
 * @param myself the admin, as a member; undefined: not in the room
 * @param needed the power that it takes; null: not known
 */
export function removalProblem(
  { userId, power }: RoomMember,
  myself: RoomMember | undefined,
  needed: number | null,
): Text | null {
  if (myself?.membership !== 'join') return NOT_IN;
  if (userId === myself.userId || needed === null || myself.power === null || power === null) return null;
  return lackingPower(myself.power, needed, power);
}

export type MemberOrder = 'user' | 'membership' | 'power';

/** Members that compare as equal are in the order of their IDs. */
export function sortedMembers(
  rows: readonly RoomMember[],
  by: MemberOrder,
  descending: boolean,
): Generator<void, RoomMember[]> {
  const sign = descending ? -1 : 1;
  const ofBoth = (one: RoomMember, other: RoomMember): number => {
    if (by === 'user') return sign * compare(one.name ?? one.userId.slice(1), other.name ?? other.userId.slice(1));
    if (by === 'membership') return sign * compare(one.membership, other.membership);
    return sign * (rank(one) - rank(other));
  };
  return sorted(rows, (one, other) => ofBoth(one, other) || compare(one.userId, other.userId));
}

/** Finite, because the difference of two infinite numbers is not a number. */
const rank = ({ power }: RoomMember): number => Math.min(power ?? 0, Number.MAX_SAFE_INTEGER);
const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

/** Those in the room by where their accounts are, and everybody else. */
export type MemberGroup = 'here' | 'elsewhere' | 'others';

export function* grouped(
  rows: readonly RoomMember[],
  serverName: string,
): Generator<void, Record<MemberGroup, RoomMember[]>> {
  const groups: Record<MemberGroup, RoomMember[]> = { here: [], elsewhere: [], others: [] };
  for (const [index, row] of rows.entries()) {
    if (index % STEP === 0) yield;
    const isHere = serverOf(row.userId) === serverName;
    groups[row.membership !== 'join' ? 'others' : isHere ? 'here' : 'elsewhere'].push(row);
  }
  return groups;
}
