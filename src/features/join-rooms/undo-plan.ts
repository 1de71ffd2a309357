import type { RateLimit } from '~/api/users';
import type { LedgerRow } from '~/jobs/job';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import { readBefore } from './before';

/**
 * Which joins of a job can be undone, from that job's ledger and what the homeserver says now. Pure. The rules are those of a
 * kick (`room_member.py:998-1046`, `event_auth.py:675-787`); the server's own answer at the run has the last word.
 */

/** A join that the job made, by its ledger alone. */
export interface Made {
  kind: 'join';
  userId: string;
  roomId: string;
  room: string;
}

/** A row that may have changed something which an undo does not take back, and why. */
export interface NotTaken {
  kind: 'not';
  /** For people, where there is one. */
  userId: string;
  roomId: string;
  room: string;
  reason: string;
  verdict: 'nothing' | 'cannot';
}

/** What a ledger row comes to; null where it changed nothing. */
export function madeBy(row: LedgerRow): Made | NotTaken | null {
  if (row.status === 'waiting' || row.status === 'skipped') return null;
  const before = readBefore(row.before);
  const { Room = '', 'Room id': shownId = '', User = row.id } = row.columns;
  const userId = before?.kept === 'join/1' ? before.user_id : User;
  const place = { userId, roomId: before?.room_id ?? shownId, room: before?.room ?? Room };
  const not = (verdict: NotTaken['verdict'], reason: string): NotTaken => ({ kind: 'not', ...place, verdict, reason });
  if (row.status === 'failed') return not('nothing', `failed in the job: ${row.reason}`);
  if (row.status !== 'done') return not('cannot', 'not known whether the job did it: verify it in its report first');
  if (!before) return not('cannot', 'can’t be undone: what was there before was not kept');
  if (before.kept === 'make-admin/1') {
    return not('cannot', 'you were made admin of the room: step down or leave there by hand');
  }
  if (before.joined_before === null) return not('cannot', 'found in the room afterwards, not known by whose doing');
  return before.joined_before
    ? not('nothing', 'was in the room already, not by this job')
    : { kind: 'join', userId: before.user_id, roomId: before.room_id, room: before.room };
}

/** A room as it is now. */
export interface UndoRoom {
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
  /** What more than everybody's power somebody has. */
  powers: ReadonlyMap<string, number>;
  everybody: number;
}

/** A room, or why it could not be looked at: `gone` where this homeserver does not know it any more. */
export type Looked = UndoRoom | { roomId: string; problem: string; gone: boolean };

export interface UndoRow extends PlanRow {
  userId: string;
  roomId: string;
  room: string;
}

const powerOf = (room: UndoRoom, userId: string): number => room.powers.get(userId) ?? room.everybody;

const suffices = (power: number, room: UndoRoom, userId: string): boolean =>
  power >= room.needed && power > powerOf(room, userId);

const canNow = (room: UndoRoom, userId: string): boolean => room.adminIn && suffices(room.own, room, userId);

const couldBe = (room: UndoRoom, userId: string): boolean =>
  room.offered !== null && suffices(Math.max(room.offered, room.own), room, userId);

type Judged = Pick<PlanRow, 'verdict' | 'reason'>;

const cannot = (reason: string): Judged => ({ verdict: 'cannot', reason });

/** @param makeAdmin ids of rooms where the admin chose to be made an admin first */
export function judgeUndo(userId: string, room: Looked, me: string, makeAdmin: ReadonlySet<string>): Judged {
  if ('problem' in room) return { verdict: room.gone ? 'nothing' : 'cannot', reason: room.problem };
  if (!room.members.has(userId)) return { verdict: 'nothing', reason: 'not in the room any more' };
  if (userId === me) return { verdict: 'will', reason: 'you leave, after the others' };
  if (canNow(room, userId)) return { verdict: 'will', reason: '' };
  if (couldBe(room, userId)) {
    if (makeAdmin.has(room.roomId)) return { verdict: 'will', reason: 'after you are made admin of the room' };
    return cannot(room.adminIn ? NO_POWER : NOT_IN);
  }
  if (powerOf(room, userId) >= room.needed) return cannot('has as much power in the room as you would have');
  return cannot('nobody of this homeserver has the power there, to use it or to give it to you');
}

const NOT_IN = 'you are not in the room, so you can’t remove anybody';
const NO_POWER = 'you may not remove this user from the room';

