import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { seeAllOverOnDisk } from '../jobs/kept-runs.ts';
import { confirm, fill, join, LIFTED, ledgerRow, limitOf, members } from '../jobs/undo-steps.ts';
import { askToDelete, askToDeleteFinished, seeOver } from '../jobs/job-page.ts';

/** An undo of joins may lift the admin’s own rate limit: whichever way the job ends, it is put back, and that is said. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });
const jobRow = (page: Page) =>
  page
    .getByRole('table', { name: 'Jobs' })
    .getByRole('row')
    .filter({ hasText: /^Undo: Join/ });

test('lifts the admin’s own rate limit for the job, and puts back exactly what was there', async ({
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
  await link(page, 'Undo 15 changes…').click();
  await expect(page.getByText('Set for your account now: 1 per second, 12 at once')).toBeVisible();
  await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
  await confirm(page, 17);
  await seeOver(page);
  await expect(ledgerRow(page, 'rate limit lifted', 'done')).toBeVisible();
  await expect(page.getByText('17 done').or(button(page, '17 done')).first()).toBeVisible();
  expect(members(staff)).toEqual([model.adminId]);
  expect(limitOf(model)).toEqual(was);
  expect(model.log.of('POST', /\/kick$/).every(({ status }) => status === 200)).toBe(true);
  await expect(page.getByText('Your own rate limit is still lifted')).toHaveCount(0);
});

test('a job that is stopped still puts the rate limit back', async ({ page, model, homeserverUrl }) => {
  const { staff } = fill(model);
  const crowd = Array.from({ length: 6 }, (_, index) => addUser(model, `u${index}`).name);
  await join(page, { model, homeserverUrl }, [staff], crowd);
  await link(page, 'Undo 6 changes…').click();
  await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
  // The third removal is refused: the first few run alone, so the job asks.
  model.faults.next({ match: /\/kick$/, answer: '403', after: 1 });
  await confirm(page, 8);
  await expect(page.getByText('Resume or stop?')).toBeVisible();
  expect(limitOf(model)).toEqual(LIFTED);
  await expect(page.getByText('Your own rate limit is still lifted')).toBeVisible();
  await button(page, 'Stop…').click();
  await button(page, 'Stop the job').click();
  await expect(page.getByRole('status').getByText('Restored: no limit of your own.')).toBeVisible();
  await expect(ledgerRow(page, 'rate limit restored', 'done')).toBeVisible();
  expect(limitOf(model)).toBeNull();
  expect(model.log.of('DELETE', /override_ratelimit$/)).toHaveLength(1);
});

/** An undo that ran to its end, and whose putting back was refused. */
async function endsLifted(page: Page, model: MockHomeserver, homeserverUrl: string): Promise<void> {
  const { anna, ben, staff } = fill(model);
  await join(page, { model, homeserverUrl }, [staff], [anna, ben]);
  await link(page, 'Undo 2 changes…').click();
  await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
  model.faults.next({ match: /^DELETE .*override_ratelimit$/, answer: '403' });
  await confirm(page, 4);
  await seeOver(page);
  await expect(page.getByText('Your own rate limit is still lifted')).toBeVisible();
}

test('where putting it back fails, the page says that it is still lifted, and offers to try again', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await endsLifted(page, model, homeserverUrl);
  await expect(page.getByRole('alert')).toContainText('Before: no limit of your own.');
  expect(limitOf(model)).toEqual(LIFTED);
  await button(page, 'Restore it now').click();
  await expect(page.getByRole('status').getByText('Restored: no limit of your own.')).toBeVisible();
  expect(limitOf(model)).toBeNull();
});

test('where someone put it back by hand, the page says so, and looking again finishes the job', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await endsLifted(page, model, homeserverUrl);
  const me = model.state.users.get(model.adminId);
  if (me) me.ratelimit = null;
  await seeAllOverOnDisk(page);
  await page.reload();
  const note = page.getByRole('status').filter({ hasText: 'Your own rate limit is not lifted' });
  await expect(note).toContainText('It is now: no limit of your own.');
  await note.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByRole('status').getByText('It is as it was before.')).toBeVisible();
  expect(model.log.of('DELETE', /override_ratelimit$/)).toHaveLength(1);
});

/** An undo that asks in its middle, with the limit lifted. */
async function untilItAsks(page: Page, model: MockHomeserver, homeserverUrl: string): Promise<void> {
  const { staff } = fill(model);
  const crowd = Array.from({ length: 6 }, (_, index) => addUser(model, `u${index}`).name);
  await join(page, { model, homeserverUrl }, [staff], crowd);
  await link(page, 'Undo 6 changes…').click();
  await page.getByRole('checkbox', { name: /^Lift my rate limit first/ }).check();
  model.faults.next({ match: /\/kick$/, answer: '403', after: 1 });
  await confirm(page, 8);
  await expect(page.getByText('Resume or stop?')).toBeVisible();
  expect(limitOf(model)).toEqual(LIFTED);
}

