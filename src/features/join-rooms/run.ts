import { HomeserverError } from '~/api/errors';
import type { Homeserver } from '~/api/request';
import { joinRoom, roomMembers } from '~/api/rooms';
import { getUser, joinedRooms } from '~/api/users';
import type { Fault, JobSpec, Outcome, RunContext } from '~/jobs/job';
import { plural } from '~/lib/numbers';
import { adminBefore, joinBefore } from './before';
import { Fresh } from './fresh';
import { makeMeAdmin } from './make-me-admin';
import { isOpen, type FoundRoom, type RunItem } from './plan';

/** What a run stands on: which server, as whom, and how its errors are understood. */
export interface RunGround {
  owner: { baseUrl: string; userId: string };
  href: string;
  /** With today's token; throws what `classify` takes for a lost token. */
  homeserver(): Homeserver;
  classify(error: unknown): Fault;
  /** Epoch ms. */
  now(): number;
}

export function joinJob(ground: RunGround, items: readonly RunItem[]): JobSpec<RunItem> {
  const members = new Fresh<Set<string>>(() => ground.now());
  const users = new Fresh<string | null>(() => ground.now());
  /** Rooms where making the admin an admin did not work: their joins would only fail one by one. */
  const closed = new Map<string, string>();
  /** Joins of which an earlier try got no answer: the member may be in because of us. */
  const unanswered = new Set<string>();
  const joins = items.filter(({ kind }) => kind === 'join').length;

  async function makeAdmin(room: FoundRoom, { signal, keepBefore }: RunContext): Promise<Outcome> {
    await keepBefore(adminBefore(placeOf(room), room.adminIn));
    closed.set(room.roomId, 'You were not made an admin of the room, so nobody could be invited.');
    await makeMeAdmin(() => ground.homeserver(), room, ground.owner.userId, signal);
    closed.delete(room.roomId);
    return { status: 'done', reason: room.adminIn ? 'You may invite now.' : 'You joined, and may invite now.' };
  }

  /** Why this user may not be joined any more, or null. The plan said yes, but that was a while ago. */
  async function lookAgain(room: FoundRoom, userId: string, signal: AbortSignal): Promise<Outcome | null> {
    const hs = ground.homeserver();
    const changed = await users.get(userId, async () => {
      const user = await getUser(hs, userId, signal);
      if (user.deactivated) return 'Deactivated since the plan was made.';
      if (user.locked) return 'Locked since the plan was made.';
      return user.suspended ? 'Suspended: the homeserver would refuse it.' : null;
    });
    if (changed !== null) return { status: 'skipped', reason: changed };
    if (!room.known) return null;
    const inside = await members.get(room.roomId, async () => new Set(await roomMembers(hs, room.roomId, signal)));
    // In a public room a second join would overwrite the member's name in that room with the global one.
    if (!inside.has(userId)) return null;
    const before = joinBefore(placeOf(room), userId, true);
    return { status: 'skipped', reason: 'Joined meanwhile: already in the room.', before };
  }

  async function join(room: FoundRoom, userId: string, { signal, keepBefore }: RunContext): Promise<Outcome> {
    const shut = closed.get(room.roomId);
    if (shut !== undefined) return { status: 'failed', reason: shut };
    const key = `${userId} ${room.roomId}`;
    const again = unanswered.has(key);
    // After an unanswered try the member may be in because of us: the server's answer to the next one tells.
    const moved = again ? null : await lookAgain(room, userId, signal);
    if (moved) return moved;
    // In the journal before the join: nobody could tell afterwards who was in already.
    if (!again) await keepBefore(joinBefore(placeOf(room), userId, false));
    try {
      const { room_id } = await joinRoom(ground.homeserver(), room.roomId, userId, room.known ? [] : room.via, signal);
      return room_id === room.roomId
        ? { status: 'done', reason: 'Joined by this job.' }
        : { status: 'failed', reason: `The homeserver answered with another room, ${room_id}.` };
    } catch (error) {
      if (!(error instanceof HomeserverError)) throw error;
      if (error.mayHaveHappened) unanswered.add(key);
      const settled = settledBy(error, room, userId, again);
      if (settled) return settled;
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
    async verify(item, { signal }) {
      const userId = item.kind === 'join' ? item.userId : ground.owner.userId;
      const rooms = await joinedRooms(ground.homeserver(), userId, signal);
      // Being in the room does not show the power to invite, so the making is simply done again.
      if (item.kind === 'make-admin' || !rooms.includes(item.room.roomId)) {
        unanswered.delete(`${userId} ${item.room.roomId}`);
        return { status: 'not-done' };
      }
      // Time went by since it was sent: by whose doing they are in, nobody can tell.
      const before = joinBefore(placeOf(item.room), userId, null);
      return { status: 'done', reason: 'Verified: in the room.', before };
    },
    classify: (error) => ground.classify(error),
    repeatable: true,
  };
}

/** Answers that end a join though they are errors. */
function settledBy(error: HomeserverError, room: FoundRoom, userId: string, again: boolean): Outcome | null {
  if (error.status !== 403) return null;
  // No errcode of its own: told by its words (`event_auth.py:699-704`).
  if (error.errcode === 'M_FORBIDDEN' && error.serverReason?.endsWith('is already in the room.')) {
    return again
      ? { status: 'done', reason: 'Joined by this job: an earlier try went through, though its answer was lost.' }
      : { status: 'done', reason: 'Was in the room already.', before: joinBefore(placeOf(room), userId, true) };
  }
  // The invitation goes out before the join is refused (`room_member.py:793-798`).
  if (error.errcode === 'M_USER_SUSPENDED' && !isOpen(room)) {
    return { status: 'failed', reason: `${error.message}. An invitation by you was left behind.` };
  }
  return null;
}

/** A room as the ledger keeps it. */
const placeOf = (room: FoundRoom) => ({ roomId: room.roomId, label: roomLabel(room) });

export const roomLabel = (room: { name: string | null; alias: string | null; roomId: string }): string =>
  room.name ?? room.alias ?? room.roomId;

function describeRun(item: RunItem): { id: string; columns: Record<string, string> } {
  const room = { Room: roomLabel(item.room), 'Room id': item.room.roomId };
  return item.kind === 'join'
    ? { id: `${item.userId} ${item.room.roomId}`, columns: { User: item.userId, ...room } }
    : { id: `make admin ${item.room.roomId}`, columns: { User: 'you, as admin of the room', ...room } };
}
