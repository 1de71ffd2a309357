import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import {
  action,
  begin,
  fill,
  jobsTable,
  leave,
  newTab,
  puts,
  seeAllDoneOnce,
  seeAllEnded,
  seeAllOverOnDisk,
  seeSome,
  slowDown,
  underWay,
} from './kept-runs.ts';
import { askToDelete, askToDeleteFinished, seeOver } from './job-page.ts';

/** Promise 7: close the tab, lose power, come back. */

test('promise 7: after a reload in the middle the job is there, paused, with its results; resuming repeats nothing', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await underWay(page, model, homeserverUrl, 40, { delayMs: 300, seen: 6 });
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();

  await expect(page.getByText('The page closed while the job ran.')).toBeVisible();
  await page.goto(appUrl(paths.jobs()));
  const row = jobsTable(page).getByRole('row').filter({ hasText: 'Remove the oidc-old IDs of 40 users' });
  await expect(row).toContainText('paused');
  await expect(row).toContainText(model.adminId);
  await row.getByRole('link').click();
  model.faults.clear();
  await action(page, 'Resume').click();
  await seeOver(page);
  await expect(page.getByText('This job is saved in this browser')).toBeVisible();
  seeAllDoneOnce(model, 40);
});

test('promise 7: after the tab was closed, a new one asks for the token and resumes; the report is there the next day', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  await underWay(page, model, homeserverUrl, 30, { delayMs: 300, seen: 4 });
  await leave(page);
  model.faults.clear();

  const next = await newTab(context, appUrl(paths.jobs()));
  const waits = next.getByRole('region', { name: '1 unfinished job' });
  await expect(waits).toContainText('of 30 items finished');
  await expect(waits).toContainText(model.adminId);
  await seeNoAxeViolation(next, 'sign-in, a job waits');
  await waits.getByRole('button', { name: `Use ${homeserverUrl}` }).click();
  await expect(next.getByLabel('Homeserver URL')).toHaveValue(homeserverUrl);
  await expect(next.getByLabel('Access token')).toBeFocused();
  await next.getByLabel('Access token').fill(model.adminToken);
  await next.getByRole('button', { name: 'Sign in', exact: true }).click();
  await jobsTable(next)
    .getByRole('link', { name: /Remove the oidc-old IDs/ })
    .click();
  await action(next, 'Resume').click();
  await seeOver(next);
  await seeAllEnded(next, 30);
  seeAllDoneOnce(model, 30);
  await leave(next);

  const later = await context.newPage();
  await signIn(later, homeserverUrl, model.adminToken, paths.jobs());
  await expect(jobsTable(later)).toContainText('finished');
  await jobsTable(later)
    .getByRole('link', { name: /Remove the oidc-old IDs/ })
    .click();
  await expect(later.getByRole('table', { name: 'Items' }).getByRole('row').nth(3)).toContainText('@member');
});

test('promise 12: a job that was read back from disk can be undone, and an undo that was cut off can be resumed', async ({
  page,
  model,
  homeserverUrl,
}) => {
  page.on('dialog', (dialog) => void dialog.accept());
  await underWay(page, model, homeserverUrl, 24);
  await seeOver(page);
  await seeAllOverOnDisk(page);
  model.log.clear();
  await page.goto(appUrl(paths.jobs()));
  await page.reload();
  await jobsTable(page)
    .getByRole('link', { name: /^Remove the oidc-old IDs/ })
    .click();
  await page.getByRole('link', { name: 'Undo 24 changes…' }).click();
  await expect(action(page, /^Undo 24 changes/)).toBeVisible();
  slowDown(model);
  await action(page, /^Undo 24 changes/).click();
  await seeSome(model, 5);
  await page.reload();
  await expect(page.getByText('The page closed while the job ran.')).toBeVisible();
  model.faults.clear();
  await action(page, 'Resume').click();
  await seeOver(page);
  const holders = [...model.state.users.values()].filter(({ external_ids }) => external_ids.length === 1);
  expect(holders).toHaveLength(24);
  expect(new Set(puts(model)).size).toBe(24);
  expect(puts(model)).toHaveLength(24);
});

