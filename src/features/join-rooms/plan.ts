import { withValues, type Text } from '~/lib/text';
import type { Replacement } from './replaced';
import { JOIN_TITLE } from './title';

/**
 * Which user would join which room, and why another would not. Pure: it makes verdicts of what the scan found. The rules are
 * those of `POST /v1/join` (`rooms.py:558-636`, `event_auth.py:685-711`); in the job the homeserver's own answer counts.
 */

/** A room as the scan found it. */
export interface FoundRoom {
  /** As it was named: an alias or an id. */
  ref: string;
  roomId: string;
  name: string | null;
  alias: string | null;
  /** Servers to join through: only for a room that this server is not in. */
  via: readonly string[];
  /** Whether this server is in the room. If not, nothing else is known of it. */
  known: boolean;
  blocked: boolean;
  /** Null: the room has no such rule at all. */
  joinRule: string | null;
  /** A space holds rooms; joining it joins none of them. */
  isSpace: boolean;
  members: ReadonlySet<string>;
  banned: ReadonlySet<string>;
  /** False where the room is too large to ask for its bans: then the homeserver's answer in the job decides. */
  bansLookedAt: boolean;
  /** Whether the signed-in admin is in the room, and may invite there. Only read where the room is not public. */
  adminIn: boolean;
  adminCanInvite: boolean;
  /** By which room it was replaced; null: it was not. */
  replaced: Replacement | null;
}

/** A room that could not be found, and why. */
export interface LostRoom {
  ref: string;
  problem: Text;
}

/** A user as the scan found it. */
export interface FoundUser {
  id: string;
  deactivated: boolean;
  locked: boolean;
  /** Null: the list of users does not say it, and there were too many users to look up each. */
  suspended: boolean | null;
}

export interface Pairing {
  userId: string;
  /** As it was named. */
  ref: string;
}

export interface Findings {
  rooms: ReadonlyMap<string, FoundRoom | LostRoom>;
  users: ReadonlyMap<string, FoundUser>;
  /**
   * What it means that a user is not among them: there is none where each was looked up, else what the reading left open.
   */
  absence: Text;
  /** Users whose look-up failed. */
  unread: ReadonlySet<string>;
  serverName: string;
}

export const isLost = (room: FoundRoom | LostRoom): room is LostRoom => 'problem' in room;

/** Only a room that is public by its join rule needs no invitation (`rooms.py:612-626`). */
export const isOpen = (room: FoundRoom): boolean => room.joinRule === 'public';

/** Without any join rule the server sends no invitation, and then refuses the join for want of one (`rooms.py:612-626`). */
const isShut = (room: FoundRoom): boolean => room.known && room.joinRule === null;

/** Rooms where nobody can be joined unless the admin is made an admin of the room first. */
export const needsAdmin = (room: FoundRoom): boolean =>
  room.known && !room.blocked && !isOpen(room) && !isShut(room) && !(room.adminIn && room.adminCanInvite);

export type Verdict = 'will' | 'nothing' | 'cannot';

export interface Judged {
  verdict: Verdict;
  reason: Text;
  /** All that is missing is that the admin may invite in the room. */
  lacksPower?: true;
}

const cannot = (reason: Text): Judged => ({ verdict: 'cannot', reason });

