import { expect, it } from 'vitest';
import type { UserRow } from '~/api/users';
import {
  adminsFound,
  federationFound,
  reportsFound,
  tasksFound,
  tokensFound,
  updatesFound,
  versionFound,
} from './found';

const NOW = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const titles = (found: readonly { title: string }[]) => found.map(({ title }) => title);

it('says how many reports are open, and nothing where there are none or the number is none', () => {
  expect(titles(reportsFound({ total: 3, newest: NOW - DAY }, NOW))).toEqual(['3 reports of messages are open']);
  expect(reportsFound({ total: 3, newest: NOW - DAY }, NOW)[0]).toMatchObject({
    about: 'The newest came yesterday.',
    to: '/reports',
  });
  expect(reportsFound({ total: 0, newest: null }, NOW)).toEqual([]);
  expect(reportsFound({ total: Number.NaN, newest: null }, NOW)).toEqual([]);
});

it('names servers that are unreachable for more than a day, not those that may only restart', () => {
  const down = (destination: string, ago: number) => ({ destination, retry_last_ts: NOW, failure_ts: NOW - ago });
  const failing = [down('old.example', 9 * DAY), down('new.example', 2 * HOUR)];
  const [one] = federationFound({ failing, isPart: false }, NOW);
  expect(one?.title).toBe('1 server has been unreachable for more than a day');
  expect(one?.things).toEqual([{ kind: 'destination', id: 'old.example' }]);
  expect(federationFound({ failing: failing.slice(1), isPart: false }, NOW)).toEqual([]);
  expect(federationFound({ failing, isPart: true }, NOW)[0]?.title).toContain('At least 1');
});

it('tells updates that are paused or stand still from those that run', () => {
  const update = { name: 'event_stats', total_item_count: 5, total_duration_ms: 9 };
  const running = { enabled: true, current_updates: { master: update } };
  expect(titles(updatesFound({ ...running, enabled: false }, {}, NOW))).toEqual(['Background updates are paused']);
  expect(updatesFound(running, {}, NOW)).toEqual([]);
  expect(updatesFound(running, { event_stats: NOW - 60_000 }, NOW)).toEqual([]);
  expect(updatesFound(running, { event_stats: NOW - 2 * HOUR }, NOW)[0]?.title).toContain('stands still');
});

it('says what failed last of the scheduled tasks', () => {
  const task = { id: 'a', action: 'purge_history', status: 'failed', timestamp_ms: NOW - DAY, error: 'disk full' };
  expect(tasksFound([task], NOW)[0]).toMatchObject({ title: '1 scheduled task failed' });
  expect(tasksFound([task], NOW)[0]?.about).toContain('disk full');
  expect(tasksFound([], NOW)).toEqual([]);
});

it('warns of advisories before traps, and of nothing on a Synapse of today', () => {
  expect(versionFound('1.163.2')).toEqual([]);
  expect(versionFound('1.157.1')[0]).toMatchObject({ tone: 'danger' });
  expect(
    versionFound('1.156.0')[0]
      ?.points?.map(({ text }) => text)
      .join(' '),
  ).toContain('erased user');
  expect(versionFound('our own build')).toEqual([]);
});

it('names tokens that expire within a week while they are of use', () => {
  const token = { token: 'a', pending: 0, completed: 0, expiry_time: NOW + DAY };
  expect(titles(tokensFound([token], NOW))).toEqual(['1 registration token expires within a week']);
  const others = [
    { ...token, expiry_time: NOW + 30 * DAY },
    { ...token, expiry_time: NOW - DAY },
    { ...token, expiry_time: null },
    { ...token, uses_allowed: 1, completed: 1 },
  ];
  expect(tokensFound(others, NOW)).toEqual([]);
});

const admin = (name: string, last_seen_ts: number | null, more: Partial<UserRow> = {}): UserRow => ({
  name,
  last_seen_ts,
  admin: true,
  deactivated: false,
  shadow_banned: false,
  locked: false,
  erased: false,
  is_guest: false,
  ...more,
});

it('tells admins that are long unused from those of whom Synapse knows nothing', () => {
  const admins = [
    admin('@me:x', null),
    admin('@old:x', NOW - 91 * DAY),
    admin('@new:x', NOW - DAY),
    admin('@shut:x', NOW - 900 * DAY, { locked: true }),
    admin('@unseen:x', null),
  ];
  const found = adminsFound({ total: 9, admins, isPart: false }, '@me:x', '1.163.2', NOW);
  expect(found.map(({ things }) => things)).toEqual([
    [{ kind: 'user', id: '@old:x' }],
    [{ kind: 'user', id: '@unseen:x' }],
  ]);
  expect(found[1]?.about).toContain('never signed in');
  const older = adminsFound({ total: 9, admins, isPart: false }, '@me:x', '1.139.0', NOW);
  expect(older[1]?.about).toContain('forgets it after 28 days');
  // Before 1.92 the list does not have it at all.
  expect(adminsFound({ total: 9, admins, isPart: false }, '@me:x', '1.91.0', NOW)).toEqual([]);
});
