import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { fill, join, members, planRow } from '../jobs/undo-steps.ts';
import { planJoins } from '../jobs/wizard-runs.ts';
import { seeOver } from '../jobs/job-page.ts';

/** An undo by somebody in a hurry: twice where once is enough, back where it goes on, and with the ground taken away. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });
const step = (page: Page, name: string) => page.getByRole('heading', { name: new RegExp(`^Step \\d of 2: ${name}$`) });

test('a job that is still paused can’t be undone, also where the address names it; once it is stopped it can', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, staff } = fill(model);
  const crowd = Array.from({ length: 4 }, (_, index) => addUser(model, `u${index}`).name);
  await signIn(page, homeserverUrl, model.adminToken);
  const run = await planJoins(page, [staff.room_id], [anna, ben, ...crowd]);
  model.faults.next({ match: /\/v1\/join\//, answer: '403', after: 1 });
  await run();
  await expect(page.getByText('Go on, or stop?')).toBeVisible();
  const id = page.url().split('/').at(-1);
  await page.evaluate((to) => (location.hash = to), `${paths.undoJoinRooms()}?job=${id}`);
  await expect(page.getByText('This job is not over: let it finish or stop it first')).toBeVisible();
  await expect(page.getByText('Nothing to choose from')).toBeVisible();
  await expect(button(page, 'Review')).toHaveCount(0);
  await page.goBack();
  await button(page, 'Stop…').click();
  await button(page, 'Stop for good').click();
  await seeOver(page);
  await link(page, 'Undo 1 join…').click();
  await button(page, 'Review').click();
  await expect(planRow(page, anna, 'will be undone')).toBeVisible();
});

test('a double click plans once and runs once; going back and a reload lead to what can be shown, and remove nobody twice', async ({
  page,
  model,
  homeserverUrl,
}) => {
  page.on('dialog', (dialog) => void dialog.accept());
  const { anna, ben, staff } = fill(model);
  await join(page, { model, homeserverUrl }, [staff], [anna, ben]);
  await link(page, 'Undo 2 joins…').click();
  await expect(step(page, 'Choose')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { name: /^Join users to rooms/ })).toBeChecked();
  await button(page, 'Review').dblclick();
  await expect(planRow(page, anna, 'will be undone')).toBeVisible();
  // The choice that was made is not taken back by a second plan.
  await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
  expect(model.log.of('GET', /\/members$/)).toHaveLength(1);
  await page.reload();
  await expect(step(page, 'Choose')).toBeVisible();
  await expect(page.getByText('There is no plan to review any more')).toBeVisible();
  await button(page, 'Review').click();
  await expect(step(page, 'Review')).toBeVisible();
  await page.reload();
  await expect(page.getByText('There is no plan to review any more')).toBeVisible();
  await button(page, 'Review').click();
  await page.getByLabel('Type 2 to confirm').fill('2');
  await button(page, 'Run 2 removals').dblclick();
  await seeOver(page);
  await page.goBack();
  await expect(page.getByText('There is no plan to review any more')).toBeVisible();
  await page.goForward();
  await page.goto(appUrl(paths.jobs()));
  await expect(page.getByRole('table', { name: 'Jobs' }).getByRole('link', { name: /^Undo 2 joins/ })).toHaveCount(1);
  await page.getByRole('link', { name: /^Undo 2 joins/ }).click();
  await page.reload();
  await seeOver(page);
  expect(members(staff)).toEqual([model.adminId]);
  expect(model.log.of('POST', /\/kick$/)).toHaveLength(2);
});

test('where another tab deletes the job that is to be undone, its plan goes with it, and nothing is sent', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  const { anna, ben, staff } = fill(model);
  await join(page, { model, homeserverUrl }, [staff], [anna, ben]);
  await page.reload();
  const second = await context.newPage();
  await signIn(second, homeserverUrl, model.adminToken, paths.jobs());
  await link(page, 'Undo 2 joins…').click();
  await button(page, 'Review').click();
  await page.getByLabel('Type 2 to confirm').fill('2');
  await button(second, /^Delete Join users/).click();
  await button(second, 'Delete the job').click();
  await expect(second.getByText('Nothing ran yet')).toBeVisible();
  await expect(page.getByText('There is no plan to review any more')).toBeVisible();
  await expect(page.getByText('Nothing to choose from')).toBeVisible();
  expect(model.log.writes()).toEqual([]);
  expect(members(staff)).toHaveLength(3);
});
