import type { Locator, Page } from '@playwright/test';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolationInEitherScheme, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, test } from '../fixtures.ts';
import { countOf, seeOver } from '../jobs/job-page.ts';
import { button, field, ledgerRow, members, open, plan, planRow } from './steps.ts';

/** Choose, plan, confirm, run, report: what the screen says, and what the homeserver saw. */

const PAST_SIGN_IN = /\/(join|make_room_admin|block|directory|members|state|rooms|users)(\/|$)/;

/** A public room, a private one that the admin is not in, and people. */
function fill(model: MockHomeserver) {
  const id = (localpart: string) => addUser(model, localpart).name;
  const [anna, ben, owner] = [id('anna'), id('ben'), id('owner')];
  addUser(model, { localpart: 'gone', deactivated: true });
  const lobby = addRoom(model, {
    name: 'Lobby',
    alias: 'lobby',
    creator: owner,
    join_rules: 'public',
    members: [owner, ben],
  });
  const staff = addRoom(model, { name: 'Staff', alias: 'staff', creator: owner, members: [owner] });
  return { anna, ben, owner, lobby, staff };
}

test('joins users to rooms: the plan shows who can’t join, the admin gets into a private room first, the report agrees with the homeserver', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, owner, lobby, staff } = fill(model);
  const { serverName, log } = model;
  await open(page, model, homeserverUrl);

  await field(page, 'Rooms to join').fill(`#lobby:${serverName}\n#staff:${serverName}\n#no-server`);
  await expect(page.getByText('Line 3: #no-server')).toBeVisible();
  await field(page, 'Users who join').fill(`anna\n${ben}\n@gone:${serverName}\n@nobody:${serverName}\n@x:other.org`);
  // A word beside IDs is nobody's ID until somebody says so.
  await expect(page.getByText('4 users × 2 rooms = 8 joins')).toBeVisible();
  await button(page, `Complete 1 name with :${serverName}`).click();
  await expect(page.getByText('5 users × 2 rooms = 10 joins')).toBeVisible();
  await button(page, 'Review').click();

  await expect(planRow(page, anna, 'Lobby', 'will join')).toBeVisible();
  await expect(planRow(page, ben, 'Lobby', 'already in the room')).toBeVisible();
  await expect(planRow(page, '@gone:', 'Lobby', 'deactivated user')).toBeVisible();
  await expect(planRow(page, '@nobody:', 'Lobby', 'there is no user with this ID')).toBeVisible();
  await expect(planRow(page, '@x:other.org', 'Lobby', 'user of another homeserver')).toBeVisible();
  await expect(planRow(page, anna, 'Staff', 'you are not in the room, so you can’t invite')).toBeVisible();
  // Each thing once, whatever the number of pairs; and the plan only reads.
  expect(log.count('GET', /\/directory\/room\//)).toBe(2);
  expect(log.count('GET', /\/v1\/rooms\/[^/]+\/state$/)).toBeLessThanOrEqual(4);
  expect(log.count('GET', /\/v2\/users\//)).toBe(4);
  expect(log.writes()).toEqual([]);

  await page.getByRole('checkbox', { name: 'Make me admin of Staff and join it' }).check();
  await expect(planRow(page, anna, 'Staff', 'will join')).toBeVisible();
  await expect(page.getByText('You become an admin of 1 room first, which makes 4 steps in all.')).toBeVisible();
  expect(log.writes()).toEqual([]);
  await button(page, /^Run 4 /).click();

  await seeOver(page);
  await expect(ledgerRow(page, anna, 'Lobby', 'done')).toBeVisible();
  await expect(ledgerRow(page, 'Staff', 'done')).toHaveCount(3);
  expect(members(lobby).toSorted()).toEqual([anna, ben, owner].toSorted());
  expect(members(staff).toSorted()).toEqual([model.adminId, anna, ben, owner].toSorted());
  expect(log.writes(/\/v1\/join\//).map(({ body }) => body)).toHaveLength(3);
  expect(log.of('POST', PAST_SIGN_IN).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});

test('pairs from a CSV join exactly those pairs, with semicolons, quotes and a byte order mark', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, owner, lobby } = fill(model);
  const other = addRoom(model, {
    name: 'Other',
    creator: owner,
    join_rules: 'public',
    version: '12',
    members: [owner],
  });
  await open(page, model, homeserverUrl);
  await page.getByText('Pairs from a CSV', { exact: true }).click();
  const chooser = page.waitForEvent('filechooser');
  await button(page, 'From a file…').click();
  await (
    await chooser
  ).setFiles({
    name: 'pairs.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `\uFEFFRoom;"User_ID"\r\n"#lobby:${model.serverName}";anna\r\n${other.room_id};${ben}\r\nno room;${ben}\r\n`,
    ),
  });
  await expect(page.getByText('Line 4: no room')).toBeVisible();
  await button(page, `Complete 1 name with :${model.serverName}`).click();
  await expect(page.getByText('2 joins')).toBeVisible();
  await button(page, 'Review').click();
  await button(page, 'Run 2 joins').click();
  await seeOver(page);
  await expect(ledgerRow(page, 'done')).toHaveCount(2);
  expect(members(lobby)).toContain(anna);
  expect(members(lobby).filter((userId) => userId === ben)).toEqual([ben]);
  expect(members(other).toSorted()).toEqual([ben, owner].toSorted());
});

test('a refusal keeps the server’s reason, and a retry touches only what failed', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, lobby } = fill(model);
  lobby.members.delete(ben);
  await open(page, model, homeserverUrl);
  model.faults.next({
    match: ({ body, path }) => path.includes('/v1/join/') && JSON.stringify(body).includes(anna),
    answer: '403',
  });
  await plan(page, [lobby.room_id], [anna, ben]);
  await button(page, 'Run 2 joins').click();
  // The first few run alone: a failure among them asks before the rest.
  await expect(ledgerRow(page, anna, 'failed', 'M_FORBIDDEN')).toBeVisible();
  const goOn = button(page, 'Resume');
  await expect(goOn.or(ledgerRow(page, ben, 'done')).first()).toBeVisible();
  if (await goOn.isVisible()) await goOn.click();
  await expect(ledgerRow(page, ben, 'done')).toBeVisible();
  const before = model.log.writes(/\/v1\/join\//).length;
  await button(page, 'Retry 1 failed item').click();
  await expect(ledgerRow(page, anna, 'done')).toBeVisible();
  expect(model.log.writes(/\/v1\/join\//)).toHaveLength(before + 1);
  expect(members(lobby)).toEqual(expect.arrayContaining([anna, ben]));
});

test('users come from a column of a file or from the members of a room, rooms from a space', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, owner, lobby } = fill(model);
  const { serverName } = model;
  const space = addRoom(model, {
    name: 'Team',
    alias: 'team',
    creator: owner,
    members: [owner],
    room_type: 'm.space',
    children: [lobby.room_id],
  });
  await open(page, model, homeserverUrl);
  await button(page, 'Rooms of a space…').click();
  const spaces = page.getByRole('dialog', { name: 'Add the rooms of a space' });
  // Only spaces are offered.
  await expect(spaces.getByRole('checkbox')).toHaveCount(1);
  await spaces.getByRole('textbox', { name: 'Search' }).fill(`#team:${serverName}`);
  await spaces.getByRole('checkbox', { name: 'Team' }).check();
  await spaces.getByRole('button', { name: 'Add the rooms of 1 space' }).click();
  await expect(page.getByText('1 room found, now in the list')).toBeVisible();
  await expect(field(page, 'Rooms to join')).toHaveValue(`${lobby.room_id}\n`);

  const chooser = page.waitForEvent('filechooser');
  await button(page, 'From a file…').click();
  const text = `display name,user_id\n"Smith, Anna",${anna}\nBob,\n`;
  await (await chooser).setFiles({ name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  const table = page.getByRole('region', { name: 'The table in users.csv' });
  await expect(table.getByLabel('Column with the user IDs')).toHaveValue('1');
  await expect(table.getByText(`First values: ${anna}`)).toBeVisible();
  await expect(table.getByText('Line 3: Bob The cell in this column is empty.')).toBeVisible();
  await expect(field(page, 'Users who join')).toHaveValue('');
  await button(page, 'Add 1 user').click();
  await expect(page.getByText('1 user × 1 room = 1 join')).toBeVisible();

  await button(page, 'Members of a room…').click();
  const places = page.getByRole('dialog', { name: 'Add the members of a room' });
  await expect(places.getByRole('listitem').filter({ hasText: 'Team' })).toContainText('Space');
  await places.getByRole('checkbox', { name: 'Lobby' }).check();
  await places.getByRole('button', { name: 'Add the members of 1 room' }).click();
  await expect(page.getByText('2 users found, now in the list')).toBeVisible();
  await expect(page.getByText('3 users × 1 room = 3 joins')).toBeVisible();
  await button(page, 'Review').click();
  await expect(planRow(page, anna, 'will join')).toBeVisible();
  await expect(planRow(page, ben, 'already in the room')).toBeVisible();
  // Going back keeps what was entered.
  await page.getByRole('link', { name: 'Back to choosing' }).click();
  await expect(field(page, 'Rooms to join')).toHaveValue(`${lobby.room_id}\n`);
  // Another choice needs another plan.
  await field(page, 'Rooms to join').fill(space.room_id);
  await expect(page.getByRole('link', { name: /^Review, not available yet/ })).toBeVisible();
});

test('all users that match a filter are counted, and joined', async ({ page, model, homeserverUrl }) => {
  const { lobby, anna, ben, owner } = fill(model);
  await open(page, model, homeserverUrl);
  await field(page, 'Rooms to join').fill(`#lobby:${model.serverName}`);
  await page.getByRole('radio', { name: 'All users that match a filter' }).check();
  await expect(page.getByText('4 users × 1 room = 4 joins')).toBeVisible();
  await button(page, 'Review').click();
  await expect(page.getByText('The list of users does not say who is suspended')).toBeVisible();
  await button(page, 'Run 2 joins').click();
  await seeOver(page);
  expect(members(lobby).toSorted()).toEqual([model.adminId, anna, ben, owner].toSorted());
});

test('for many joins their number is typed, and a cut connection leaves no false success', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { lobby, owner } = fill(model);
  lobby.members = new Map([[owner, { membership: 'join', since: 0 }]]);
  const crowd = Array.from({ length: 101 }, (_, index) => addUser(model, `u${index}`).name);
  await open(page, model, homeserverUrl);
  await plan(page, [lobby.room_id], crowd);
  await expect(button(page, 'Run 101 joins')).toHaveAttribute('aria-disabled', 'true');
  await field(page, 'Type 101 to confirm').fill('101');
  // Done, but the answer is lost: the next try reads that it is.
  model.faults.next({ match: /\/v1\/join\//, answer: 'reset-after', after: 5 });
  await button(page, 'Run 101 joins').click();
  await seeOver(page, 30_000);
  await expect(countOf(page, 'done')).toHaveText('101');
  expect(members(lobby)).toHaveLength(102);
});

test('by keyboard alone, from the first field to the report', async ({ page, model, homeserverUrl }) => {
  const { anna, lobby } = fill(model);
  await open(page, model, homeserverUrl);
  await tabTo(page, field(page, 'Rooms to join'));
  await page.keyboard.type(lobby.room_id);
  await tabTo(page, field(page, 'Users who join'));
  await page.keyboard.type(anna);
  for (const name of ['Review', 'Run 1 join']) {
    await tabTo(page, button(page, name));
    await page.keyboard.press('Enter');
  }
  await seeOver(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(ledgerRow(page, anna, 'done')).toBeVisible();
  expect(members(lobby)).toContain(anna);
});

/** Tab until it has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test('every step keeps the accessibility rules and the width of a phone', async ({ page, model, homeserverUrl }) => {
  test.slow();
  const { anna, ben, lobby, staff } = fill(model);
  await open(page, model, homeserverUrl);
  const look = async (where: string) => {
    await page.mouse.move(0, 0);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await seeNoSidewaysScrolling(page, `${where} ${width}`);
      await seeNoAxeViolationInEitherScheme(page, `${where} ${width}`);
    }
  };
  await field(page, 'Rooms to join').fill(`${lobby.room_id}\n${staff.room_id}\nwrong`);
  await field(page, 'Users who join').fill(`${anna}\n${ben}\n@gone:${model.serverName}\n@x:other.org\n@a@b`);
  await expect(page.getByText('Line 3: wrong')).toBeVisible();
  await look('choose');
  await button(page, 'Review').click();
  await page.getByRole('checkbox', { name: /^Make me admin of Staff/ }).check();
  await look('review');
  await button(page, /^Run 4 /).click();
  await seeOver(page);
  await look('run');
  await seeOver(page);
  await look('report');
});