/** One thing that the run does. All of it is JSON. */
export type UndoItem =
  | { readonly kind: 'lift-limit'; readonly was: RateLimit | null }
  | { readonly kind: 'make-admin'; readonly roomId: string; readonly room: string; readonly adminIn: boolean }
  | { readonly kind: 'remove'; readonly roomId: string; readonly room: string; readonly userId: string }
  | { readonly kind: 'put-limit-back'; readonly was: RateLimit | null };

/** What the plan was made from. */
export interface UndoFindings {
  found: readonly (Made | NotTaken)[];
  rooms: ReadonlyMap<string, Looked>;
  me: string;
  /** The admin's own rate limit; undefined: it could not be read. */
  limit: RateLimit | null | undefined;
}

/** What the admin chose in the plan, and is part of it. */
export interface UndoChoices {
  makeAdmin: ReadonlySet<string>;
  liftLimit: boolean;
}

export interface UndoPlan {
  rows: readonly UndoRow[];
  items: readonly UndoItem[];
  /** Rooms where somebody could be removed if only the admin were made an admin of the room. */
  roomsInNeed: readonly { roomId: string; room: string; adminIn: boolean }[];
  removals: number;
}

/** No limit of any kind (`api/ratelimiting.py:174-184`). */
export const isLifted = (limit: RateLimit | null | undefined): boolean => limit?.messages_per_second === 0;

/** Whether it can be lifted for the run: it is there, and known, so that it can be put back. */
export const canLift = (limit: RateLimit | null | undefined): limit is RateLimit | null =>
  limit !== undefined && !isLifted(limit);

export function planUndo({ found, rooms, me, limit }: UndoFindings, choices: UndoChoices): UndoPlan {
  const rows = found.map((one): UndoRow => {
    const { userId, roomId, room } = one;
    const place = { id: `${userId} ${roomId}`, userId, roomId, room };
    if (one.kind === 'not') return { ...place, verdict: one.verdict, reason: one.reason };
    const looked = rooms.get(roomId) ?? { roomId, problem: 'the room could not be read', gone: false };
    return { ...place, ...judgeUndo(userId, looked, me, choices.makeAdmin) };
  });
  const will = rows.filter(({ verdict }) => verdict === 'will');
  const items = removalItems(will, rooms, me);
  const lifts = choices.liftLimit && will.length > 0 && canLift(limit);
  return {
    rows: rows.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict]),
    items: lifts ? [{ kind: 'lift-limit', was: limit }, ...items, { kind: 'put-limit-back', was: limit }] : items,
    roomsInNeed: inNeed(found, rooms, me),
    removals: will.length,
  };
}

const RANK = { will: 0, cannot: 1, nothing: 2 } as const;

/** Room by room: first what gives the power, then the others, and the admin last, since who has left can remove nobody. */
function removalItems(will: readonly UndoRow[], rooms: ReadonlyMap<string, Looked>, me: string): UndoItem[] {
  const items: UndoItem[] = [];
  for (const [roomId, rows] of Map.groupBy(will, (row) => row.roomId)) {
    const looked = rooms.get(roomId);
    if (!looked || 'problem' in looked) continue;
    const others = rows.filter(({ userId }) => userId !== me);
    if (others.some(({ userId }) => !canNow(looked, userId))) {
      items.push({ kind: 'make-admin', roomId, room: rows[0]?.room ?? roomId, adminIn: looked.adminIn });
    }
    for (const { userId, room } of others.concat(rows.filter((row) => row.userId === me))) {
      items.push({ kind: 'remove', roomId, room, userId });
    }
  }
  return items;
}

function inNeed(found: UndoFindings['found'], rooms: ReadonlyMap<string, Looked>, me: string): UndoPlan['roomsInNeed'] {
  const needy = new Map<string, UndoPlan['roomsInNeed'][number]>();
  for (const one of found) {
    const room = rooms.get(one.roomId);
    if (one.kind === 'not' || !room || 'problem' in room || one.userId === me || !room.members.has(one.userId)) {
      continue;
    }
    if (canNow(room, one.userId) || !couldBe(room, one.userId)) continue;
    needy.set(room.roomId, { roomId: room.roomId, room: one.room, adminIn: room.adminIn });
  }
  return [...needy.values()];
}
