import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { fill, join, members, planRow } from '../jobs/undo-steps.ts';
import { planJoins } from '../jobs/wizard-runs.ts';
import { askToDelete, seeOver } from '../jobs/job-page.ts';

/** An undo by someone in a hurry: double clicks, the browser’s Back, and a job that another tab deletes. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });

test('a paused job can’t be undone, even by its address; a stopped one can', async ({ page, model, homeserverUrl }) => {
  const { anna, ben, staff } = fill(model);
  const crowd = Array.from({ length: 4 }, (_, index) => addUser(model, `u${index}`).name);
  await signIn(page, homeserverUrl, model.adminToken);
  const run = await planJoins(page, [staff.room_id], [anna, ben, ...crowd]);
  model.faults.next({ match: /\/v1\/join\//, answer: '403', after: 1 });
  await run();
  await expect(page.getByText('Resume or stop?')).toBeVisible();
  const id = page.url().split('/').at(-1) ?? '';
  await page.evaluate((to) => (location.hash = to), paths.undoJob(id));
  await expect(page.getByText('Let it finish, or stop it. Then you can undo it.')).toBeVisible();
  expect(model.log.of('GET', /\/members$/)).toHaveLength(1);
  await page.goBack();
  await button(page, 'Stop…').click();
  await button(page, 'Stop the job').click();
  await seeOver(page);
  await link(page, 'Undo 1 change…').click();
  await expect(planRow(page, anna, 'will be undone')).toBeVisible();
});

test('a double click plans once and runs once; going back and reloading show what can be shown, and remove nobody twice', async ({
  page,
  model,
  homeserverUrl,
}) => {
  page.on('dialog', (dialog) => void dialog.accept());
  const { anna, ben, staff } = fill(model);
  await join(page, { model, homeserverUrl }, [staff], [anna, ben]);
  await link(page, 'Undo 2 changes…').dblclick();
  await expect(planRow(page, anna, 'will be undone')).toBeVisible();
  expect(model.log.of('GET', /\/members$/)).toHaveLength(1);
  await page.reload();
  await expect(planRow(page, anna, 'will be undone')).toBeVisible();
  await page.getByLabel('Type 2 to confirm').fill('2');
  await button(page, 'Undo 2 joins').dblclick();
  await seeOver(page);
  await page.goBack();
  await expect(planRow(page, anna, 'no longer in the room')).toBeVisible();
  await page.goForward();
  await page.goto(appUrl(paths.jobs()));
  const undo = page.getByRole('table', { name: 'Jobs' }).getByRole('link', { name: /^Undo: Join/ });
  await expect(undo).toHaveCount(1);
  await undo.click();
  await page.reload();
  await seeOver(page);
  expect(members(staff)).toEqual([model.adminId]);
  expect(model.log.of('POST', /\/kick$/)).toHaveLength(2);
});

test('when another tab deletes the job to be undone, its plan disappears, and nothing is sent', async ({
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
  await link(page, 'Undo 2 changes…').click();
  await page.getByLabel('Type 2 to confirm').fill('2');
  await askToDelete(second, /^Join /);
  await second.getByRole('button', { name: 'Delete job' }).click();
  await expect(second.getByText('No jobs yet')).toBeVisible();
  await expect(page.getByText('This job is not in this browser')).toBeVisible();
  expect(model.log.writes()).toEqual([]);
  expect(members(staff)).toHaveLength(3);
});
