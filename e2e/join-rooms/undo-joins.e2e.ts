import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolationInEitherScheme, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { confirm, fill, join, ledgerRow, limitOf, members, planRow } from '../jobs/undo-steps.ts';
import { seeOver } from '../jobs/job-page.ts';

/** What “Join users to rooms” joined is taken out again, from its report to the report of the undo. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });

test('promise 12: removes exactly the users that the job joined, with a reason, after becoming admin where that is needed', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, owner, lobby, staff } = fill(model);
  await join(page, { model, homeserverUrl }, [lobby, staff], [anna, ben]);
  expect(members(lobby)).toHaveLength(3);
  staff.members.set(ben, { membership: 'leave', since: 0 });

  await link(page, 'Undo 3 changes…').click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Wrong list, sorry');
  const undo = page.url();
  await expect(planRow(page, anna, 'Staff', 'will be undone')).toBeVisible();
  await expect(planRow(page, ben, 'Staff', 'no longer in the room')).toBeVisible();
  await expect(planRow(page, anna, 'Lobby', 'you are not in the room')).toBeVisible();
  // Who was in already is none of the job's, so it is no row here at all.
  await expect(planRow(page, ben, 'Lobby')).toHaveCount(0);
  expect(model.log.writes()).toEqual([]);
  await page.getByRole('checkbox', { name: 'Make me admin of Lobby and join it' }).check();
  await expect(planRow(page, anna, 'Lobby', 'after you are made an admin of the room')).toBeVisible();
  await confirm(page, 3);

  await seeOver(page);
  await expect(ledgerRow(page, 'done')).toHaveCount(3);
  expect(members(lobby).toSorted()).toEqual([model.adminId, ben, owner].toSorted());
  expect(members(staff)).toEqual([model.adminId]);
  expect(lobby.members.get(anna)).toMatchObject({ membership: 'leave', reason: 'Wrong list, sorry' });
  expect(model.log.of('POST', /\/kick$/)).toHaveLength(2);
  expect(limitOf(model)).toBeNull();

  // The same once more: there is nothing left.
  await page.goto(undo);
  await expect(button(page, '3 nothing to undo')).toBeVisible();
  await expect(button(page, 'Undo 0 joins')).toHaveAttribute('aria-disabled', 'true');
});

test('a user who can’t be removed is reported in the homeserver’s words, and nothing else is tried', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, staff } = fill(model);
  await join(page, { model, homeserverUrl }, [staff], [anna, ben]);
  await link(page, 'Undo 2 changes…').click();
  await expect(planRow(page, anna, 'will be undone')).toBeVisible();
  // After the plan one of them becomes as powerful as the admin.
  if (staff.power_levels) staff.power_levels.users[anna] = 100;
  await confirm(page, 2);
  await expect(ledgerRow(page, anna)).toContainText(`You cannot kick user ${anna}.`);
  await button(page, 'Resume').click();
  await seeOver(page);
  expect(members(staff)).toEqual([model.adminId, anna]);
});

test('deleted media can’t come back: the review says so, and the job has no undo', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { addMedia } = await import('../../src/mocks/build.ts');
  addUser(model, 'anna');
  const year = 365 * 86_400_000;
  addMedia(model, {
    user_id: '@anna:demo.example',
    created_ts: model.now() - 2 * year,
    last_access_ts: model.now() - 2 * year,
  });
  await signIn(page, homeserverUrl, model.adminToken, paths.deleteMedia());
  await button(page, 'Review').click();
  await expect(page.getByText('This can’t be undone.')).toBeVisible();
  await expect(page.getByText('To hide one so that it can come back, quarantine it instead.')).toBeVisible();
  await page.getByLabel('Type 1 to confirm').fill('1');
  await button(page, 'Delete 1 file').click();
  await seeOver(page);
  await expect(page.getByText('There is no undo: the homeserver keeps nothing of a deleted file.')).toBeVisible();
  await expect(button(page, /^Undo/).or(link(page, /^Undo/))).toHaveCount(0);
});

test('every step of the undo keeps the accessibility rules and the width of a phone', async ({
  page,
  model,
  homeserverUrl,
}) => {
  test.slow();
  const { anna, ben, lobby, staff } = fill(model);
  await join(page, { model, homeserverUrl }, [lobby, staff], [anna, ben]);
  const look = async (where: string) => {
    await page.mouse.move(0, 0);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await seeNoSidewaysScrolling(page, `${where} ${width}`);
      await seeNoAxeViolationInEitherScheme(page, `${where} ${width}`);
    }
  };
  await expect(link(page, 'Undo 3 changes…')).toBeVisible();
  await look('report of the job');
  await link(page, 'Undo 3 changes…').click();
  await page.getByRole('checkbox', { name: /^Make me admin of Lobby/ }).check();
  await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
  await look('review');
  model.faults.next({ match: /\/kick$/, answer: '403' });
  await confirm(page, 6);
  await expect(page.getByText('Your own rate limit is still lifted')).toBeVisible();
  await look('run, paused');
  await button(page, 'Resume').click();
  await seeOver(page);
  await look('report');
});
