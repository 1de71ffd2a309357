import { expect, it } from 'vitest';
import type { Room } from '~/api/rooms';
import { wordsOf } from '~/lib/words';
import { roomBadges } from './badges';

const labels = (room: Partial<Room>) =>
  roomBadges({ room_id: '!a:example.org', ...room }).map(({ label }) => wordsOf(label));

it('says nothing of a room that only missing statistics would say', () => {
  expect(labels({ federatable: false, joined_members: 3 })).toEqual(['local only']);
  expect(labels({ federatable: false, joined_members: null })).toEqual([]);
  expect(labels({ joined_members: 0 })).toEqual(['empty']);
});
