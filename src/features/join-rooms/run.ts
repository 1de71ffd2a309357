import { HomeserverError } from '~/api/errors';
import type { Homeserver } from '~/api/request';
import { joinRoom, roomMembers } from '~/api/rooms';
import { getUser, joinedRooms } from '~/api/users';
import type { Fault, JobSpec, Json, Outcome, RunContext } from '~/jobs/job';
import { plural } from '~/lib/numbers';
import { adminBefore, joinBefore } from './before';
import { Fresh, FRESH_MS } from './fresh';
import { classifyHalfway, makeMeAdmin } from './make-me-admin';
import { isOpen, type FoundRoom, type RunItem } from './plan';
import { isolated } from '~/lib/shown-text';

/** What a run stands on: which server, as whom, and how its errors are understood. */
export interface RunGround {
  owner: { baseUrl: string; userId: string };
  href: string;
  /** With today's token; throws what `classify` takes for a lost token. */
  homeserver(): Homeserver;
  classify(error: unknown): Fault;
  /** Ms from any start, never backwards: an age clock, since a look must not stay fresh while the machine sleeps. */
  tick(): number;
}

const JOINED_BEFORE = 'Joined by this job: an earlier try joined them, though its answer did not say so.';
const FOUND_IN = 'In the room: by an earlier try of this job, or meanwhile by somebody. Nobody can tell.';
const ALREADY_IN =
  'In the room already: joined by somebody since the last look, or by this request if the browser sent it twice by itself.';

/** Sent, or maybe sent, too long ago to tell whose doing it is; or refused by an answer. */
const LONG_AGO = Number.NEGATIVE_INFINITY;

