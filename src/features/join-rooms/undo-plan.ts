import { memberId } from '~/actions/member/member';
import { isLifted } from '~/actions/member/own-limit';
import { makeAdminStep, withLimitLifted } from '~/actions/member/removal-steps';
import { OUT } from '~/actions/member/remove';
import { canRemove, couldRemove, judgeRemoval, type Looked } from '~/actions/member/room';
import { isSameStay, keptEvent, stayOf, type KeptEvent } from '~/actions/member/stay';
import type { ActionItem } from '~/actions/plan';
import type { RateLimit } from '~/api/users';
import type { LedgerRow } from '~/jobs/job';
import { withValues, type Text } from '~/lib/text';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import { readBefore } from './before';
import { wordsOf } from '~/lib/words';

/** Which joins of a job can be undone, from that job's ledger and what the homeserver says now. Pure. */

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

/** A room of which the job made the signed-in admin an admin, or may have. */
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

/** A row that may have changed something that the undo leaves as it is, and why. */
export interface NotTaken {
  kind: 'not';
  /** For people, where there is one. */
  userId: string;
  roomId: string;
  room: string;
  reason: Text;
  verdict: 'nothing' | 'cannot';
}

const FAILED = /*i18n*/ { id: 'join.undo.failed', message: 'failed in the job: {reason}' } as const;
const NOT_KEPT = /*i18n*/ {
  id: 'join.undo.not-kept',
  message: 'can’t be undone: what was there before was not kept',
};
const NOT_KNOWN = /*i18n*/ {
  id: 'join.undo.not-known',
  message: 'Glia doesn’t know whether the job did it, or what was there before',
};
const WAS_IN = /*i18n*/ { id: 'join.undo.was-in', message: 'was already in the room, not through this job' };

export type Found = Made | MadeAdmin | NotTaken;

/** What a ledger row comes to; null where it changed nothing. */
export function madeBy(row: LedgerRow): Found | null {
  const before = readBefore(row.before);
  const [User = row.id, Room = '', shownId = ''] = ['User', 'Room', 'Room id'].map((name) => {
    const text = row.columns[name];
    return text === undefined ? undefined : wordsOf(text);
  });
  // However the row ended, half of it may be done: the plan looks at how the room is now.
  if (before?.kept === 'make-admin/1') {
    const power = before.power === null ? Infinity : before.power;
    return { kind: 'admin', userId: User, roomId: before.room_id, room: before.room, wasIn: before.was_in, power };
  }
  const userId = before?.user_id ?? User;
  const place = { userId, roomId: before?.room_id ?? shownId, room: before?.room ?? Room };
  const not = (verdict: NotTaken['verdict'], reason: Text): NotTaken => ({ kind: 'not', ...place, verdict, reason });
  const late = row.unanswered === true;
  const mayBe = before?.joined_before === null;
  if (row.status === 'skipped' && !late && !mayBe) return null;
  if (row.status === 'waiting' && !late) return null;
  if (row.status === 'failed' && !late) return not('nothing', withValues(FAILED, { reason: row.reason }));
  if (!before) {
    return row.status === 'done' ? not('cannot', NOT_KEPT) : not('cannot', NOT_KNOWN);
  }
  if (before.joined_before === true && !late) return not('nothing', WAS_IN);
  const sure = row.status === 'done' && before.joined_before === false;
  return { kind: 'join', ...place, event: (sure && before.join_event) || null, late };
}

/** Whether the undo, as the page of the job offers it, has something to do about this row. */
export const isUndoable = (row: LedgerRow): boolean => {
  const found = madeBy(row);
  return found?.kind === 'join' || found?.kind === 'admin';
};

interface Judged {
  verdict: 'will' | 'nothing' | 'cannot';
  reason: Text;
}

const cannot = (reason: Text): Judged => ({ verdict: 'cannot', reason });

/** Whether the admin's own power in a room changed. Glia can't take it back; the admin can, in a Matrix client. */
export function judgeAdmin({ wasIn, power }: MadeAdmin, room: Looked): Judged {
  if ('problem' in room) return { verdict: room.gone ? 'nothing' : 'cannot', reason: room.problem };
  const rose = power === undefined || room.own > power;
  const joined = room.adminIn && !wasIn;
  if (!rose) return joined ? cannot(YOU_JOINED) : { verdict: 'nothing', reason: POWER_AS_BEFORE };
  const now = powerWords(room.own);
  const own = power === undefined ? now : withValues(POWER, { now, before: powerWords(power) });
  return cannot(withValues(joined ? YOU_JOINED_AND_ROSE : YOU_ROSE, { power: own }));
}

const CREATOR = /*i18n*/ { id: 'join.undo.creator', message: 'that of a creator' };
const POWER = /*i18n*/ { id: 'join.undo.power', message: '{now} (it was {before} before)' } as const;
const YOU_JOINED_AND_ROSE = /*i18n*/ {
  id: 'join.undo.you-joined-and-rose',
  message: 'you joined, and your power level is {power}: step down, or leave, in a Matrix client',
} as const;
const YOU_ROSE = /*i18n*/ {
  id: 'join.undo.you-rose',
  message: 'your power level is {power}: step down in a Matrix client',
} as const;
const YOU_JOINED = /*i18n*/ { id: 'join.undo.you-joined', message: 'you joined: leave in a Matrix client' };
const POWER_AS_BEFORE = /*i18n*/ {
  id: 'join.undo.power-as-before',
  message: 'your power level there is the same as before the job',
};

