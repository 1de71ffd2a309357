import type { Locator, Page } from '@playwright/test';
import { paths } from '../src/lib/paths.ts';
import { addRoom, addUser } from '../src/mocks/build.ts';
import type { MockHomeserver } from '../src/mocks/homeserver.ts';
import type { Room } from '../src/mocks/state.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from './eyes.ts';
import { expect, signIn, test } from './fixtures.ts';

/** What “Join users to rooms” joined is taken out again, from its report to the report of the undo. */

const members = (room: Room): string[] =>
  [...room.members].filter(([, { membership }]) => membership === 'join').map(([userId]) => userId);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });
const rowOf = (page: Page, table: string, ...texts: string[]): Locator =>
  texts.reduce(
    (rows, text) => rows.filter({ hasText: text }),
    page.getByRole('table', { name: table }).getByRole('row'),
  );
const planRow = (page: Page, ...texts: string[]) => rowOf(page, 'Which joins would be undone', ...texts);
const ledgerRow = (page: Page, ...texts: string[]) => rowOf(page, 'Ledger', ...texts);
const limitOf = (model: MockHomeserver) => model.state.users.get(model.adminId)?.ratelimit;
const LIFTED = { messages_per_second: 0, burst_count: 0 };

/** A public room that the admin is not in, a private one that is the admin's, and people. */
function fill(model: MockHomeserver) {
  const id = (localpart: string) => addUser(model, localpart).name;
  const [anna, ben, owner] = [id('anna'), id('ben'), id('owner')];
  const admin = model.adminId;
  const lobby = addRoom(model, { name: 'Lobby', creator: owner, join_rules: 'public', members: [owner, ben] });
  const staff = addRoom(model, { name: 'Staff', creator: admin, members: [admin] });
  return { anna, ben, owner, lobby, staff };
}

/** Joins them all, up to the report. */
async function join(
  page: Page,
  { model, homeserverUrl }: { model: MockHomeserver; homeserverUrl: string },
  rooms: readonly Room[],
  users: readonly string[],
): Promise<void> {
  await signIn(page, homeserverUrl, model.adminToken, paths.joinRooms());
  await page.getByRole('textbox', { name: 'Rooms to join' }).fill(rooms.map(({ room_id }) => room_id).join('\n'));
  await page.getByRole('textbox', { name: 'Users who join' }).fill(users.join('\n'));
  await button(page, 'Make the plan').click();
  await link(page, 'Look once more').click();
  await button(page, /^Run /).click();
  await link(page, 'See the report').click();
  model.log.clear();
}

async function confirm(page: Page, count: number): Promise<void> {
  await link(page, 'Look once more').click();
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  await button(page, new RegExp(`^Run ${count} `)).click();
}

test('promise 12: removes exactly whom the job joined, with a reason, after being made admin where it takes that', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, owner, lobby, staff } = fill(model);
  await join(page, { model, homeserverUrl }, [lobby, staff], [anna, ben]);
  expect(members(lobby)).toHaveLength(3);
  staff.members.set(ben, { membership: 'leave', since: 0 });

  await link(page, 'Undo 3 joins…').click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Wrong list, sorry');
  await button(page, 'Make the plan').click();
  await expect(planRow(page, anna, 'Staff', 'will be undone')).toBeVisible();
  await expect(planRow(page, ben, 'Staff', 'not in the room any more')).toBeVisible();
  await expect(planRow(page, anna, 'Lobby', 'you are not in the room')).toBeVisible();
  // Who was in already is none of the job's, so it is no row here at all.
  await expect(planRow(page, ben, 'Lobby')).toHaveCount(0);
  expect(model.log.writes()).toEqual([]);
  await page.getByRole('checkbox', { name: 'Make me admin of Lobby and join it' }).check();
  await expect(planRow(page, anna, 'Lobby', 'after you are made admin of the room')).toBeVisible();
  await link(page, 'Look once more').click();
  await expect(page.getByText('“Wrong list, sorry”')).toBeVisible();
  await page.getByRole('link', { name: 'Back to the plan' }).click();
  await confirm(page, 3);

  await link(page, 'See the report').click();
  await expect(ledgerRow(page, 'done')).toHaveCount(3);
  expect(members(lobby).toSorted()).toEqual([model.adminId, ben, owner].toSorted());
  expect(members(staff)).toEqual([model.adminId]);
  expect(lobby.members.get(anna)).toMatchObject({ membership: 'leave', reason: 'Wrong list, sorry' });
  expect(model.log.of('POST', /\/kick$/)).toHaveLength(2);
  expect(limitOf(model)).toBeNull();

  // The same once more: there is nothing left.
  await page.getByRole('link', { name: 'Choose', exact: true }).click();
  await page.getByRole('radio', { name: /^Join users to rooms/ }).click();
  await button(page, 'Make the plan').click();
  await expect(button(page, '3 nothing to undo')).toBeVisible();
  await expect(button(page, 'Look once more')).toHaveAttribute('aria-disabled', 'true');
});

test('lifts the admin’s own rate limit for the run, and puts back exactly what was there', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { staff } = fill(model);
  const was = { messages_per_second: 1, burst_count: 12 };
  const crowd = Array.from({ length: 15 }, (_, index) => addUser(model, `u${index}`).name);
  await join(page, { model, homeserverUrl }, [staff], crowd);
  const admin = model.state.users.get(model.adminId);
  if (admin) admin.ratelimit = was;
  await link(page, 'Undo 15 joins…').click();
  await button(page, 'Make the plan').click();
  await expect(page.getByText('There is now: 1 a second, 12 at once')).toBeVisible();
  await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
  await confirm(page, 17);
  await link(page, 'See the report').click();
  await expect(ledgerRow(page, 'rate limit lifted', 'done')).toBeVisible();
  await expect(page.getByText('17 done').or(button(page, '17 done')).first()).toBeVisible();
  expect(members(staff)).toEqual([model.adminId]);
  expect(limitOf(model)).toEqual(was);
  expect(model.log.of('POST', /\/kick$/).every(({ status }) => status === 200)).toBe(true);
  await expect(page.getByText('Your own rate limit is still lifted')).toHaveCount(0);
});

