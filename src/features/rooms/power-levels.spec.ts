import { expect, it } from 'vitest';
import type { StateEvent } from '~/api/rooms';
import { wordsOf } from '~/lib/words';
import { powerTable } from './power-levels';

const event = (type: string, content: Record<string, unknown>): StateEvent => ({
  type,
  state_key: '',
  sender: '@creator:a',
  content,
});
const create = (room_version: string, more: Record<string, unknown> = {}) =>
  event('m.room.create', { room_version, ...more });

it('lists who has a level, the highest first, and what is no level not at all', () => {
  const levels = event('m.room.power_levels', { users: { '@b:a': '50', '@c:a': 100, '@a:a': 50, '@odd:a': {} } });
  expect(powerTable(levels, create('10')).users).toEqual([
    { userId: '@c:a', level: 100 },
    { userId: '@a:a', level: 50 },
    { userId: '@b:a', level: 50 },
  ]);
});

it('says what each change takes, with the defaults of the specification', () => {
  const levels = event('m.room.power_levels', { ban: 75, events: { 'm.room.name': 20 }, notifications: { room: 60 } });
  const { needs, events } = powerTable(levels, create('10'));
  expect(needs.map(({ what, level }) => [wordsOf(what), level])).toEqual([
    ['Send messages', 0],
    ['Invite users', 0],
    ['Notify everyone with @room', 60],
    ['Redact messages of others', 50],
    ['Remove users', 50],
    ['Ban users', 75],
    ['Change settings of the room', 50],
  ]);
  expect(events).toEqual([{ type: 'm.room.name', level: 20 }]);
});

it('puts the creators of a room of version 12 above all levels, and only there', () => {
  const more = { additional_creators: ['@second:a', 5] };
  expect(powerTable(event('m.room.power_levels', {}), create('12', more)).creators).toEqual([
    '@creator:a',
    '@second:a',
  ]);
  expect(powerTable(event('m.room.power_levels', {}), create('11', more)).creators).toEqual([]);
});

it('gives a room without power levels to its creator', () => {
  const table = powerTable(undefined, create('9'));
  expect([table.users, table.everyone]).toEqual([[{ userId: '@creator:a', level: 100 }], 0]);
});
