import { HomeserverError } from '~/api/errors';
import type { Homeserver } from '~/api/request';
import { joinAsMyself, joinRoom, makeRoomAdmin, roomMembers } from '~/api/rooms';
import { getUser, joinedRooms } from '~/api/users';
import type { Fault, JobSpec, Json, Outcome, RunContext } from '~/jobs/job';
import { plural } from '~/lib/numbers';
import { isOpen, type FoundRoom, type RunItem } from './plan';

/** What a run stands on: which server, as whom, and how its errors are understood. */
export interface RunGround {
  owner: { baseUrl: string; userId: string };
  href: string;
  /** With today's token; throws what `classify` takes for a lost token. */
  homeserver(): Homeserver;
  classify(error: unknown): Fault;
  /** Ms from any start, never jumping: how old a look is must not hang on the clock on the wall. */
  tick(): number;
}

/** The second request of an item was not carried out, the first one was. */
class Halfway extends Error {
  override readonly name = 'Halfway';
}

/** How old a look at a room or a user may be before it is looked at again. Keeps it to a look a minute, not one a join. */
const FRESH_MS = 60_000;

/** What was looked up, for a while. A look that failed is forgotten. */
class Fresh<T> {
  readonly #known = new Map<string, { at: number; value: Promise<T> }>();
  readonly #tick: () => number;

  constructor(tick: () => number) {
    this.#tick = tick;
  }

