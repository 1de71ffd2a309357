import type { BrowserContext, Page } from '@playwright/test';
import { paths } from '../src/lib/paths.ts';
import { addUser } from '../src/mocks/build.ts';
import type { MockHomeserver } from '../src/mocks/homeserver.ts';
import { seeNoAxeViolation } from './eyes.ts';
import { appUrl, expect, signIn, test } from './fixtures.ts';

/** Promise 7: close the tab, lose power, come back; and one runner a job, however many tabs. */

const USER = /\/v2\/users\/@member/;
const action = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const jobsTable = (page: Page) => page.getByRole('table', { name: 'Jobs' });
const puts = (model: MockHomeserver) => model.log.of('PUT', USER).map(({ path }) => path);

/** Members who hold an id of the provider that goes. */
function fill(model: MockHomeserver, count: number): void {
  for (let index = 0; index < count; index += 1) {
    addUser(model, {
      localpart: `member${String(index).padStart(3, '0')}`,
      external_ids: [{ auth_provider: 'oidc-old', external_id: `o${index}` }],
    });
  }
}

/** Each change takes a while from now on, so that a page can go away in the middle. */
const slowDown = (model: MockHomeserver, delayMs = 300) =>
  model.faults.next({ match: /^PUT .*v2\/users/, answer: 'slow', delayMs, times: 100_000 });

/** From choose to a run that is under way. */
async function begin(page: Page, count: number): Promise<void> {
  await page.goto(appUrl(paths.externalIds()));
  await action(page, 'Read their external ids').click();
  await page.getByRole('radio', { name: 'oidc-old' }).check();
  await action(page, 'Make the plan').click();
  await page.getByRole('link', { name: 'Go on to confirm' }).click();
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  const saving = page.waitForEvent('download');
  await action(page, 'Save the removed ids').click();
  await saving;
  await action(page, /^Remove the ids of/).click();
  await expect(page.getByRole('heading', { name: 'Step 4 of 5: Run' })).toBeFocused();
}

const seeSome = (model: MockHomeserver, least: number) =>
  expect.poll(() => puts(model).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(least);

/** Everyone lost the id, and nobody was changed twice. */
function seeAllDoneOnce(model: MockHomeserver, count: number): void {
  const holders = [...model.state.users.values()].filter(({ external_ids }) => external_ids.length > 0);
  expect(holders).toEqual([]);
  expect(puts(model)).toHaveLength(count);
  expect(new Set(puts(model)).size).toBe(count);
}

/** Leaves a page that warns, as a closed lid or a killed browser does: nobody answers the warning. */
async function leave(page: Page): Promise<void> {
  await page.close({ runBeforeUnload: false });
}

async function newTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

test('promise 7: a reload in the middle, and the job is there, paused, with its ledger; going on repeats nothing', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model, 40);
  await signIn(page, homeserverUrl, model.adminToken);
  slowDown(model);
  await begin(page, 40);
  await seeSome(model, 6);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();

  await expect(page.getByText('The page went away while it ran.')).toBeVisible();
  await page.goto(appUrl(paths.jobs()));
  const row = jobsTable(page).getByRole('row').filter({ hasText: 'Remove the oidc-old ids of 40 users' });
  await expect(row).toContainText('paused');
  await expect(row).toContainText(model.adminId);
  await row.getByRole('link').click();
  model.faults.clear();
  await action(page, 'Go on').click();
  await expect(page.getByText('It is over')).toBeVisible();
  await page.getByRole('link', { name: 'See the report' }).click();
  await expect(page.getByText('The report is kept in this browser')).toBeVisible();
  seeAllDoneOnce(model, 40);
});

test('promise 7: the tab is closed, a new one asks for the token and goes on; its report is there the next day', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  fill(model, 30);
  await signIn(page, homeserverUrl, model.adminToken);
  slowDown(model);
  await begin(page, 30);
  await seeSome(model, 4);
  await leave(page);
  model.faults.clear();

  const next = await newTab(context, appUrl(paths.jobs()));
  const waits = next.getByRole('region', { name: 'A job waits to go on' });
  await expect(waits).toContainText('of 30 ended');
  await expect(waits).toContainText(model.adminId);
  await seeNoAxeViolation(next, 'sign-in, a job waits');
  await waits.getByRole('button', { name: `Use ${homeserverUrl}` }).click();
  await expect(next.getByLabel('Homeserver URL')).toHaveValue(homeserverUrl);
  await expect(next.getByLabel('Access token')).toBeFocused();
  await next.getByLabel('Access token').fill(model.adminToken);
  await next.getByRole('button', { name: 'Sign in', exact: true }).click();
  await jobsTable(next)
    .getByRole('link', { name: /Remove the oidc-old ids/ })
    .click();
  await action(next, 'Go on').click();
  await expect(next.getByText('It is over')).toBeVisible();
  seeAllDoneOnce(model, 30);
  await leave(next);

  const later = await context.newPage();
  await signIn(later, homeserverUrl, model.adminToken, paths.jobs());
  await expect(jobsTable(later)).toContainText('finished');
  await jobsTable(later)
    .getByRole('link', { name: /Remove the oidc-old ids/ })
    .click();
  await expect(later.getByRole('table', { name: 'Ledger' }).getByRole('row').nth(3)).toContainText('@member');
  await expect(later.getByText('30', { exact: true }).first()).toBeVisible();
});

