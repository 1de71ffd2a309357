import type { Page } from '@playwright/test';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect, test } from '../fixtures.ts';
import { countOf, seeOver } from '../jobs/job-page.ts';
import { button, field, ledgerRow, members, open, plan } from './steps.ts';

/** Joins when something comes between: a token that is lost, a room without an admin, a plan that is given up. */

const JOIN = /\/v1\/join\//;
const crowd = (model: MockHomeserver, count: number) =>
  Array.from({ length: count }, (_, index) => addUser(model, `u${index}`).name);
const publicRoom = (model: MockHomeserver, owner: string, alias: string) =>
  addRoom(model, { name: alias, alias, creator: owner, join_rules: 'public', members: [owner] });

/** The plan of so many users in three public rooms, with a homeserver that takes its time from there on. */
async function planOfThreeRooms(page: Page, model: MockHomeserver, homeserverUrl: string, count: number) {
  const owner = addUser(model, 'owner').name;
  const users = crowd(model, count);
  const rooms = ['one', 'two', 'three'].map((alias) => publicRoom(model, owner, alias));
  await open(page, model, homeserverUrl);
  await plan(
    page,
    rooms.map(({ room_id }) => room_id),
    users,
  );
  const run = button(page, `Run ${3 * count} joins`);
  await expect(run).toBeVisible();
  model.latencyMs = 40;
  model.log.clear();
  await run.click();
  return { owner, users, rooms };
}

test('a token lost in the middle pauses the job; with a new one it resumes, and joins nobody twice', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { owner, users, rooms } = await planOfThreeRooms(page, model, homeserverUrl, 12);
  await expect.poll(() => model.log.of('POST', JOIN).filter(({ status }) => status === 200).length).toBeGreaterThan(4);
  model.state.tokens.delete(model.adminToken);

  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Access token').fill(model.issueToken(model.adminId));
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
  await button(page, 'Resume').click();
  await seeOver(page, 30_000);
  await expect(countOf(page, 'done')).toHaveText('36');

  for (const room of rooms) expect(members(room).toSorted()).toEqual([owner, ...users].toSorted());
  const joined = model.log.of('POST', JOIN).filter(({ status }) => status === 200);
  expect(joined).toHaveLength(36);
  expect(new Set(joined.map(({ path, body }) => `${path} ${JSON.stringify(body)}`)).size).toBe(36);
});

test('sends one join at a time to a room, and to several rooms side by side', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { rooms } = await planOfThreeRooms(page, model, homeserverUrl, 8);
  await seeOver(page, 30_000);
  await expect(countOf(page, 'done')).toHaveText('24');

  const joins = model.log.of('POST', JOIN);
  const atOnce = (others: typeof joins) =>
    Math.max(
      ...joins.map(
        ({ startedAt }) =>
          others.filter((other) => other.startedAt <= startedAt && (other.endedAt ?? Infinity) > startedAt).length,
      ),
    );
  for (const { room_id } of rooms) expect(atOnce(joins.filter(({ path }) => path.endsWith(room_id)))).toBe(1);
  expect(atOnce(joins)).toBeGreaterThan(1);
});

test('a room without a local admin fails with the server’s reason, and its joins are not even tried', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna').name;
  const member = addUser(model, 'member').name;
  const room = addRoom(model, {
    name: 'Leaderless',
    creator: '@left:elsewhere.example',
    members: [member],
    power_levels: { users: {} },
  });
  await open(page, model, homeserverUrl);
  await plan(page, [room.room_id], [anna]);
  await page.getByRole('checkbox', { name: 'Make me admin of Leaderless and join it' }).check();
  model.log.clear();
  await button(page, /^Run 2 /).click();
  await expect(ledgerRow(page, 'No local admin user in room')).toBeVisible();
  await button(page, 'Resume').click();
  await expect(ledgerRow(page, anna, 'You were not made an admin')).toBeVisible();
  expect(model.log.count('POST', JOIN)).toBe(0);
  expect(members(room)).toEqual([member]);
});

test('a reading that is cancelled changes nothing and keeps what was entered; the page says what is missing', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const owner = addUser(model, 'owner').name;
  const users = crowd(model, 40);
  const room = publicRoom(model, owner, 'lobby');
  await open(page, model, homeserverUrl);
  await expect(page.getByRole('status').filter({ hasText: 'Enter at least one room.' })).toBeVisible();
  model.log.clear();
  model.latencyMs = 300;
  await plan(page, [room.room_id], users);
  await button(page, 'Cancel').click();
  await expect(field(page, 'Rooms to join')).toHaveValue(room.room_id);
  await expect(field(page, 'Users who join')).toHaveValue(users.join('\n'));
  await expect(page.getByRole('link', { name: /^Review, not available yet/ })).toBeVisible();
  expect(model.log.writes()).toEqual([]);
  expect(members(room)).toEqual([owner]);
});