  get(key: string, look: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known && this.#tick() - known.at < FRESH_MS) return known.value;
    const value = look();
    this.#known.set(key, { at: this.#tick(), value });
    value.catch(() => this.#known.delete(key));
    return value;
  }
}

const JOINED_BEFORE = 'In the room: an earlier try joined them, though its answer did not say so.';

export function joinJob(ground: RunGround, items: readonly RunItem[]): JobSpec<RunItem> {
  const members = new Fresh<Set<string>>(() => ground.tick());
  const users = new Fresh<string | null>(() => ground.tick());
  /**
   * Joins that were sent. Who is in the room afterwards is in because of us, whatever the answer was: a browser may have sent it
   * twice by itself, and read only the second answer.
   */
  const sent = new Set<string>();
  /** Rooms where making the admin an admin did not work: their joins would only fail one by one. */
  const closed = new Map<string, string>();
  const joins = items.filter(({ kind }) => kind === 'join').length;

  async function makeAdmin(room: FoundRoom, { signal, holdBack }: RunContext): Promise<Outcome> {
    const { userId } = ground.owner;
    closed.set(room.roomId, 'You were not made an admin of the room, so nobody could be invited.');
    await makeRoomAdmin(ground.homeserver(), room.roomId, userId, signal);
    // It invites who is not in the room yet (`rooms.py:786-804`); the join is the invited one's own.
    if (!room.adminIn) {
      holdBack(true);
      await joinAsMyself(ground.homeserver(), room.roomId, signal).catch((error: unknown) => {
        if (ground.classify(error).kind === 'unanswered') throw error;
        throw new Halfway('You are an admin of the room and invited, but not in it', { cause: error });
      });
    }
    closed.delete(room.roomId);
    return { status: 'done', reason: room.adminIn ? 'You may invite now.' : 'You joined, and may invite now.' };
  }

  /** Why this user may not be joined any more, or null. The plan said yes, but that was a while ago. */
  async function lookAgain(room: FoundRoom, userId: string, { signal, holdBack }: RunContext): Promise<Outcome | null> {
    const hs = ground.homeserver();
    const changed = await users.get(userId, async () => {
      const user = await getUser(hs, userId, signal);
      if (user.deactivated) return 'Deactivated since the plan was made.';
      if (user.locked) return 'Locked since the plan was made.';
      return user.suspended ? 'Suspended: the homeserver would refuse it.' : null;
    });
    if (changed !== null) return { status: 'skipped', reason: changed };
    if (!room.known) return null;
    holdBack();
    const inside = await members.get(room.roomId, async () => new Set(await roomMembers(hs, room.roomId, signal)));
    // In a public room a second join would overwrite the member's name in that room with the global one.
    return inside.has(userId) ? { status: 'skipped', reason: 'Joined meanwhile: already in the room.' } : null;
  }

  async function join(room: FoundRoom, userId: string, context: RunContext): Promise<Outcome> {
    const { signal } = context;
    void context.keepBefore({ room_id: room.roomId, user_id: userId, joined: false });
    const shut = closed.get(room.roomId);
    if (shut !== undefined) return { status: 'failed', reason: shut };
    const pair = `${userId} ${room.roomId}`;
    if (sent.has(pair)) {
      const rooms = await joinedRooms(ground.homeserver(), userId, signal);
      if (rooms.includes(room.roomId)) return { status: 'done', reason: JOINED_BEFORE };
      context.holdBack();
    }
    const moved = await lookAgain(room, userId, context);
    if (moved) return moved;
    context.holdBack();
    sent.add(pair);
    try {
      const { room_id } = await joinRoom(ground.homeserver(), room.roomId, userId, room.known ? [] : room.via, signal);
      return room_id === room.roomId
        ? { status: 'done' }
        : { status: 'failed', reason: `The homeserver answered with another room, ${room_id}.` };
    } catch (error) {
      const settled = error instanceof HomeserverError ? settledBy(error, room) : null;
      if (settled) return settled;
      throw error;
    }
  }

  function classify(error: unknown): Fault {
    if (!(error instanceof Halfway)) return ground.classify(error);
    const fault = ground.classify(error.cause);
    const reason = `${error.message}: ${fault.reason}`;
    return fault.kind === 'busy' || fault.kind === 'signed-out'
      ? { ...fault, reason, sent: true }
      : { ...fault, reason };
  }

  return {
    kind: 'join-rooms',
    title: `Join users to rooms: ${plural(joins, 'join')}`,
    href: ground.href,
    owner: ground.owner,
    items,
    describe: describeRun,
    // The server takes joins to one room one at a time (synapse-admin-api §5.6): rooms side by side, not users.
    lane: ({ room }) => room.roomId,
    run: (item, context) =>
      item.kind === 'make-admin' ? makeAdmin(item.room, context) : join(item.room, item.userId, context),
    async verify(item, { signal }) {
      const userId = item.kind === 'join' ? item.userId : ground.owner.userId;
      const rooms = await joinedRooms(ground.homeserver(), userId, signal);
      // Being in the room does not show the power to invite, so the making is simply done again.
      if (item.kind === 'make-admin' || !rooms.includes(item.room.roomId)) return { status: 'not-done' };
      return { status: 'done', reason: 'Verified: in the room.' };
    },
    classify,
    repeatable: true,
    keep: keepRun(items),
  };
}

/** Each room once, however many users join it; of its members nothing is kept, since they are looked at again anyway. */
function keepRun(items: readonly RunItem[]): NonNullable<JobSpec<RunItem>['keep']> {
  const numbers = new Map<string, number>();
  const rooms: Json[] = [];
  for (const { room } of items) {
    if (numbers.has(room.roomId)) continue;
    numbers.set(room.roomId, rooms.length);
    const { ref, roomId, name, alias, via, known, joinRule, adminIn, adminCanInvite } = room;
    rooms.push({ ref, roomId, name, alias, via, known, joinRule, adminIn, adminCanInvite });
  }
  return {
    plan: { rooms },
    pack: (item) => [numbers.get(item.room.roomId) ?? -1, ...(item.kind === 'join' ? [item.userId] : [])],
  };
}

/** Answers that end a join though they are errors. */
function settledBy(error: HomeserverError, room: FoundRoom): Outcome | null {
  if (error.status !== 403) return null;
  // No errcode of its own: told by its words (`event_auth.py:699-704`).
  if (error.errcode === 'M_FORBIDDEN' && error.serverReason?.endsWith('is already in the room.')) {
    return { status: 'done', reason: 'Was in the room already.' };
  }
  // The invitation goes out before the join is refused (`room_member.py:793-798`).
  if (error.errcode === 'M_USER_SUSPENDED' && !isOpen(room)) {
    return { status: 'failed', reason: `${error.message}. An invitation by you was left behind.` };
  }
  return null;
}

export const roomLabel = (room: { name: string | null; alias: string | null; roomId: string }): string =>
  room.name ?? room.alias ?? room.roomId;

function describeRun(item: RunItem): { id: string; columns: Record<string, string> } {
  const room = { Room: roomLabel(item.room), 'Room id': item.room.roomId };
  return item.kind === 'join'
    ? { id: `${item.userId} ${item.room.roomId}`, columns: { User: item.userId, ...room } }
    : { id: `make admin ${item.room.roomId}`, columns: { User: 'you, as admin of the room', ...room } };
}
