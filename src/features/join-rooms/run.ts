import { HomeserverError } from '~/api/errors';
import { ownMemberEvents, timelineEnd } from '~/api/membership';
import type { Homeserver } from '~/api/request';
import { joinRoom, roomMembers, roomState } from '~/api/rooms';
import { getUser, joinedRooms } from '~/api/users';
import type { Columns, Fault, JobSpec, Json, Outcome, RunContext } from '~/jobs/job';
import { sentences, withValues, type Text } from '~/lib/text';
import {
  adminBefore,
  classifyHalfway,
  lookAtMe,
  makeMeAdmin,
  makingId,
  verifyAdmin,
} from '~/actions/member/make-me-admin';
import { keptEvent, type KeptEvent } from '~/actions/member/stay';
import { joinBefore, readBefore } from './before';
import { Fresh } from './fresh';
import { isOpen, joinTitle, roomLabel, type FoundRoom, type RunItem } from './plan';
import { tombstoneIn } from './replaced';
import { joinOf } from './whose';

/** What a run stands on: which server, as whom, and how its errors are understood. */
export interface RunGround {
  owner: { baseUrl: string; userId: string };
  /** With today's token; throws what `classify` takes for a lost token. */
  homeserver(): Homeserver;
  classify(error: unknown): Fault;
  /** Ms from any start, never backwards: an age clock, since a look must not stay fresh while the machine sleeps. */
  tick(): number;
}

const BY_THIS_JOB = /*i18n*/ { id: 'join.by-this-job', message: 'Joined by this job.' };
const BY_SOMEBODY = /*i18n*/ {
  id: 'join.by-someone',
  message: 'Already in the room when Glia looked: they joined, or someone else joined them, after the plan was made.',
};
const NOTHING_SENT = /*i18n*/ { id: 'join.nothing-sent', message: 'This job sent nothing.' };
/** A request was sent for this user, or may have been, and no event shows whose request joined them. */
const NOBODY_KNOWS = /*i18n*/ {
  id: 'join.nobody-knows',
  message: 'Already in the room when Glia looked: joined by this job or by someone else.',
};
const ALREADY_IN = /*i18n*/ {
  id: 'join.refused-already-in',
  message: 'Already in the room when the request came: joined by this job or by someone else.',
};
const NO_EVENT = /*i18n*/ {
  id: 'join.no-event',
  message:
    'In the room: joined by this job or by someone else. The homeserver accepted the request, but the room shows no newer join.',
};
const NOT_ADMIN = /*i18n*/ {
  id: 'join.not-admin',
  message: 'You were not made an admin of the room, so nobody could be invited.',
};
const DEACTIVATED = /*i18n*/ { id: 'join.deactivated-since', message: 'Deactivated since the plan was made.' };
const LOCKED = /*i18n*/ { id: 'join.locked-since', message: 'Locked since the plan was made.' };
const SUSPENDED = /*i18n*/ {
  id: 'join.suspended-now',
  message: 'This user is suspended: the homeserver would refuse the join.',
};
const REPLACED = /*i18n*/ {
  id: 'join.replaced-since',
  message: 'The room was replaced by another one since the plan was made.',
};
const INVITATION_LEFT = /*i18n*/ {
  id: 'join.invitation-left',
  message: '{reason}. Your invitation was sent before that, and remains.',
} as const;
const OUT_SINCE = /*i18n*/ { id: 'join.out-since', message: 'Joined by this job, and no longer in the room.' };

/** A join that the homeserver accepted: after which point of the room's timeline its event stands, and when it was sent. */
interface Accepted {
  /** Null: the room was new to this homeserver. Undefined: this homeserver does not say. */
  end: string | null | undefined;
  sentAt: number;
  answeredAt: number;
}

/** A join was accepted, and its event can be read only later. */
class StillToRead extends Error {
  override readonly name = 'StillToRead';

  constructor(cause: unknown) {
    super(undefined, { cause });
  }
}

