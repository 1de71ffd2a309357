import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { must, path } from './client.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';
import type { Report } from './report.ts';
import {
  atRequest,
  crashAndGoOn,
  saveJson,
  savedReport,
  signInAgainAndGoOn,
  stopForGood,
  verifyToTheEnd,
  withStatus,
  changedIn,
} from './report.ts';
import type { RealSynapse } from './server.ts';
import { freshToken, logout, membersOfAll } from './truth.ts';
import type { World } from './world.ts';

/** Join users to rooms, on the real Synapse: what the report says is what the server says. */

const JOIN = { method: 'POST', path: /\/_synapse\/admin\/v1\/join\// } as const;

/** The exported plan: `Room` is the name with the id behind it, or what was named where there is none. */
type PlanFile = { columns: { user: string; room: string }; verdict: string; reason: string }[];

async function open(page: Page, synapse: RealSynapse): Promise<void> {
  await signInAsAdmin(page, synapse, paths.joinRooms());
  await expect(page.getByRole('textbox', { name: 'Rooms to join' })).toBeVisible();
}

async function choose(page: Page, rooms: readonly string[], users: readonly string[]): Promise<void> {
  await page.getByRole('textbox', { name: 'Rooms to join' }).fill(rooms.join('\n'));
  await page.getByRole('textbox', { name: 'Users who join' }).fill(users.join('\n'));
}

async function plan(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByRole('table', { name: 'Who would join which room' })).toBeVisible();
}

async function confirm(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Run [\d,]+ / }).click();
}

/** `user room` of each row that is a user's join. */
const joins = (report: Report, status: string): string[] =>
  withStatus(report, status)
    .map(({ id }) => id)
    .filter((id) => id.startsWith('@'));

/** The rooms as they were, with what the report calls done. */
function withDone(before: Record<string, string[]>, report: Report, adminId: string): Record<string, string[]> {
  const members = new Map(Object.entries(before).map(([roomId, users]) => [roomId, new Set(users)]));
  for (const { id } of changedIn(report)) {
    const [user = '', room = ''] = id.startsWith('@') ? id.split(' ') : [adminId, id.split(' ').at(-1)];
    members.get(room)?.add(user);
  }
  return Object.fromEntries([...members].map(([roomId, users]) => [roomId, [...users].toSorted()]));
}

/** A public, a private and a v12 room, and everyone of the crowd: some fifty joins. */
const manyRooms = ({ rooms }: World): string[] => [rooms.lobby, rooms.private, rooms.v12].map(({ roomId }) => roomId);
const crowdIds = (world: World): string[] => world.crowd.map(({ userId }) => userId);