const WILL: Judged = { verdict: 'will', reason: '' };
const WILL_AFTER: Judged = {
  verdict: 'will',
  reason: /*i18n*/ { id: 'join.after-admin', message: 'after you are made an admin of the room' },
};
const WILL_FEDERATED: Judged = {
  verdict: 'will',
  reason: /*i18n*/ { id: 'join.federated', message: 'this homeserver joins the room too, through another server' },
};
const ALREADY_IN: Judged = {
  verdict: 'nothing',
  reason: /*i18n*/ { id: 'join.already-in', message: 'already in the room' },
};
const REMOTE = cannot(/*i18n*/ { id: 'join.remote-user', message: 'user of another homeserver' });
const UNREAD = cannot(/*i18n*/ { id: 'join.unread-user', message: 'the user could not be read' });
const DEACTIVATED = cannot(/*i18n*/ { id: 'join.deactivated', message: 'deactivated user' });
const LOCKED = cannot(/*i18n*/ { id: 'join.locked', message: 'locked user' });
const SUSPENDED = cannot(/*i18n*/ { id: 'join.suspended', message: 'suspended user' });
const BLOCKED = cannot(/*i18n*/ { id: 'join.blocked', message: 'the room is blocked' });
const SHUT = cannot(
  /*i18n*/ {
    id: 'join.no-join-rule',
    message: 'the room has no join rule, so nobody can be joined',
  },
);
const BANNED = cannot(/*i18n*/ { id: 'join.banned', message: 'banned from the room' });
const NOT_IN: Judged = {
  ...cannot(/*i18n*/ { id: 'join.you-not-in', message: 'you are not in the room, so you can’t invite' }),
  lacksPower: true,
};
const NO_POWER: Judged = {
  ...cannot(/*i18n*/ { id: 'join.you-cannot-invite', message: 'you don’t have the power to invite in the room' }),
  lacksPower: true,
};
const NO_NEW_ROOM = cannot(
  /*i18n*/ {
    id: 'join.closed',
    message: 'the room was closed, and no new room was named',
  },
);
const CIRCLE = cannot(
  /*i18n*/ {
    id: 'join.replaced-in-circle',
    message: 'the room was replaced, and the rooms that replaced it lead back to each other',
  },
);
const NO_VIA = cannot(
  /*i18n*/ {
    id: 'join.no-server',
    message: 'this homeserver is not in the room, and no server to join through was named',
  },
);
const UNREAD_ROOM = /*i18n*/ { id: 'join.unread-room', message: 'the room could not be read' };
const REPLACED_BY = /*i18n*/ { id: 'join.replaced-by', message: 'the room was replaced by {room}' } as const;
const REPLACED_BY_ID = /*i18n*/ { id: 'join.replaced-by-id', message: 'the room was replaced by {roomId}' } as const;
const IN_PLACE_OF = /*i18n*/ { id: 'join.in-place-of', message: 'in place of {room}' } as const;

/** What the admin chose in the plan, and is part of it. By ids of rooms. */
export interface PlanChoices {
  /** Where to be made an admin first. */
  makeAdmin: ReadonlySet<string>;
  /** What to do where the room was replaced: use the new one instead, or join the old one anyway. */
  replaced: ReadonlyMap<string, 'new' | 'old'>;
}

export const NOTHING_CHOSEN: PlanChoices = { makeAdmin: new Set(), replaced: new Map() };

/** A room that is left out of the plan until the admin says which room is meant. */
function judgeReplaced({ replaced }: FoundRoom): Judged | null {
  if (replaced === null) return null;
  if (replaced.kind === 'loop') return CIRCLE;
  if (replaced.kind === 'none') return NO_NEW_ROOM;
  const { room, id } = replaced;
  return cannot(
    isLost(room) ? withValues(REPLACED_BY_ID, { roomId: id }) : withValues(REPLACED_BY, { room: roomLabel(room) }),
  );
}

/** A room for people. */
export const roomLabel = ({ name, alias, roomId }: Pick<FoundRoom, 'name' | 'alias' | 'roomId'>): string =>
  name ?? alias ?? roomId;

export function judge(
  userId: string,
  room: FoundRoom | LostRoom,
  found: Findings,
  { makeAdmin, replaced }: PlanChoices,
): Judged {
  if (!userId.endsWith(`:${found.serverName}`)) return REMOTE;
  if (isLost(room)) return cannot(room.problem);
  const gone = replaced.get(room.roomId) === 'old' ? null : judgeReplaced(room);
  if (gone) return gone;
  const user = found.users.get(userId);
  if (!user) return found.unread.has(userId) ? UNREAD : cannot(found.absence);
  if (room.members.has(userId)) return ALREADY_IN;
  if (user.deactivated) return DEACTIVATED;
  if (user.locked) return LOCKED;
  if (user.suspended === true) return SUSPENDED;
  if (room.blocked) return BLOCKED;
  if (!room.known) return room.via.length > 0 ? WILL_FEDERATED : NO_VIA;
  if (room.banned.has(userId)) return BANNED;
  if (isShut(room)) return SHUT;
  if (!needsAdmin(room)) return WILL;
  if (makeAdmin.has(room.roomId)) return WILL_AFTER;
  return room.adminIn ? NO_POWER : NOT_IN;
}