test('a run that is stopped puts the rate limit back all the same', async ({ page, model, homeserverUrl }) => {
  const { staff } = fill(model);
  const crowd = Array.from({ length: 6 }, (_, index) => addUser(model, `u${index}`).name);
  await join(page, { model, homeserverUrl }, [staff], crowd);
  await link(page, 'Undo 6 joins…').click();
  await button(page, 'Make the plan').click();
  await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
  // The third removal is refused: the first few run alone, so the job asks.
  model.faults.next({ match: /\/kick$/, answer: '403', after: 1 });
  await confirm(page, 8);
  await expect(page.getByText('Go on, or stop?')).toBeVisible();
  expect(limitOf(model)).toEqual(LIFTED);
  await expect(page.getByText('Your own rate limit is still lifted')).toBeVisible();
  await button(page, 'Stop…').click();
  await button(page, 'Stop for good').click();
  await expect(page.getByText('Your own rate limit is not lifted any more')).toBeVisible();
  expect(limitOf(model)).toBeNull();
  expect(model.log.of('DELETE', /override_ratelimit$/)).toHaveLength(1);
});

test('where putting it back fails, the report says that it is still lifted, and offers it', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, staff } = fill(model);
  await join(page, { model, homeserverUrl }, [staff], [anna, ben]);
  await link(page, 'Undo 2 joins…').click();
  await button(page, 'Make the plan').click();
  await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
  model.faults.next({ match: /^DELETE .*override_ratelimit$/, answer: '403' });
  await confirm(page, 4);
  await link(page, 'See the report').click();
  await expect(page.getByText('Your own rate limit is still lifted')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('It was: none of your own.');
  expect(limitOf(model)).toEqual(LIFTED);
  await button(page, 'Put it back now').click();
  await expect(page.getByText('Your own rate limit is not lifted any more')).toBeVisible();
  expect(limitOf(model)).toBeNull();
});

test('who can’t be removed is told in the homeserver’s words, and nothing else is tried', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, staff } = fill(model);
  await join(page, { model, homeserverUrl }, [staff], [anna, ben]);
  await link(page, 'Undo 2 joins…').click();
  await button(page, 'Make the plan').click();
  await expect(planRow(page, anna, 'will be undone')).toBeVisible();
  // After the plan one of them becomes as powerful as the admin.
  if (staff.power_levels) staff.power_levels.users[anna] = 100;
  await confirm(page, 2);
  await expect(ledgerRow(page, anna)).toContainText(`You cannot kick user ${anna}.`);
  await button(page, 'Go on').click();
  await link(page, 'See the report').click();
  expect(members(staff)).toEqual([model.adminId, anna]);
});

test('deleted media can’t come back: said before, and the report has no undo', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { addMedia } = await import('../src/mocks/build.ts');
  addUser(model, 'anna');
  const year = 365 * 86_400_000;
  addMedia(model, {
    user_id: '@anna:demo.example',
    created_ts: model.now() - 2 * year,
    last_access_ts: model.now() - 2 * year,
  });
  await signIn(page, homeserverUrl, model.adminToken, paths.deleteMedia());
  await button(page, 'Make the plan').click();
  await link(page, /confirm/i)
    .last()
    .click();
  await expect(page.getByText('The files are gone for good, and there is no undo')).toBeVisible();
  await expect(page.getByText('Quarantine hides a file from everyone and can be lifted again')).toBeVisible();
  await page.getByLabel('Type 1 to confirm').fill('1');
  await button(page, 'Delete 1 file').click();
  await link(page, 'See the report').click();
  await expect(page.getByText('There is no undo: deleted files are gone for good')).toBeVisible();
  await expect(button(page, /^Undo/).or(link(page, /^Undo/))).toHaveCount(0);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`every step of the undo keeps the accessibility rules and the width of a phone, ${scheme}`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    test.slow();
    const { anna, ben, lobby, staff } = fill(model);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await join(page, { model, homeserverUrl }, [lobby, staff], [anna, ben]);
    const look = async (where: string) => {
      await page.mouse.move(0, 0);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await seeNoSidewaysScrolling(page, `${where} ${width}`);
        await seeNoAxeViolation(page, `${where} ${width}`);
      }
    };
    await expect(link(page, 'Undo 3 joins…')).toBeVisible();
    await look('report of the job');
    await link(page, 'Undo 3 joins…').click();
    await look('choose');
    await button(page, 'Make the plan').click();
    await page.getByRole('checkbox', { name: /^Make me admin of Lobby/ }).check();
    await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
    await look('plan');
    model.faults.next({ match: /\/kick$/, answer: '403' });
    await link(page, 'Look once more').click();
    await look('confirm');
    await page.getByLabel('Type 6 to confirm').fill('6');
    await button(page, 'Run 6 steps').click();
    await expect(page.getByText('Your own rate limit is still lifted')).toBeVisible();
    await look('run, paused');
    await button(page, 'Go on').click();
    await link(page, 'See the report').click();
    await look('report');
  });
}
