import 'fake-indexeddb/auto';
import { afterEach, expect, it } from 'vitest';
import { change, forgetTrend, noteNumbers, noteUpdate, readTrend } from './trends';

const HERE = 'https://one.example';
const THERE = 'https://one.example.org';
const DAY = 86_400_000;
const NOON = new Date(2026, 10, 20, 12).getTime();

afterEach(async () => {
  await forgetTrend(HERE);
  await forgetTrend(THERE);
});

it('keeps one record a day and homeserver, the last word of each number', async () => {
  await noteNumbers(HERE, { users: 10, rooms: 3 }, NOON);
  await noteNumbers(HERE, { users: 11 }, NOON + 1000);
  await noteNumbers(HERE, { users: 12 }, NOON + DAY);
  await noteNumbers(THERE, { users: 99 }, NOON);
  expect(await readTrend(HERE)).toEqual([
    { baseUrl: HERE, day: '2026-11-20', at: NOON + 1000, users: 11, rooms: 3 },
    { baseUrl: HERE, day: '2026-11-21', at: NOON + DAY, users: 12 },
  ]);
});

it('keeps no number that is none', async () => {
  await noteNumbers(HERE, { users: Number.NaN, rooms: -1 }, NOON);
  expect(await readTrend(HERE)).toEqual([]);
});

it('forgets one homeserver and no other', async () => {
  await noteNumbers(HERE, { users: 1 }, NOON);
  await noteNumbers(THERE, { users: 2 }, NOON);
  await forgetTrend(HERE);
  expect(await readTrend(HERE)).toEqual([]);
  expect(await readTrend(THERE)).toHaveLength(1);
});

it('forgets the oldest days after two years', async () => {
  for (let day = 0; day < 805; day += 1) await noteNumbers(HERE, { users: day }, NOON + day * DAY);
  const days = await readTrend(HERE);
  expect(days).toHaveLength(800);
  expect(days[0]?.users).toBe(5);
});

it('knows since when an update is no further', async () => {
  expect(await noteUpdate(HERE, 'x', 5, NOON)).toBe(NOON);
  expect(await noteUpdate(HERE, 'x', 5, NOON + DAY)).toBe(NOON);
  expect(await noteUpdate(HERE, 'x', 6, NOON + 2 * DAY)).toBe(NOON + 2 * DAY);
});

it('compares with the day nearest to the one that was asked for', () => {
  const days = [0, 6, 30].map((ago) => ({ baseUrl: HERE, day: `day ${ago}`, at: NOON - ago * DAY, users: 100 - ago }));
  expect(change(days.toReversed(), 'users', 7)).toEqual({ by: 6, since: 'day 6' });
  expect(change(days.slice(0, 1), 'users', 7)).toBeNull();
  expect(change(days, 'rooms', 7)).toBeNull();
});
