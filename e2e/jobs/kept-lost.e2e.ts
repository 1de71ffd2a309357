import type { Page, Route } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { planRemoval } from './wizard-runs.ts';
import { askToDelete, countOf, seeOver } from './job-page.ts';

/** What becomes of a job that the disk does not keep to the end, or does not give back, or does not let go. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const jobsTable = (page: Page) => page.getByRole('table', { name: 'Jobs' });
const jobRow = (page: Page) =>
  jobsTable(page)
    .getByRole('row')
    .filter({ hasText: /Remove the oidc-old IDs/ });
const puts = (model: MockHomeserver) => model.log.of('PUT', /\/v2\/users\/@member/).length;

/** A removal for so many members is under way, each change taking so long. */
async function begin(page: Page, model: MockHomeserver, homeserverUrl: string, count: number, delayMs = 0) {
  for (let index = 0; index < count; index += 1) {
    addUser(model, {
      localpart: `member${index}`,
      external_ids: [{ auth_provider: 'oidc-old', external_id: `o${index}` }],
    });
  }
  await signIn(page, homeserverUrl, model.adminToken);
  const go = await planRemoval(page, 'oidc-old', count);
  if (delayMs > 0) model.faults.next({ match: /^PUT .*v2\/users/, answer: 'slow', delayMs, times: 100_000 });
  await go();
  await expect(page).toHaveURL(/#\/jobs\/[^/]+$/);
}

/** From now on the disk takes no more entries of a log; a short word still fits. */
async function fillDisk(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === 'log') throw new DOMException('Quota exceeded.', 'QuotaExceededError');
      return put.apply(this, args);
    };
  });
}

test('a journal that is lost in the middle: what is left on disk says so and is never taken for the job; another tab shows it', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  const other = await context.newPage();
  await begin(page, model, homeserverUrl, 60, 300);
  const address = page.url();
  await signIn(other, homeserverUrl, model.adminToken, paths.jobs());
  await jobRow(other).getByRole('link').click();
  // The row in Activity has a button to pause it, too: only the page of the job follows its journal.
  await expect(other.getByRole('heading', { level: 1, name: /^Remove the oidc-old IDs/ })).toBeVisible();
  await expect(button(other, 'Pause')).toBeVisible();

  await fillDisk(page);
  const note = page.getByRole('alert').filter({ hasText: 'This browser can’t save the job' });
  await expect(note).toContainText('no space left');
  await expect(note).toContainText('If you resume, the results are in this tab only');
  const told = other.getByRole('alert').filter({ hasText: 'This browser lost the record of this job' });
  await expect(told).toContainText(/\d+ of 60 items had finished when the record was lost/);
  await expect(told).toContainText('Only the tab that runs the job knows');
  await expect(button(other, /^(Resume|Pause|Stop…)$/)).toHaveCount(0);
  await seeNoAxeViolation(other, 'a job whose journal was lost');

  model.faults.clear();
  await button(page, 'Resume').click();
  await seeOver(page);
  await expect(countOf(page, 'done')).toHaveText('60');
  const sent = puts(model);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('about:blank');

  await other.goto(appUrl(paths.jobs()));
  await expect(jobRow(other)).toContainText('record lost');
  await expect(jobRow(other)).toContainText(/of 60 items had finished when the record was lost .*Make a new plan/);
  await expect(jobRow(other)).toContainText('not saved');
  await expect(jobRow(other)).not.toContainText(/waiting|paused/);
  await expect(jobRow(other).getByRole('link')).toHaveCount(0);
  await seeNoAxeViolation(other, 'jobs, one lost');
  // Its address, as a reload has it.
  await other.goto(address);
  await other.reload();
  await expect(other.getByText('so it can’t be resumed')).toBeVisible();
  await expect(button(other, 'Resume')).toHaveCount(0);
  await seeNoAxeViolation(other, 'the address of a lost job');
  await other.getByRole('link', { name: 'See Activity' }).click();
  await askToDelete(other, 'Remove the oidc-old IDs');
  await other.getByRole('button', { name: 'Delete job' }).click();
  await expect(other.getByText('No jobs yet')).toBeVisible();
  expect(puts(model)).toBe(sent);
});

test('a disk too full to change anything, then a crash: room for the mark was reserved, and the job is never resumed from its stale journal', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  await begin(page, model, homeserverUrl, 60, 300);
  const address = page.url();
  await expect.poll(() => puts(model)).toBeGreaterThan(3);
  await page.evaluate(() => {
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (names, mode, options) {
      if (mode === 'readwrite') throw new DOMException('No space left on device.', 'UnknownError');
      return transaction.call(this, names, mode, options);
    };
  });
  await expect(page.getByRole('alert').filter({ hasText: 'This browser can’t save the job' })).toContainText(
    'If you resume, the results are in this tab only',
  );
  model.faults.clear();
  const sent = puts(model);
  await button(page, 'Resume').click();
  await expect.poll(() => puts(model)).toBeGreaterThan(sent);
  await page.close();

  const later = await context.newPage();
  await signIn(later, homeserverUrl, model.adminToken, paths.jobs());
  await expect(jobRow(later)).toContainText('record lost');
  await expect(jobRow(later)).toContainText(/of 60 items had finished when the record was lost/);
  await expect(jobRow(later).getByRole('link')).toHaveCount(0);
  const before = puts(model);
  await later.goto(address);
  await later.reload();
  await expect(later.getByText('so it can’t be resumed')).toBeVisible();
  await later.goto(appUrl(paths.jobs()));
  await later.reload();
  await expect(jobRow(later)).toContainText('record lost');
  await askToDelete(later, 'Remove the oidc-old IDs');
  await later.getByRole('button', { name: 'Delete job' }).click();
  await expect(later.getByText('No jobs yet')).toBeVisible();
  await later.reload();
  await expect(later.getByText('No jobs yet')).toBeVisible();
  expect(puts(model)).toBe(before);
});

