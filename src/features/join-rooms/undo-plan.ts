import type { MemberEvent } from '~/api/membership';
import type { RateLimit } from '~/api/users';
import type { LedgerRow } from '~/jobs/job';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import { readBefore } from './before';
import { isSameStay, keptEvent, type KeptEvent } from './whose';
import { wordsOf } from '~/lib/words';

/**
 * Which joins of a job can be undone, from that job's ledger and what the homeserver says now. Pure. The rules are those of a
 * kick (`room_member.py:998-1046`, `event_auth.py:675-787`); the server's own answer at the run has the last word.
 */

/** A join that the job made, or may have made, by its ledger alone. */
export interface Made {
  kind: 'join';
  userId: string;
  roomId: string;
  room: string;
  /** The event that shows that it is this job's; null: somebody else may have joined them. */
  event: KeptEvent | null;
  /** A request to join them got no answer, and may still be carried out. */
  late: boolean;
}

/** A room whose admin the job made the signed-in admin, or may have. */
export interface MadeAdmin {
  kind: 'admin';
  /** For people. */
  userId: string;
  roomId: string;
  room: string;
  /** What was there before; undefined: not kept. */
  wasIn: boolean;
  power: number | undefined;
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

export type Found = Made | MadeAdmin | NotTaken;

/** What a ledger row comes to; null where it changed nothing. */
export function madeBy(row: LedgerRow): Found | null {
  const before = readBefore(row.before);
  const { Room = '', 'Room id': shownId = '', User = row.id } = row.columns;
  // Half of it may be done however the row ended: what is there now is looked at.
  if (before?.kept === 'make-admin/1') {
    const power = before.power === null ? Infinity : before.power;
    return { kind: 'admin', userId: User, roomId: before.room_id, room: before.room, wasIn: before.was_in, power };
  }
  const userId = before?.user_id ?? User;
  const place = { userId, roomId: before?.room_id ?? shownId, room: before?.room ?? Room };
  const not = (verdict: NotTaken['verdict'], reason: string): NotTaken => ({ kind: 'not', ...place, verdict, reason });
  const late = row.unanswered === true;
  const mayBe = before?.joined_before === null;
  if (row.status === 'skipped' && !late && !mayBe) return null;
  if (row.status === 'waiting' && !late) return null;
  if (row.status === 'failed' && !late) return not('nothing', `failed in the job: ${wordsOf(row.reason)}`);
  if (!before) {
    return row.status === 'done'
      ? not('cannot', 'can’t be undone: what was there before was not kept')
      : not('cannot', 'not known whether the job did it, nor what was there before');
  }
  if (before.joined_before === true && !late) return not('nothing', 'was in the room already, not by this job');
  const sure = row.status === 'done' && before.joined_before === false;
  return { kind: 'join', ...place, event: (sure && before.join_event) || null, late };
}

/** What a row of the job says of the undo that its report offers. */
export const isUndoable = (row: LedgerRow): boolean => {
  const found = madeBy(row);
  return found?.kind === 'join' || found?.kind === 'admin';
};

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
  /** By which event each of them is in; null: the room is too large to ask for them all. */
  events: ReadonlyMap<string, MemberEvent> | null;
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
  /** The join that is undone, where it is known. */
  seen: KeptEvent | null;
  late: boolean;
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

/** What became of the admin's own power in a room: taking it back is for them, in a client. */
export function judgeAdmin({ wasIn, power }: MadeAdmin, room: Looked): Judged {
  if ('problem' in room) return { verdict: room.gone ? 'nothing' : 'cannot', reason: room.problem };
  const before = power === undefined ? '' : `; it was ${powerWords(power)} before`;
  const rose = power === undefined || room.own > power;
  const joined = room.adminIn && !wasIn;
  if (rose && joined) {
    return cannot(`you joined, and your power is ${powerWords(room.own)}${before}: step down, or leave, there by hand`);
  }
  if (rose) return cannot(`your power is ${powerWords(room.own)}${before}: step down there by hand`);
  if (joined) return cannot('you joined: leave there by hand');
  return { verdict: 'nothing', reason: 'your power there is what it was before the job' };
}

const powerWords = (power: number): string => (Number.isFinite(power) ? String(power) : 'that of a creator');

/** One thing that the run does. All of it is JSON. */
export type UndoItem =
  | { readonly kind: 'lift-limit'; readonly was: RateLimit | null }
  | { readonly kind: 'make-admin'; readonly roomId: string; readonly room: string; readonly adminIn: boolean }
  | {
      readonly kind: 'remove';
      readonly roomId: string;
      readonly room: string;
      readonly userId: string;
      /** The join that is undone, and no other; null: the first look of the run says which it is. */
      readonly seen: KeptEvent | null;
      /** A request to join them got no answer: it may come after the removal. */
      readonly late: boolean;
    }
  | { readonly kind: 'put-limit-back'; readonly was: RateLimit | null };

/** What the plan was made from. */
export interface UndoFindings {
  found: readonly Found[];
  rooms: ReadonlyMap<string, Looked>;
  me: string;
  /** The admin's own rate limit; undefined: it could not be read. */
  limit: RateLimit | null | undefined;
}

/** What the admin chose in the plan, and is part of it. */
export interface UndoChoices {
  makeAdmin: ReadonlySet<string>;
  liftLimit: boolean;
  /** Also those whom someone else may have joined. */
  unsure: boolean;
}

export const NOTHING_CHOSEN: UndoChoices = { makeAdmin: new Set(), liftLimit: false, unsure: false };

export interface UndoPlan {
  rows: readonly UndoRow[];
  items: readonly UndoItem[];
  /** Rooms where somebody could be removed if only the admin were made an admin of the room. */
  roomsInNeed: readonly { roomId: string; room: string; adminIn: boolean }[];
  removals: number;
  /** Who is in still, and may have been joined by someone else: left alone unless chosen. */
  unsure: number;
}

/** No limit of any kind (`api/ratelimiting.py:174-184`). */
export const isLifted = (limit: RateLimit | null | undefined): boolean => limit?.messages_per_second === 0;

/** Whether it can be lifted for the run: it is there, and known, so that it can be put back. */
export const canLift = (limit: RateLimit | null | undefined): limit is RateLimit | null =>
  limit !== undefined && !isLifted(limit);

const LATE = '; an earlier request of the job got no answer and may still bring them in';

const UNREAD = (roomId: string): Looked => ({ roomId, problem: 'the room could not be read', gone: false });

/** Why it may not be this job's join by which they are in now; null: it is. */
function whyUnsure({ userId, event }: Made, room: Looked): string | null {
  if (event === null) return 'may have been joined by someone else';
  const now = 'problem' in room ? undefined : room.events?.get(userId);
  if (now === undefined || isSameStay(event, now)) return null;
  return 'may have left and come back since';
}

export function planUndo({ found, rooms, me, limit }: UndoFindings, choices: UndoChoices): UndoPlan {
  let unsure = 0;
  const rows = found.map((one): UndoRow => {
    const { userId, roomId, room } = one;
    const late = one.kind === 'join' && one.late;
    const place = { id: `${userId} ${roomId}`, userId, roomId, room, seen: null, late };
    if (one.kind === 'not') return { ...place, verdict: one.verdict, reason: one.reason };
    const looked = rooms.get(roomId) ?? UNREAD(roomId);
    if (one.kind === 'admin') return { ...place, ...judgeAdmin(one, looked) };
    const judged = judgeUndo(userId, looked, me, choices.makeAdmin);
    const why = whyUnsure(one, looked);
    if (why === null) return { ...place, ...judged, seen: one.event };
    // Whether they could be removed does not matter before somebody wants it.
    if (judged.verdict === 'nothing')
      return { ...place, ...judged, reason: late ? `${wordsOf(judged.reason)}${LATE}` : judged.reason };
    unsure += 1;
    if (!choices.unsure) return { ...place, ...cannot(`${why}: left alone unless you choose otherwise`) };
    const now = 'problem' in looked ? undefined : looked.events?.get(userId);
    const reason = judged.reason === '' ? why : `${wordsOf(judged.reason)}; ${why}`;
    return { ...place, verdict: judged.verdict, reason, seen: now ? keptEvent(now) : null };
  });
  const will = rows.filter(({ verdict }) => verdict === 'will');
  const items = removalItems(will, rooms, me);
  const lifts = choices.liftLimit && will.length > 0 && canLift(limit);
  return {
    rows: rows.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict]),
    items: lifts ? [{ kind: 'lift-limit', was: limit }, ...items, { kind: 'put-limit-back', was: limit }] : items,
    roomsInNeed: inNeed(found, rooms, me, choices),
    removals: will.length,
    unsure,
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
    for (const { userId, room, seen, late } of others.concat(rows.filter((row) => row.userId === me))) {
      items.push({ kind: 'remove', roomId, room, userId, seen, late });
    }
  }
  return items;
}

function inNeed(
  found: readonly Found[],
  rooms: ReadonlyMap<string, Looked>,
  me: string,
  choices: UndoChoices,
): UndoPlan['roomsInNeed'] {
  const needy = new Map<string, UndoPlan['roomsInNeed'][number]>();
  for (const one of found) {
    const room = rooms.get(one.roomId);
    if (one.kind !== 'join' || !room || 'problem' in room || one.userId === me || !room.members.has(one.userId)) {
      continue;
    }
    if (!choices.unsure && whyUnsure(one, room) !== null) continue;
    if (canNow(room, one.userId) || !couldBe(room, one.userId)) continue;
    needy.set(room.roomId, { roomId: room.roomId, room: one.room, adminIn: room.adminIn });
  }
  return [...needy.values()];
}