const powerWords = (power: number): Text => (Number.isFinite(power) ? String(power) : CREATOR);

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

export interface UndoRow extends PlanRow {
  userId: string;
  roomId: string;
  room: string;
  /** Its removal; null: there is none. */
  item: ActionItem | null;
}

export interface UndoPlan {
  rows: readonly UndoRow[];
  /** Rooms where somebody could be removed if only the admin were made an admin of the room. */
  roomsInNeed: readonly { roomId: string; room: string; adminIn: boolean }[];
  /** Who is in still, and may have been joined by someone else: left alone unless chosen. */
  unsure: number;
}

/** Whether it can be lifted for the job: there is a limit, and Glia knows what to restore. */
export const canLift = (limit: RateLimit | null | undefined): limit is RateLimit | null =>
  limit !== undefined && !isLifted(limit);

const UNREAD = /*i18n*/ { id: 'join.undo.unread', message: 'the room could not be read' };
const BY_SOMEONE = /*i18n*/ { id: 'join.undo.by-someone', message: 'may have been joined by someone else' };
const CAME_BACK = /*i18n*/ { id: 'join.undo.came-back', message: 'may have left and come back since' };
const LEFT_ALONE = /*i18n*/ {
  id: 'join.undo.left-alone',
  message: '{why}: left alone unless you choose otherwise',
} as const;
const AND_WHY = /*i18n*/ { id: 'join.undo.and-why', message: '{reason}; {why}' } as const;
const LATE = /*i18n*/ {
  id: 'join.undo.late',
  message: '{reason}; an earlier request of the job got no answer and may still bring them in',
} as const;

/** Why it may not be this job's join by which they are in now; null: it is. */
function whyUnsure({ userId, event }: Made, room: Looked): Text | null {
  if (event === null) return BY_SOMEONE;
  const now = 'problem' in room ? undefined : room.events?.get(userId);
  if (now === undefined || (now.content.membership === 'join' && isSameStay(event, stayOf(now)))) return null;
  return CAME_BACK;
}

export function planUndo({ found, rooms, me }: UndoFindings, choices: UndoChoices): UndoPlan {
  let unsure = 0;
  const judge = (one: Found): Judged & { seen?: KeptEvent | null } => {
    if (one.kind === 'not') return one;
    const looked = rooms.get(one.roomId);
    if (!looked) return cannot(UNREAD);
    if (one.kind === 'admin') return judgeAdmin(one, looked);
    const judged: Judged = judgeRemoval(one.userId, looked, me, choices.makeAdmin);
    const why = whyUnsure(one, looked);
    if (why === null) return { ...judged, seen: one.event };
    // Unless the admin wants them removed, it does not matter whether they could be.
    if (judged.verdict === 'nothing')
      return one.late ? { ...judged, reason: withValues(LATE, { reason: judged.reason }) } : judged;
    unsure += 1;
    if (!choices.unsure) return cannot(withValues(LEFT_ALONE, { why }));
    const now = 'problem' in looked ? undefined : looked.events?.get(one.userId);
    const reason = judged.reason === '' ? why : withValues(AND_WHY, { reason: judged.reason, why });
    return { verdict: judged.verdict, reason, seen: now ? keptEvent(now) : null };
  };
  const judged = found.map((one): UndoRow => {
    const { userId, roomId, room } = one;
    const { verdict, reason, seen = null } = judge(one);
    const id = memberId(userId, roomId);
    const late = one.kind === 'join' && one.late;
    const item: ActionItem = {
      id,
      planned: { joined: true, stay: seen },
      goal: OUT,
      identity: null,
      label: room,
      ...(late && { late }),
    };
    return { id, userId, roomId, room, verdict, reason, item: verdict === 'will' ? item : null };
  });
  return {
    rows: judged.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict]),
    roomsInNeed: inNeed(found, rooms, me, choices),
    unsure,
  };
}

const RANK = { will: 0, cannot: 1, nothing: 2 } as const;

/**
 * The items of the job, room by room: first the admin gets the power, then the others are removed, and the admin leaves last,
 * since someone who has left can remove nobody.
 */
export function undoItems(
  runs: readonly UndoRow[],
  { rooms, me, limit }: UndoFindings,
  choices: UndoChoices,
): readonly ActionItem[] {
  const items: ActionItem[] = [];
  for (const [roomId, rows] of Map.groupBy(runs, (row) => row.roomId)) {
    const looked = rooms.get(roomId);
    if (!looked || 'problem' in looked) continue;
    const others = rows.filter(({ userId }) => userId !== me);
    if (others.some(({ userId }) => !canRemove(looked, userId))) {
      items.push(makeAdminStep({ roomId, room: rows[0]?.room ?? roomId }));
    }
    items.push(...others.concat(rows.filter(({ userId }) => userId === me)).flatMap(({ item }) => item ?? []));
  }
  return choices.liftLimit && items.length > 0 && canLift(limit) ? withLimitLifted(limit, items) : items;
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
    if (canRemove(room, one.userId) || !couldRemove(room, one.userId)) continue;
    needy.set(room.roomId, { roomId: room.roomId, room: one.room, adminIn: room.adminIn });
  }
  return [...needy.values()];
}