export function joinJob(ground: RunGround, items: readonly RunItem[]): JobSpec<RunItem> {
  const members = new Fresh<Set<string>>(() => ground.tick());
  const users = new Fresh<Text | null>(() => ground.tick());
  const tombstones = new Fresh<boolean>(() => ground.tick());
  /**
   * Joins that were sent. A user who is found in the room afterwards may always have been joined by this job, whatever the
   * answer was: a browser may send a request twice by itself, and give only the second answer.
   */
  const sent = new Set<string>();
  /** Joins that the homeserver accepted, and whose events are still to be read. */
  const answered = new Map<string, Accepted>();
  /** Rooms whose admin the signed-in admin could not become: each of their joins would fail. */
  const closed = new Map<string, Text>();

  async function makeAdmin(room: FoundRoom, context: RunContext): Promise<Outcome> {
    const before = await lookAtMe(ground, room.roomId, context.signal);
    context.holdBack();
    // The first try found what was there before the job. It is kept again with each try, which marks the request as sent.
    await context.keepBefore(context.kept ?? adminBefore(placeOf(room), before));
    context.holdBack();
    closed.set(room.roomId, NOT_ADMIN);
    const made = await makeMeAdmin(ground, room.roomId, 'invite', before, context);
    if (made.status !== 'failed') closed.delete(room.roomId);
    return made;
  }

  /** Why this user can't be joined now though the plan said so, or null. */
  function whyNotAnyMore(userId: string, signal: AbortSignal): Promise<Text | null> {
    const hs = ground.homeserver();
    return users.get(userId, async () => {
      const user = await getUser(hs, userId, signal);
      if (user.deactivated) return DEACTIVATED;
      if (user.locked) return LOCKED;
      return user.suspended ? SUSPENDED : null;
    });
  }

  /** Whether the room was replaced since the plan. If the plan knew that it was, the admin chose to join the old room. */
  async function isReplaced({ roomId, known, replaced }: FoundRoom, signal: AbortSignal): Promise<boolean> {
    if (!known || replaced !== null) return false;
    const hs = ground.homeserver();
    return tombstones.get(
      roomId,
      async () => tombstoneIn(await roomState(hs, roomId, 'm.room.tombstone', signal)) !== null,
    );
  }

  /** In a public room a second join would overwrite the member's name in that room with the global one. */
  async function isIn({ roomId, known }: FoundRoom, userId: string, signal: AbortSignal): Promise<boolean> {
    const hs = ground.homeserver();
    // This homeserver can't list the members of a room before one of its users has joined it.
    if (!known) return (await joinedRooms(hs, userId, signal)).includes(roomId);
    const inside = await members.get(roomId, async () => new Set(await roomMembers(hs, roomId, signal)));
    return inside.has(userId);
  }

  /** The end of the room's timeline just before a join; undefined where this homeserver does not say. */
  async function endOf({ roomId, known }: FoundRoom, signal: AbortSignal): Promise<string | null | undefined> {
    if (!known) return null;
    try {
      return await timelineEnd(ground.homeserver(), roomId, signal);
    } catch (error) {
      if (ground.classify(error).kind !== 'refused') throw error;
      return undefined;
    }
  }

  async function join(room: FoundRoom, userId: string, context: RunContext): Promise<Outcome> {
    const { signal } = context;
    const { roomId } = room;
    const shut = closed.get(roomId);
    if (shut !== undefined) return { status: 'failed', reason: shut };
    const pair = `${userId} ${roomId}`;
    const accepted = answered.get(pair);
    if (accepted) return outcomeOf(room, userId, accepted, signal);
    const again = sent.has(pair) || context.sentEarlier;
    if (again) {
      const rooms = await joinedRooms(ground.homeserver(), userId, signal);
      if (rooms.includes(roomId)) return foundIn(room, userId);
      context.holdBack();
    }
    const changed = await whyNotAnyMore(userId, signal);
    if (changed !== null) return { status: 'skipped', reason: changed };
    context.holdBack();
    if (await isIn(room, userId, signal)) {
      if (again) return foundIn(room, userId);
      return { status: 'skipped', reason: BY_SOMEBODY, before: joinBefore(placeOf(room), userId, true) };
    }
    context.holdBack();
    if (await isReplaced(room, signal)) {
      return { status: 'skipped', reason: REPLACED };
    }
    context.holdBack();
    const end = await endOf(room, signal);
    context.holdBack();
    // Written to the journal before the join: afterwards nobody could tell who was in the room already.
    await context.keepBefore(joinBefore(placeOf(room), userId, false));
    context.holdBack();
    // This throws where nobody is signed in any more: then nothing is sent.
    const hs = ground.homeserver();
    sent.add(pair);
    const sentAt = performance.now();
    try {
      await joinRoom(hs, roomId, userId, room.known ? [] : room.via, signal);
    } catch (error) {
      if (!(error instanceof HomeserverError)) throw error;
      // They were not in the room a moment ago, so nobody can tell whose request joined them.
      if (isAlreadyIn(error)) return foundIn(room, userId, again ? NOBODY_KNOWS : ALREADY_IN);
      // The invitation goes out before the join is refused (`room_member.py:793-798`).
      if (error.status === 403 && error.errcode === 'M_USER_SUSPENDED' && !isOpen(room)) {
        return { status: 'failed', reason: withValues(INVITATION_LEFT, { reason: error.text }) };
      }
      throw error;
    }
    const request = { end, sentAt, answeredAt: performance.now() };
    answered.set(pair, request);
    return outcomeOf(room, userId, request, signal);
  }

  /** How a join ended that the homeserver accepted: done if an event shows that this request brought the user in. */
  async function outcomeOf(room: FoundRoom, userId: string, request: Accepted, signal: AbortSignal): Promise<Outcome> {
    const event = await eventOf(room.roomId, userId, request, signal);
    answered.delete(`${userId} ${room.roomId}`);
    if (event === null) return foundIn(room, userId, NO_EVENT);
    return { status: 'done', reason: BY_THIS_JOB, before: joinBefore(placeOf(room), userId, false, event) };
  }

  /** Null where no event shows it, or none can be read. @throws StillToRead where it can be read later */
  async function eventOf(
    roomId: string,
    userId: string,
    { end, ...moments }: Accepted,
    signal: AbortSignal,
  ): Promise<KeptEvent | null> {
    if (end === undefined) return null;
    const read = () => ownMemberEvents(ground.homeserver(), roomId, userId, end, signal);
    try {
      // Asked again where the connection broke: the join itself has its answer, which must not be lost.
      const events = await read().catch((error: unknown) => {
        if (ground.classify(error).kind === 'unanswered') return read();
        throw error;
      });
      const event = joinOf(events, { ...moments, readAt: performance.now() });
      return event && keptEvent(event);
    } catch (error) {
      const { kind } = ground.classify(error);
      if (kind === 'busy' || kind === 'signed-out') throw new StillToRead(error);
      return null;
    }
  }

  return {
    kind: 'join-rooms',
    title: joinTitle(items.filter((item) => item.kind === 'join')),
    owner: ground.owner,
    items,
    describe: describeRun,
    // The server takes joins to one room one at a time (synapse-admin-api §5.6): rooms side by side, not users.
    lane: ({ room }) => room.roomId,
    run: (item, context) =>
      item.kind === 'make-admin' ? makeAdmin(item.room, context) : join(item.room, item.userId, context),
    async verify(item, { signal, kept }) {
      const { room } = item;
      if (item.kind === 'make-admin') {
        const found = await verifyAdmin(ground, room.roomId, 'invite', { signal, kept });
        if (found.status === 'skipped') closed.delete(room.roomId);
        return found;
      }
      const { userId } = item;
      const rooms = await joinedRooms(ground.homeserver(), userId, signal);
      const pair = `${userId} ${room.roomId}`;
      if (!rooms.includes(room.roomId)) {
        const before = readBefore(kept);
        // The event of this job's join was seen, so a late request can't explain that they are out of the room.
        if (before?.kept === 'join/1' && before.join_event) {
          return { status: 'skipped', reason: OUT_SINCE };
        }
        // The homeserver may still carry out the request, and someone else may join them.
        sent.add(pair);
        return { status: 'not-done' };
      }
      // The state from before is kept before anything is sent. Nothing was kept: the page closed before the request was sent.
      if (kept === undefined && !sent.has(pair)) {
        const before = joinBefore(placeOf(room), userId, true);
        return { status: 'skipped', reason: sentences(BY_SOMEBODY, NOTHING_SENT), before, settles: true };
      }
      return foundIn(room, userId);
    },
    classify(error) {
      if (!(error instanceof StillToRead)) return classifyHalfway(error, ground);
      const fault = ground.classify(error.cause);
      return fault.kind === 'busy' || fault.kind === 'signed-out' ? { ...fault, sent: true } : fault;
    },
    repeatable: true,
    keepsFirst: true,
    keep: keepRun(items),
  };
}