export function joinJob(ground: RunGround, items: readonly RunItem[]): JobSpec<RunItem> {
  const members = new Fresh<Set<string>>(() => ground.tick());
  const users = new Fresh<string | null>(() => ground.tick());
  /**
   * Joins that were sent, and when by `tick`. Who is found in the room afterwards is never plainly in by somebody else's doing,
   * whatever the answer was: a browser may have sent it twice by itself, and read only the second answer.
   */
  const sent = new Map<string, number>();
  /** Rooms where making the admin an admin did not work: their joins would only fail one by one. */
  const closed = new Map<string, string>();
  const joins = items.filter(({ kind }) => kind === 'join').length;

  async function makeAdmin(room: FoundRoom, context: RunContext): Promise<Outcome> {
    await context.keepBefore(adminBefore(placeOf(room), room.adminIn));
    closed.set(room.roomId, 'You were not made an admin of the room, so nobody could be invited.');
    await makeMeAdmin(ground, room, context);
    closed.delete(room.roomId);
    return { status: 'done', reason: room.adminIn ? 'You may invite now.' : 'You joined, and may invite now.' };
  }

  /** Why this user may not be joined any more, or null. The plan said yes, but that was a while ago. */
  function whyNotAnyMore(userId: string, signal: AbortSignal): Promise<string | null> {
    const hs = ground.homeserver();
    return users.get(userId, async () => {
      const user = await getUser(hs, userId, signal);
      if (user.deactivated) return 'Deactivated since the plan was made.';
      if (user.locked) return 'Locked since the plan was made.';
      return user.suspended ? 'Suspended: the homeserver would refuse it.' : null;
    });
  }

  /** In a public room a second join would overwrite the member's name in that room with the global one. */
  async function isIn({ roomId, known }: FoundRoom, userId: string, signal: AbortSignal): Promise<boolean> {
    const hs = ground.homeserver();
    // Of a room that the homeserver did not know there was no list of members, nor is there before somebody has joined it.
    if (!known) return (await joinedRooms(hs, userId, signal)).includes(roomId);
    const inside = await members.get(roomId, async () => new Set(await roomMembers(hs, roomId, signal)));
    return inside.has(userId);
  }

  /**
   * Found in the room after an earlier try was sent. Ours only where nobody answered that try and the look before it is about as
   * fresh as one has to be; later, or where the answer said no, it may have been somebody else.
   */
  function foundIn(room: FoundRoom, userId: string, sentAt: number): Outcome {
    if (ground.tick() - sentAt < FRESH_MS) return { status: 'done', reason: JOINED_BEFORE };
    return { status: 'done', reason: FOUND_IN, before: joinBefore(placeOf(room), userId, null) };
  }

  async function join(room: FoundRoom, userId: string, context: RunContext): Promise<Outcome> {
    const { signal } = context;
    const shut = closed.get(room.roomId);
    if (shut !== undefined) return { status: 'failed', reason: shut };
    const pair = `${userId} ${room.roomId}`;
    const earlier = sent.get(pair) ?? (context.sentEarlier ? LONG_AGO : null);
    if (earlier !== null) {
      const rooms = await joinedRooms(ground.homeserver(), userId, signal);
      if (rooms.includes(room.roomId)) return foundIn(room, userId, earlier);
      context.holdBack();
    }
    const changed = await whyNotAnyMore(userId, signal);
    if (changed !== null) return { status: 'skipped', reason: changed };
    context.holdBack();
    if (await isIn(room, userId, signal)) {
      if (earlier !== null) return foundIn(room, userId, earlier);
      const before = joinBefore(placeOf(room), userId, true);
      return { status: 'skipped', reason: 'Joined meanwhile: already in the room.', before };
    }
    // In the journal before the join: nobody could tell afterwards who was in already.
    await context.keepBefore(joinBefore(placeOf(room), userId, false));
    context.holdBack();
    // First today's token: where there is none, nothing is sent.
    const hs = ground.homeserver();
    sent.set(pair, ground.tick());
    try {
      const { room_id } = await joinRoom(hs, room.roomId, userId, room.known ? [] : room.via, signal);
      return room_id === room.roomId
        ? { status: 'done', reason: 'Joined by this job.' }
        : { status: 'failed', reason: `The homeserver answered with another room, ${isolated(room_id)}.` };
    } catch (error) {
      if (!(error instanceof HomeserverError)) throw error;
      // The answer (429, no token, refused) says that nothing was done, but a browser may have sent it twice: whoever is in later
      // is in by somebody's doing most likely, and nobody can tell.
      if (!error.mayHaveHappened) sent.set(pair, LONG_AGO);
      if (isAlreadyIn(error)) {
        if (earlier !== null) return foundIn(room, userId, earlier);
        // Looked at just before, and not in: by whose doing they are in, nobody can tell.
        return { status: 'done', reason: ALREADY_IN, before: joinBefore(placeOf(room), userId, null) };
      }
      // The invitation goes out before the join is refused (`room_member.py:793-798`).
      if (error.status === 403 && error.errcode === 'M_USER_SUSPENDED' && !isOpen(room)) {
        return { status: 'failed', reason: `${error.message}. An invitation by you was left behind.` };
      }
      throw error;
    }
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
    async verify(item, { signal, kept }) {
      // Being in the room does not show the power to invite, so the making is simply done again.
      if (item.kind === 'make-admin') return { status: 'not-done' };
      const { userId } = item;
      const rooms = await joinedRooms(ground.homeserver(), userId, signal);
      if (!rooms.includes(item.room.roomId)) {
        // A server may carry it out even now, and so may anybody else.
        sent.set(`${userId} ${item.room.roomId}`, LONG_AGO);
        return { status: 'not-done' };
      }
      // What is sent is kept before. Marked ahead when the page went away, it was not sent at all.
      if (kept === undefined && !sent.has(`${userId} ${item.room.roomId}`)) {
        const before = joinBefore(placeOf(item.room), userId, true);
        return { status: 'skipped', reason: 'Joined meanwhile: already in the room, and nothing was sent.', before };
      }
      // Time went by since it was sent: by whose doing they are in, nobody can tell.
      const before = joinBefore(placeOf(item.room), userId, null);
      return { status: 'done', reason: 'Verified: in the room.', before };
    },
    classify: (error) => classifyHalfway(error, ground),
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

/** No errcode of its own: told by its words (`event_auth.py:699-704`). */
const isAlreadyIn = ({ status, errcode, serverReason }: HomeserverError): boolean =>
  status === 403 && errcode === 'M_FORBIDDEN' && (serverReason?.endsWith('is already in the room.') ?? false);

/** A room as the ledger keeps it. */
const placeOf = (room: FoundRoom) => ({ roomId: room.roomId, label: roomLabel(room) });

export const roomLabel = (room: { name: string | null; alias: string | null; roomId: string }): string =>
  room.name ?? room.alias ?? room.roomId;

function describeRun(item: RunItem): { id: string; columns: Record<string, string> } {
  const room = { Room: roomLabel(item.room), 'Room id': item.room.roomId };
  return item.kind === 'join'
    ? { id: `${item.userId} ${item.room.roomId}`, columns: { User: item.userId, ...room } }
    : { id: `make admin ${isolated(item.room.roomId)}`, columns: { User: 'you, as admin of the room', ...room } };
}