test('a journal and a token lost at once: resuming is asked about once, and the page says that nothing is saved', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await begin(page, model, homeserverUrl, 40, 300);
  await expect.poll(() => puts(model)).toBeGreaterThan(4);
  // One change is answered when the journal is lost, and not before.
  const { promise: held, resolve: hold } = Promise.withResolvers<Route>();
  let isHeld = false;
  await page.route(/\/v2\/users\/(@|%40)member/, async (route) => {
    if (isHeld || route.request().method() !== 'PUT') return route.continue();
    isHeld = true;
    hold(route);
  });
  const change = await held;
  await fillDisk(page);
  await expect(page.getByText('Pausing: requests already sent will finish').first()).toBeVisible();
  model.faults.clear();
  await change.fulfill({
    status: 401,
    headers: { 'access-control-allow-origin': '*' },
    json: { errcode: 'M_UNKNOWN_TOKEN', error: 'Token is not active' },
  });
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Access token').fill(model.adminToken);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  const note = page.getByRole('alert').filter({ hasText: 'Resume as ' });
  await expect(note).toContainText('This browser can’t save the job: The browser has no space left for this site.');
  await button(page, 'Resume').click();
  await seeOver(page);
  await expect(countOf(page, 'done')).toHaveText('40');
});

test('a job that can no longer be read says why at once', async ({ page, model, homeserverUrl, manners }) => {
  manners.expected.push(/UnreadableJobError/);
  await begin(page, model, homeserverUrl, 5);
  await seeOver(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('glia');
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction('plans', 'readwrite');
          transaction.objectStore('plans').clear();
          transaction.addEventListener('complete', () => resolve());
        });
      }),
  );
  await page.goto(appUrl(paths.jobs()));
  await page.reload();
  await jobRow(page).getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'This job can’t be opened' })).toBeVisible();
  await expect(page.getByText('no longer saved in this browser, or not completely')).toBeVisible();
});

test('a job that the disk can’t delete stays, and the page says so', async ({ page, model, homeserverUrl }) => {
  await begin(page, model, homeserverUrl, 5);
  await seeOver(page);
  await page.goto(appUrl(paths.jobs()));
  await page.evaluate(() => {
    IDBObjectStore.prototype.delete = () => {
      throw new DOMException('The disk is gone.', 'UnknownError');
    };
  });
  await askToDelete(page, 'Remove the oidc-old IDs');
  await page.getByRole('button', { name: 'Delete job' }).click();
  const problem = page.getByRole('alert').filter({ hasText: 'Not deleted' });
  await expect(problem).toContainText('The job was not deleted.');
  await expect(problem).toContainText('The disk is gone.');
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(jobRow(page)).toContainText('finished');
  await page.reload();
  await expect(jobRow(page)).toContainText('5 done');
});

for (const promised of [true, false]) {
  test(`the browser is asked to keep what is stored when a job begins, not before; it ${promised ? 'promises' : 'refuses'}, and Activity says so`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    await page.addInitScript((answer) => {
      const asked = { times: 0 };
      Object.assign(window, { asked });
      StorageManager.prototype.persisted = () => Promise.resolve(answer && asked.times > 0);
      StorageManager.prototype.persist = () => {
        asked.times += 1;
        return Promise.resolve(answer);
      };
    }, promised);
    const asked = () => page.evaluate(() => (window as unknown as { asked: { times: number } }).asked.times);
    await signIn(page, homeserverUrl, model.adminToken, paths.jobs());
    await expect(page.getByText('The browser may clear them when it runs short of space')).toBeVisible();
    expect(await asked()).toBe(0);
    const users = [addUser(model, 'member1'), addUser(model, 'member2')];
    for (const time of ['first', 'second']) {
      for (const user of users)
        user.external_ids = [{ auth_provider: 'oidc-old', external_id: `${time} ${user.name}` }];
      await (
        await planRemoval(page, 'oidc-old', 2)
      )();
      await seeOver(page);
      expect(await asked()).toBe(1);
    }
    await page.evaluate((to) => (location.hash = to), paths.jobs());
    await expect(
      page.getByText(
        promised ? 'The browser keeps them until you delete them' : 'may clear them when it runs short of space',
      ),
    ).toBeVisible();
  });
}
