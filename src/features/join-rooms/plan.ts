/**
 * Who would join which room, and who would not and why. Pure: what the scan found goes in, verdicts come out. The rules are
 * those of `POST /v1/join` (`rooms.py:558-636`, `event_auth.py:685-711`); the server's own answer at the run has the last word.
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
  /** False where the room is too large to ask for bans; the server's answer at the run tells. */
  bansLookedAt: boolean;
  /** Whether the signed-in admin is in the room, and may invite there. Only read where the room is not public. */
  adminIn: boolean;
  adminCanInvite: boolean;
}

/** A room that could not be found, and why. */
export interface LostRoom {
  ref: string;
  problem: string;
}

/** A user as the scan found it. */
export interface FoundUser {
  id: string;
  deactivated: boolean;
  locked: boolean;
  /** Null: a list does not tell, and there were too many to ask for each. */
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
   * What it means that a user is not among them: `no such user` where each was looked up, else what the reading left open.
   */
  absence: string;
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
  reason: string;
}

const WILL: Judged = { verdict: 'will', reason: '' };
const WILL_AFTER: Judged = { verdict: 'will', reason: 'after you are made admin of the room' };
const WILL_FEDERATED: Judged = {
  verdict: 'will',
  reason: 'this homeserver joins the room too, through another server',
};
const cannot = (reason: string): Judged => ({ verdict: 'cannot', reason });

const ALREADY_IN: Judged = { verdict: 'nothing', reason: 'already in the room' };
const REMOTE = cannot('user of another homeserver');
const UNREAD = cannot('the user could not be read');
const DEACTIVATED = cannot('deactivated user');
const LOCKED = cannot('locked user');
const SUSPENDED = cannot('suspended user');
const BLOCKED = cannot('room is blocked');
const SHUT = cannot('the room has no join rule, so nobody can be joined');
const BANNED = cannot('banned from the room');
const NOT_IN = cannot('you are not in the room, so you can’t invite');
const NO_POWER = cannot('you may not invite in the room');
const NO_VIA = cannot('this homeserver is not in the room, and no server to join through was named');

/** @param makeAdmin ids of rooms where the admin chose to be made an admin first */
export function judge(
  userId: string,
  room: FoundRoom | LostRoom,
  found: Findings,
  makeAdmin: ReadonlySet<string>,
): Judged {
  if (!userId.endsWith(`:${found.serverName}`)) return REMOTE;
  if (isLost(room)) return cannot(room.problem);
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
export const waitsForAdmin = ({ room, verdict, reason }: PairRow): boolean =>
  !isLost(room) && needsAdmin(room) && (verdict === 'will' || reason === NOT_IN.reason || reason === NO_POWER.reason);

/** Every user to every room, room by room. */
export function everyPair(users: readonly string[], refs: readonly string[]): Pairing[] {
  return refs.flatMap((ref) => users.map((userId) => ({ userId, ref })));
}

export function planRows(pairs: readonly Pairing[], found: Findings, makeAdmin: ReadonlySet<string>): PairRow[] {
  const rows: PairRow[] = [];
  const seen = new Set<string>();
  for (const { userId, ref } of pairs) {
    const room = found.rooms.get(ref) ?? { ref, problem: 'the room could not be read' };
    const id = `${userId} ${isLost(room) ? ref : room.roomId}`;
    // An alias and an id may name the same room: once is enough.
    if (seen.has(id)) continue;
    seen.add(id);
    rows.push({ id, userId, room, ...judge(userId, room, found, makeAdmin) });
  }
  return rows;
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