/** They are in the room after a request was sent, or may have been. No event shows that the request did it, so it is not done. */
const foundIn = (room: FoundRoom, userId: string, reason: Text = NOBODY_KNOWS): Outcome => ({
  status: 'skipped',
  reason,
  before: joinBefore(placeOf(room), userId, null),
});

/** Each room is kept once, however many users join it, and without its members: the job reads those again. */
function keepRun(items: readonly RunItem[]): NonNullable<JobSpec<RunItem>['keep']> {
  const numbers = new Map<string, number>();
  const rooms: Json[] = [];
  for (const { room } of items) {
    if (numbers.has(room.roomId)) continue;
    numbers.set(room.roomId, rooms.length);
    const { ref, roomId, name, alias, via, known, joinRule, adminIn, adminCanInvite, replaced } = room;
    rooms.push({
      ref,
      roomId,
      name,
      alias,
      via,
      known,
      joinRule,
      adminIn,
      adminCanInvite,
      replaced: replaced !== null,
    });
  }
  return {
    plan: { rooms },
    pack: (item) => [numbers.get(item.room.roomId) ?? -1, ...(item.kind === 'join' ? [item.userId] : [])],
  };
}

/** It has no errcode of its own, so it is known by its words (`event_auth.py:699-704`). */
const isAlreadyIn = ({ status, errcode, serverReason }: HomeserverError): boolean =>
  status === 403 && errcode === 'M_FORBIDDEN' && (serverReason?.endsWith('is already in the room.') ?? false);

/** A room as the ledger keeps it. */
const placeOf = (room: FoundRoom) => ({ roomId: room.roomId, label: roomLabel(room) });

const AS_ADMIN = /*i18n*/ { id: 'join.as-admin', message: 'you, as an admin of the room' };

function describeRun(item: RunItem): { id: string; columns: Columns } {
  const room = { Room: roomLabel(item.room), 'Room id': item.room.roomId };
  return item.kind === 'join'
    ? { id: `${item.userId} ${item.room.roomId}`, columns: { User: item.userId, ...room } }
    : { id: makingId(item.room.roomId), columns: { User: AS_ADMIN, ...room } };
}