test('joins exactly what the plan says, whatever the kind of room and user', async ({ page, synapse, world }) => {
  const { rooms, users, crowd, adminId, serverName } = world;
  const before = await membersOfAll(synapse, world);
  await open(page, synapse);
  const named = [users.slash, users.ada, users.shadow, users.banned, ...crowd.slice(10, 13)].map(
    ({ userId }) => userId,
  );
  const leftOut = [users.gone, users.erased, users.locked, users.suspended].map(({ userId }) => userId);
  const nobody = `@nobody:${serverName}`;
  const { keeper, v12, v12Keeper, moderated, noInvitePower, blocked, deserted, knock } = rooms;
  await choose(
    page,
    [
      `${keeper.roomAlias}`,
      v12.roomId,
      `https://matrix.to/#/${encodeURIComponent(v12Keeper.roomId)}`,
      `${moderated.roomAlias}`,
      ...[noInvitePower, blocked, deserted, knock].map(({ roomId }) => roomId),
      `#nowhere:${serverName}`,
    ],
    [...named, ...leftOut, nobody, '@someone:elsewhere.example'],
  );
  await page.getByRole('button', { name: 'Rooms of a space…' }).click();
  const spaces = page.getByRole('dialog', { name: 'Add the rooms of a space' });
  await spaces.getByRole('textbox', { name: 'Search' }).fill(`${rooms.space.roomAlias}`);
  await expect(spaces.getByText('Found by its exact ID')).toBeVisible();
  await spaces.getByRole('checkbox').check();
  await spaces.getByRole('button', { name: 'Add the rooms of 1 space' }).click();
  await expect(page.getByRole('textbox', { name: 'Rooms to join' })).toHaveValue(new RegExp(rooms.restricted.roomId));
  await plan(page);
  for (const room of [keeper, v12Keeper]) {
    await page.getByRole('checkbox', { name: `Make me admin of ${room.name} and join it` }).check();
  }
  const planned = await saveJson<PlanFile>(page, async () => {
    await page.getByRole('button', { name: 'Download plan' }).click();
    await page.getByRole('menuitem', { name: /JSON/ }).click();
  });
  const rowOf = (user: string, room: string): string => {
    const row = planned.find(
      ({ columns }) => columns.user === user && (columns.room === room || columns.room.endsWith(`(${room})`)),
    );
    return `${row?.verdict}: ${row?.reason}`;
  };
  const someone = crowd[10]?.userId ?? '';
  expect(rowOf(users.gone.userId, v12.roomId)).toBe('cannot: deactivated user');
  expect(rowOf(users.erased.userId, v12.roomId)).toBe('cannot: deactivated user');
  expect(rowOf(users.locked.userId, v12.roomId)).toBe('cannot: locked user');
  expect(rowOf(users.suspended.userId, v12.roomId)).toBe('cannot: suspended user');
  expect(rowOf(nobody, v12.roomId)).toBe('cannot: there is no user with this ID');
  expect(rowOf('@someone:elsewhere.example', v12.roomId)).toBe('cannot: user of another homeserver');
  expect(rowOf(users.ada.userId, v12.roomId)).toBe('nothing: already in the room');
  expect(rowOf(users.banned.userId, moderated.roomId)).toBe('cannot: banned from the room');
  expect(rowOf(someone, blocked.roomId)).toBe('cannot: the room is blocked');
  expect(rowOf(someone, deserted.roomId)).toMatch(/^cannot: this homeserver is not in the room/);
  expect(rowOf(someone, noInvitePower.roomId)).toBe('cannot: you don’t have the power to invite in the room');
  expect(rowOf(someone, `#nowhere:${serverName}`)).toBe('cannot: no room has this alias');
  expect(rowOf(someone, keeper.roomId)).toBe('will: after you are made an admin of the room');
  expect(await membersOfAll(synapse, world), 'the plan only reads').toEqual(before);

  await confirm(page);
  const report = await savedReport(page);
  const will = planned
    .filter(({ verdict }) => verdict === 'will')
    .map(({ columns }) => `${columns.user} ${/\((![^)]*)\)$/.exec(columns.room)?.[1]}`);
  expect(will.length).toBeGreaterThan(30);
  expect(report.counts).toMatchObject({ done: will.length + 2, failed: 0, unknown: 0, skipped: 0, waiting: 0 });
  expect(joins(report, 'done').toSorted()).toEqual(will.toSorted());
  expect(await membersOfAll(synapse, world)).toEqual(withDone(before, report, adminId));

  // The same once more: everything is in already.
  await page.getByRole('link', { name: 'Join users to rooms' }).first().click();
  await choose(page, [keeper.roomId, v12.roomId], named);
  await plan(page);
  await expect(page.getByRole('button', { name: /^0 will join/ })).toBeVisible();
});

test('stopped in the middle, the report agrees with the server', async ({ page, synapse, world }) => {
  test.skip(!synapse.own, 'It freezes the server.');
  const before = await membersOfAll(synapse, world);
  await open(page, synapse);
  await choose(page, manyRooms(world), crowdIds(world));
  await plan(page);
  const frozen = atRequest(page, JOIN, 6, () => synapse.own?.freeze());
  await confirm(page);
  await frozen;
  await stopForGood(page);
  synapse.own?.thaw();
  const report = await savedReport(page);
  expect(report.counts.done).toBeGreaterThan(3);
  expect(report.counts.waiting).toBeGreaterThan(10);
  expect(report.counts).toMatchObject({ failed: 0, unknown: 0, running: 0 });
  expect(await membersOfAll(synapse, world)).toEqual(withDone(before, report, world.adminId));
});