test('promise 12: a job that came back from disk is undone, and so is an undo that was cut off in the middle', async ({
  page,
  model,
  homeserverUrl,
}) => {
  page.on('dialog', (dialog) => void dialog.accept());
  fill(model, 24);
  await signIn(page, homeserverUrl, model.adminToken);
  await begin(page, 24);
  await expect(page.getByText('It is over')).toBeVisible();
  model.log.clear();
  await page.goto(appUrl(paths.jobs()));
  await page.reload();
  await jobsTable(page)
    .getByRole('link', { name: /^Remove the oidc-old ids/ })
    .click();
  await page.getByRole('link', { name: 'Undo 24 removals…' }).click();
  await action(page, 'Make the plan').click();
  await page.getByRole('link', { name: 'Go on to confirm' }).click();
  slowDown(model);
  await action(page, 'Put back the ids of 24 users').click();
  await seeSome(model, 5);
  await page.reload();
  await expect(page.getByText('The page went away while it ran.')).toBeVisible();
  model.faults.clear();
  await action(page, 'Go on').click();
  await expect(page.getByText('It is over')).toBeVisible();
  const holders = [...model.state.users.values()].filter(({ external_ids }) => external_ids.length === 1);
  expect(holders).toHaveLength(24);
  expect(new Set(puts(model)).size).toBe(24);
  expect(puts(model)).toHaveLength(24);
});

test('another account sees that it ran, and can neither open it nor go on', async ({
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
  const row = jobsTable(next).getByRole('row').filter({ hasText: 'Remove the oidc-old ids' });
  await expect(row).toContainText(model.adminId);
  await expect(row.getByRole('link')).toHaveCount(0);
  const id = await next.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(id).toContain('glia');
  expect(puts(model)).toHaveLength(before);
});

test('one runner a job: a second tab shows it as it goes, hands over what it is asked, and takes over when the first dies', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  fill(model, 60);
  await signIn(page, homeserverUrl, model.adminToken);
  slowDown(model);
  await begin(page, 60);
  await seeSome(model, 4);
  const address = page.url();

  const second = await newTab(context, appUrl());
  await signIn(second, homeserverUrl, model.adminToken, paths.jobs());
  await expect(jobsTable(second)).toContainText('running in another tab');
  await second.goto(address);
  await expect(second.getByText('Another tab of this browser runs this job')).toBeVisible();
  // What one tab is asked, the other does; both show it.
  await action(second, 'Pause').click();
  await expect(action(page, 'Go on')).toBeVisible();
  await expect(action(second, 'Go on')).toBeVisible();
  const paused = puts(model).length;
  await action(second, 'Go on').click();
  await expect(action(page, 'Pause')).toBeVisible();
  await seeSome(model, paused + 3);

  await leave(page);
  await expect(action(second, 'Go on')).toBeVisible();
  model.faults.clear();
  await action(second, 'Go on').click();
  await expect(second.getByText('It is over')).toBeVisible();
  seeAllDoneOnce(model, 60);
});

test('where nothing may be stored the job asks before it sends anything, and runs on when told to', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  fill(model, 10);
  await signIn(page, homeserverUrl, model.adminToken);
  await begin(page, 10);
  const note = page.getByRole('alert').filter({ hasText: 'This browser can’t keep the job' });
  await expect(note).toContainText('does not let this site store anything');
  expect(puts(model)).toEqual([]);
  await action(page, 'Go on').click();
  await expect(page.getByText('It is over')).toBeVisible();
  seeAllDoneOnce(model, 10);
  await page.goto(appUrl(paths.jobs()));
  await expect(page.getByText('This browser keeps no jobs')).toBeVisible();
  await expect(jobsTable(page)).toContainText('not kept');
});

test('a disk that is full in the middle is told before more is sent', async ({ page, model, homeserverUrl }) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    let left = 30;
    IDBObjectStore.prototype.put = function (...args) {
      left -= 1;
      if (left < 0) throw new DOMException('Quota exceeded.', 'QuotaExceededError');
      return put.apply(this, args);
    };
  });
  fill(model, 120);
  await signIn(page, homeserverUrl, model.adminToken);
  slowDown(model, 40);
  await begin(page, 120);
  const note = page.getByRole('alert').filter({ hasText: 'This browser can’t keep the job' });
  await expect(note).toContainText('no more room');
  const sent = puts(model).length;
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(120);
  model.faults.clear();
  await action(page, 'Go on').click();
  await expect(page.getByText('It is over')).toBeVisible();
  seeAllDoneOnce(model, 120);
});

test('the Jobs page deletes one, deletes all that are over, and says how much they take', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model, 5);
  await signIn(page, homeserverUrl, model.adminToken);
  await begin(page, 5);
  await expect(page.getByText('It is over')).toBeVisible();
  await page.goto(appUrl(paths.jobs()));
  await expect(page.getByText(/1 job, about [\d.]+ k?B on this device/)).toBeVisible();
  await action(page, 'Delete Remove the oidc-old ids of 5 users').click();
  await page.getByRole('dialog', { name: 'Delete this job?' }).getByRole('button', { name: 'Keep' }).click();
  await expect(jobsTable(page).getByRole('row')).toHaveCount(2);
  await action(page, 'Delete all that are over…').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the job' }).click();
  await expect(page.getByText('Nothing ran yet')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Nothing ran yet')).toBeVisible();
  expect(await seeStored(page)).toEqual({ jobs: 0, plans: 0, items: 0, log: 0 });
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
