import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { HomeserverError } from '~/api/errors';
import { addRoom } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { messagesQuery, type MessageFilter } from './room-messages';
import type { Session } from './session';

let model: MockHomeserver;
let session: Session;
modelForEach((made, as) => {
  model = made;
  session = as;
});

/** One event a second: `$0`, `$1`, …; every third one is of another type. */
function roomOf(count: number): string {
  const { room_id, events } = addRoom(model, { creator: model.adminId });
  for (let index = 0; index < count; index += 1) {
    events.push({
      event_id: `$${index}`,
      type: index % 3 === 0 ? 'm.sticker' : 'm.room.message',
      sender: index % 2 === 0 ? '@even:a' : '@odd:a',
      origin_server_ts: index * 1000,
      content: { body: `${index}` },
    });
  }
  return room_id;
}

async function read(roomId: string, filter: Partial<MessageFilter> = {}): Promise<number[]> {
  const wanted = { sender: '', type: '', before: null, ...filter };
  const observer = new InfiniteQueryObserver(new QueryClient(), messagesQuery(session.homeserver, roomId, wanted));
  let result = await observer.fetchNextPage();
  // oxlint-disable-next-line no-await-in-loop -- page after page
  while (result.hasNextPage) result = await observer.fetchNextPage();
  if (result.error) throw result.error;
  return result.data?.pages.flatMap(({ messages }) => messages.map(({ event_id }) => Number(event_id.slice(1)))) ?? [];
}

const downFrom = (first: number): number[] => Array.from({ length: first + 1 }, (_, index) => first - index);

it('reads from the newest event back to the oldest, each once', async () => {
  expect(await read(roomOf(120))).toEqual(downFrom(119));
});

it('begins with the last event before a time', async () => {
  const roomId = roomOf(80);
  expect(await read(roomId, { before: 30_500 })).toEqual(downFrom(30));
  await expect(read(roomId, { before: -1 })).rejects.toThrow(HomeserverError);
});

it('reads those of one sender and type only', async () => {
  const found = await read(roomOf(40), { sender: '@even:a', type: 'm.sticker' });
  expect(found).toEqual([36, 30, 24, 18, 12, 6, 0]);
});