test('another account sees that the job ran, and can neither open nor resume it', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  fill(model, 20);
  const other = addUser(model, { localpart: 'second.admin', admin: true });
  const token = model.issueToken(other.name);
  await signIn(page, homeserverUrl, model.adminToken);
  slowDown(model);
  await begin(page, 20);
  await seeSome(model, 3);
  await leave(page);
  model.faults.clear();
  const before = puts(model).length;

  const next = await context.newPage();
  await signIn(next, homeserverUrl, token, paths.jobs());
  const row = jobsTable(next).getByRole('row').filter({ hasText: 'Remove the oidc-old IDs' });
  await expect(row).toContainText(model.adminId);
  await expect(row.getByRole('link')).toHaveCount(0);
  const id = await next.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(id).toContain('glia');
  expect(puts(model)).toHaveLength(before);
});

test('where nothing may be stored, the job asks before it sends anything, and runs when told to', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  await underWay(page, model, homeserverUrl, 10);
  const note = page.getByRole('alert').filter({ hasText: 'This browser can’t save the job' });
  await expect(note).toContainText('doesn’t let this site store anything');
  expect(puts(model)).toEqual([]);
  await action(page, 'Resume').click();
  await seeOver(page);
  seeAllDoneOnce(model, 10);
  await page.goto(appUrl(paths.jobs()));
  await expect(page.getByText('This browser can’t save jobs')).toBeVisible();
  await expect(jobsTable(page)).toContainText('not saved');
});

test('a disk that fills up in the middle is reported before more is sent', async ({ page, model, homeserverUrl }) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    let left = 30;
    IDBObjectStore.prototype.put = function (...args) {
      left -= 1;
      if (left < 0) throw new DOMException('Quota exceeded.', 'QuotaExceededError');
      return put.apply(this, args);
    };
  });
  await underWay(page, model, homeserverUrl, 120, { delayMs: 40 });
  const note = page.getByRole('alert').filter({ hasText: 'This browser can’t save the job' });
  await expect(note).toContainText('no space left');
  const sent = puts(model).length;
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(120);
  model.faults.clear();
  await action(page, 'Resume').click();
  await seeOver(page);
  seeAllDoneOnce(model, 120);
});

test('Activity deletes one job or all finished ones, and says how much space they take', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await underWay(page, model, homeserverUrl, 5);
  await seeOver(page);
  await page.goto(appUrl(paths.jobs()));
  await expect(page.getByText(/1 job, about [\d.]+ k?B on this device/)).toBeVisible();
  await askToDelete(page, 'Remove the oidc-old IDs of 5 users');
  await page.getByRole('dialog', { name: 'Delete this job?' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(jobsTable(page).getByRole('row')).toHaveCount(2);
  await askToDeleteFinished(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete job' }).click();
  await expect(page.getByText('No jobs yet')).toBeVisible();
  await page.reload();
  await expect(page.getByText('No jobs yet')).toBeVisible();
  expect(await seeStored(page)).toEqual({ jobs: 0, plans: 0, items: 0, log: 0 });
});

test('deleting finished jobs keeps those of other accounts, unless they are chosen', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  fill(model, 5);
  const other = addUser(model, { localpart: 'second.admin', admin: true });
  await signIn(page, homeserverUrl, model.adminToken);
  await begin(page, 5);
  await seeOver(page);

  const next = await context.newPage();
  await signIn(next, homeserverUrl, model.issueToken(other.name), paths.jobs());
  await askToDeleteFinished(next);
  const dialog = next.getByRole('dialog');
  const theirs = dialog.getByLabel(`1 job of ${model.adminId} on ${homeserverUrl}`);
  await expect(theirs).not.toBeChecked();
  await expect(dialog.getByRole('button', { name: 'Delete 0 jobs' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(jobsTable(next).getByRole('row')).toHaveCount(2);
  await askToDeleteFinished(next);
  await theirs.check();
  await expect(dialog).toContainText('Remove the oidc-old IDs of 5 users');
  await dialog.getByRole('button', { name: 'Delete job' }).click();
  await expect(next.getByText('No jobs yet')).toBeVisible();
});

/** How many records each store of the journal holds. */
function seeStored(page: Page): Promise<Record<string, number>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve, reject) => {
        const opening = indexedDB.open('glia');
        opening.addEventListener('error', () => reject(new Error('It can’t be opened.')));
        opening.addEventListener('success', () => {
          const db = opening.result;
          const counts: Record<string, number> = {};
          const transaction = db.transaction([...db.objectStoreNames]);
          for (const name of db.objectStoreNames) {
            const request = transaction.objectStore(name).count();
            request.addEventListener('success', () => (counts[name] = request.result));
          }
          transaction.addEventListener('complete', () => resolve(counts));
        });
      }),
  );
}
