import { setTimeout as sleep } from 'node:timers/promises';
import type { AlikeRoom } from './alike.ts';
import { must } from './client.ts';
import type { RealSynapse } from './server.ts';
import type { WorldRoom } from './world.ts';

const UPDATES_MS = 60_000;
const STATISTICS_MS = 30_000;

/**
 * Synapse works off its background updates first: until then indexes are missing, and so are answers
 * (reactivating a user, say, is a 500 without one). Throws after 60 s.
 */
export async function upToDate({ baseUrl, adminToken: token }: RealSynapse): Promise<void> {
  const deadline = Date.now() + UPDATES_MS;
  const route = '/_synapse/admin/v1/background_updates/status';
  for (;;) {
    const { current_updates: left } = await must<{ current_updates: object }>(baseUrl, route, { token });
    if (Object.keys(left).length === 0) return;
    if (Date.now() > deadline) throw new Error(`Synapse still updates: ${JSON.stringify(left)}`);
    await sleep(200);
  }
}

const joined = (room: AlikeRoom): number => (room.deserted ? 0 : 1 + (room.members ?? []).length);

/** Room statistics trail behind the events: waits until the rooms list says who is in. Throws after 30 s. */
export async function roomsCounted(
  { baseUrl, adminToken: token }: RealSynapse,
  expected: readonly WorldRoom[],
): Promise<void> {
  const deadline = Date.now() + STATISTICS_MS;
  for (;;) {
    const answer = await must<{ rooms: { room_id: string; joined_members: number }[] }>(
      baseUrl,
      '/_synapse/admin/v1/rooms?limit=1000',
      { token },
    );
    const counts = new Map(answer.rooms.map((room) => [room.room_id, room.joined_members]));
    const late = expected.filter((room) => counts.get(room.roomId) !== joined(room));
    if (late.length === 0) return;
    if (Date.now() > deadline) {
      const wrong = late.map((room) => `${room.name}: ${counts.get(room.roomId)} of ${joined(room)}`);
      throw new Error(`Synapse's room list has not caught up: ${wrong.join(', ')}`);
    }
    await sleep(200);
  }
}
