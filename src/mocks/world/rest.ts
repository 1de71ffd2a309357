import type { MockHomeserver } from '../homeserver';
import { REMOTE_SERVERS } from './names';
import { makeReports } from './reports';
import type { Making, Size } from './plan';
import { DAY_MS } from './plan';

/** What is left: destinations, reports, tokens, stickers. */
export function* makeRest(hs: MockHomeserver, size: Size): Making {
  makeDestinations(hs, size);
  yield;
  makeReports(hs, size);
  makeTokens(hs);
  makeStickers(hs);
}

/** A sticker pack in a room that everyone knows, of files that are there. */
function makeStickers({ serverName, state }: MockHomeserver): void {
  const room = state.aliases.get(`#announcements:${serverName}`)?.room_id;
  const found = state.rooms.get(room ?? '');
  if (!found) return;
  const files = [...state.media.values()].filter(({ media_type: type }) => type === 'image/webp').slice(0, 12);
  const images = files.map(({ media_id: id }, index) => [`sticker${index + 1}`, { url: `mxc://${serverName}/${id}` }]);
  const content = { pack: { display_name: 'Stickers' }, images: Object.fromEntries(images) as Record<string, unknown> };
  found.more_state = [{ type: 'im.ponies.room_emotes', state_key: 'stickers', content }];
}

function makeDestinations(hs: MockHomeserver, size: Size): void {
  const { random, startedAt } = hs;
  const rooms = [...hs.state.rooms.keys()];
  for (let i = 0; i < size.destinations; i += 1) {
    const destination = REMOTE_SERVERS[i] ?? `node-${i}.${random.pick(REMOTE_SERVERS)}`;
    const failing = random.chance(0.2);
    hs.state.destinations.set(destination, {
      destination,
      retry_last_ts: failing ? startedAt - random.between(1, 72) * 3_600_000 : 0,
      retry_interval: failing ? 600_000 * 2 ** random.between(4, 10) : 0,
      failure_ts: failing ? startedAt - random.between(3, 90) * DAY_MS : null,
      last_successful_stream_ordering: random.chance(0.9) ? random.between(1000, 900_000) : null,
      rooms: Array.from({ length: random.between(0, Math.min(8, rooms.length)) }, (_, index) => ({
        room_id: rooms[index * 3] ?? rooms[0] ?? '',
        stream_ordering: random.between(1000, 900_000),
      })),
    });
  }
}

function makeTokens(hs: MockHomeserver): void {
  const add = (token: string, uses_allowed: number | null, completed: number, expiryDays: number | null): void => {
    const expiry_time = expiryDays === null ? null : hs.startedAt + expiryDays * DAY_MS;
    hs.state.registrationTokens.set(token, { token, uses_allowed, pending: 0, completed, expiry_time });
  };
  add('summer-school', 50, 12, 30);
  add('welcome2024', 10, 10, null);
  add('friends', null, 231, null);
  add('trainees', 5, 1, -20);
}