test('a token that is revoked in the middle is asked for, and the job goes on to the end', async ({
  page,
  synapse,
  world,
}) => {
  const before = await membersOfAll(synapse, world);
  await open(page, synapse);
  await choose(page, manyRooms(world), crowdIds(world));
  await plan(page);
  const revoked = atRequest(page, JOIN, 6, async () => {
    await logout(synapse.baseUrl, synapse.adminToken);
  });
  await confirm(page);
  await revoked;
  const adminToken = await freshToken(synapse);
  await signInAgainAndGoOn(page, adminToken);
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ failed: 0, unknown: 0, waiting: 0, skipped: 0, done: report.total });
  expect(report.total).toBeGreaterThan(40);
  expect(await membersOfAll({ ...synapse, adminToken }, world)).toEqual(withDone(before, report, world.adminId));
});

test('the page goes away in the middle and comes back: nothing is lost, and the ledger equals the server', async ({
  page,
  synapse,
  world,
}) => {
  test.skip(!synapse.own, 'It freezes the server.');
  await open(page, synapse);
  await choose(page, manyRooms(world), crowdIds(world));
  await plan(page);
  const frozen = atRequest(page, JOIN, 6, () => synapse.own?.freeze());
  await confirm(page);
  await frozen;
  await crashAndGoOn(page, () => synapse.own?.thaw());
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ failed: 0, unknown: 0, waiting: 0 });
  expect(report.counts.done + report.counts.skipped).toBe(report.total);
  const after = await membersOfAll(synapse, world);
  for (const roomId of manyRooms(world)) expect(after[roomId]).toEqual(expect.arrayContaining(crowdIds(world)));
});

test('Synapse killed in the middle: verified, the ledger equals the server', async ({ page, synapse, world }) => {
  const { own } = synapse;
  test.skip(!own, 'It kills the server.');
  const before = await membersOfAll(synapse, world);
  await open(page, synapse);
  await choose(page, manyRooms(world), crowdIds(world));
  await plan(page);
  const killed = atRequest(page, JOIN, 6, () => own?.kill());
  await confirm(page);
  await killed;
  const unknown = page.locator('dt:has-text("unknown") + dd').first();
  await expect(unknown).not.toHaveText('0', { timeout: 60_000 });
  await own?.start();
  await verifyToTheEnd(page);
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({
    failed: 0,
    unknown: 0,
    waiting: 0,
    done: report.total - report.counts.skipped,
  });
  const after = await membersOfAll(synapse, world);
  expect(after).toEqual(withDone(before, report, world.adminId));
  for (const roomId of manyRooms(world)) expect(after[roomId]).toEqual(expect.arrayContaining(crowdIds(world)));
});

test('an admin whose own rate limit was never lifted is not slowed down', async ({ page, synapse, world }) => {
  test.skip(!synapse.own, 'It changes the admin of the server.');
  // Joins and invitations of `POST v1/join` are made without a limit (`rooms.py:612-636`): ten would be one too many.
  const { baseUrl, adminToken: token, adminId } = synapse;
  await must(baseUrl, path`/_synapse/admin/v1/users/${adminId}/override_ratelimit`, { method: 'DELETE', token });
  const before = await membersOfAll(synapse, world);
  let refused = 0;
  page.on('response', (response) => {
    if (response.status() === 429) refused += 1;
  });
  await open(page, synapse);
  await choose(page, [world.rooms.private.roomId], crowdIds(world).slice(4));
  await plan(page);
  await confirm(page);
  const report = await savedReport(page);
  expect(report.counts).toMatchObject({ done: 16, failed: 0, unknown: 0 });
  expect(refused).toBe(0);
  expect(await membersOfAll(synapse, world)).toEqual(withDone(before, report, adminId));
});