/** A row of the plan: lean, since there may be 100,000. */
export interface PairRow extends Judged {
  /** `user room`, unique. */
  id: string;
  userId: string;
  room: FoundRoom | LostRoom;
}

/** Whether being made an admin of the room is all that this row needs, or needed. */
export const waitsForAdmin = ({ room, verdict, lacksPower }: PairRow): boolean =>
  !isLost(room) && needsAdmin(room) && (verdict === 'will' || lacksPower === true);

/** Every user to every room, room by room. */
export function everyPair(users: readonly string[], refs: readonly string[]): Pairing[] {
  return refs.flatMap((ref) => users.map((userId) => ({ userId, ref })));
}

export function planRows(pairs: readonly Pairing[], found: Findings, choices: PlanChoices): PairRow[] {
  const rows: PairRow[] = [];
  const seen = new Set<string>();
  for (const { userId, ref } of pairs) {
    const named: FoundRoom | LostRoom = found.rooms.get(ref) ?? { ref, problem: UNREAD_ROOM };
    const room = meantBy(named, choices);
    const id = `${userId} ${isLost(room) ? ref : room.roomId}`;
    // An alias and an id may name the same room: once is enough.
    if (seen.has(id)) continue;
    seen.add(id);
    const judged = judge(userId, room, found, choices);
    const inPlaceOf = named === room || isLost(named) || judged.reason !== '' ? null : roomLabel(named);
    rows.push({
      id,
      userId,
      room,
      ...judged,
      ...(inPlaceOf !== null && { reason: withValues(IN_PLACE_OF, { room: inPlaceOf }) }),
    });
  }
  return rows;
}

/** The room that stands in the plan for the one that was named. */
function meantBy(named: FoundRoom | LostRoom, { replaced }: PlanChoices): FoundRoom | LostRoom {
  if (isLost(named) || named.replaced?.kind !== 'room' || replaced.get(named.roomId) !== 'new') return named;
  return named.replaced.room;
}

/** Rooms of the plan that were replaced, each once. */
export function replacedRooms({ rooms }: Pick<Findings, 'rooms'>): FoundRoom[] {
  const found = new Map<string, FoundRoom>();
  for (const room of rooms.values()) if (!isLost(room) && room.replaced) found.set(room.roomId, room);
  return [...found.values()];
}

/** One thing that the run does. */
export type RunItem = { kind: 'make-admin'; room: FoundRoom } | { kind: 'join'; room: FoundRoom; userId: string };

/** What the rows come down to, in order: first what makes the admin able to invite in a room, then that room's joins. */
export function runItems(rows: readonly PairRow[]): RunItem[] {
  const items: RunItem[] = [];
  const made = new Set<string>();
  for (const { verdict, room, userId } of rows) {
    if (verdict !== 'will' || isLost(room)) continue;
    if (needsAdmin(room) && !made.has(room.roomId)) {
      made.add(room.roomId);
      items.push({ kind: 'make-admin', room });
    }
    items.push({ kind: 'join', room, userId });
  }
  return items;
}

/** What these rows do, for the plan and the title of the job: “Join 12 users to Lobby and 2 more rooms”. */
export function joinTitle(runs: readonly Pick<PairRow, 'userId' | 'room'>[]): Text {
  const users = new Set<string>();
  const rooms = new Map<string, string>();
  for (const { userId, room } of runs) {
    users.add(userId);
    if (!isLost(room)) rooms.set(room.roomId, roomLabel(room));
  }
  const [userId = '', otherUserId = ''] = users;
  const [room = '', otherRoom = ''] = rooms.values();
  return withValues(JOIN_TITLE, {
    users: users.size,
    userId,
    otherUserId,
    rooms: rooms.size,
    room,
    otherRoom,
    more: rooms.size - 1,
  });
}