test('a paused undo that is deleted in Activity after a reload puts it back first', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await untilItAsks(page, model, homeserverUrl);
  await page.goto(appUrl(paths.jobs()));
  await page.reload();
  await expect(jobRow(page)).toContainText('Your own rate limit may still be lifted.');
  await askToDelete(page, 'Undo: Join');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Before anything is deleted, your own rate limit is restored.');
  const kicks = model.log.of('POST', /\/kick$/).length;
  await dialog.getByRole('button', { name: 'Delete job' }).click();
  await expect(dialog).toBeHidden();
  await expect(jobRow(page)).toHaveCount(0);
  expect(limitOf(model)).toBeNull();
  expect(model.log.of('DELETE', /override_ratelimit$/)).toHaveLength(1);
  expect(model.log.of('POST', /\/kick$/)).toHaveLength(kicks);
});

test('where it can’t be put back, the job is not deleted, and says so', async ({ page, model, homeserverUrl }) => {
  await untilItAsks(page, model, homeserverUrl);
  model.faults.next({ match: /^DELETE .*override_ratelimit$/, answer: '403', times: 2 });
  await link(page, 'Activity').first().click();
  await askToDelete(page, 'Undo: Join');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Delete job' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Your own rate limit may still be lifted.');
  await expect(dialog.getByRole('alert')).toContainText('Once the job is deleted');
  await seeNoAxeViolation(page, 'not deleted');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Your own rate limit may still be lifted.');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
  await expect(jobRow(page)).toContainText('stopped');
  await page.setViewportSize({ width: 390, height: 844 });
  await seeNoSidewaysScrolling(page, 'Jobs, a limit still lifted');
  await seeNoAxeViolation(page, 'Jobs, a limit still lifted');
  expect(limitOf(model)).toEqual(LIFTED);

  // The homeserver lets it be put back by now: among all that are over it is put back too.
  await askToDeleteFinished(page);
  await dialog.getByRole('button', { name: /^Delete 2 jobs/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('No jobs yet')).toBeVisible();
  expect(limitOf(model)).toBeNull();
});

test('where the job is deleted anyway, the limit stays lifted, as the page said', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await untilItAsks(page, model, homeserverUrl);
  model.faults.next({ match: /^DELETE .*override_ratelimit$/, answer: '403', times: 9 });
  await link(page, 'Activity').first().click();
  await askToDelete(page, 'Undo: Join');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Delete job' }).click();
  await dialog.getByRole('button', { name: 'Delete anyway' }).click();
  await expect(dialog).toBeHidden();
  await expect(jobRow(page)).toHaveCount(0);
  expect(limitOf(model)).toEqual(LIFTED);
});

test('another account can’t put it back: deleting says whose it is, and keeps the job', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  await untilItAsks(page, model, homeserverUrl);
  await page.close();
  const other = addUser(model, { localpart: 'second.admin', admin: true });
  const next = await context.newPage();
  await signIn(next, homeserverUrl, model.issueToken(other.name), paths.jobs());
  await askToDelete(next, 'Undo: Join');
  const dialog = next.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Delete job' }).click();
  await expect(dialog.getByRole('alert')).toContainText(`You are not signed in as ${model.adminId}.`);
  expect(limitOf(model)).toEqual(LIFTED);
  expect(model.log.of('DELETE', /override_ratelimit$/)).toEqual([]);
});

test('where another tab stops the job, the tab that runs it puts the limit back, and both say so', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  await untilItAsks(page, model, homeserverUrl);
  const second = await context.newPage();
  await signIn(second, homeserverUrl, model.adminToken, paths.jobs());
  await jobRow(second)
    .getByRole('link', { name: /^Undo: Join/ })
    .click();
  await expect(second.getByText('Your own rate limit is still lifted')).toBeVisible();
  await button(second, 'Stop…').click();
  await expect(second.getByText('Before the job ends, your own rate limit is restored.')).toBeVisible();
  await button(second, 'Stop the job').click();
  for (const tab of [page, second]) {
    await expect(tab.getByText('Restored: no limit of your own.').first()).toBeVisible();
    await expect(tab.getByText('Your own rate limit is still lifted')).toHaveCount(0);
  }
  expect(limitOf(model)).toBeNull();
  expect(model.log.of('DELETE', /override_ratelimit$/)).toHaveLength(1);
});
