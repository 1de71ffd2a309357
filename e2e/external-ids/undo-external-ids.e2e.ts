import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolationInEitherScheme, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { seeOver } from '../jobs/job-page.ts';

/** External IDs that a job removed are put back, from the page of that job to the page of the undo. */

const old = (external_id: string) => ({ auth_provider: 'oidc-gitlab-old', external_id });
const google = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });
const user = (model: MockHomeserver, localpart: string) => {
  const found = model.state.users.get(`@${localpart}:demo.example`);
  if (!found) throw new Error(`There is no ${localpart}.`);
  return found;
};
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });
const planRow = (page: Page, text: string) =>
  page.getByRole('table', { name: 'What would happen to each' }).getByRole('row').filter({ hasText: text });
const ledgerRow = (page: Page, text: string) =>
  page.getByRole('table', { name: 'Items' }).getByRole('row').filter({ hasText: text });

function fill(model: MockHomeserver): void {
  addUser(model, { localpart: 'both', external_ids: [old('1/ä #?'), google('g1')] });
  addUser(model, { localpart: 'two', external_ids: [old('2'), old('3')] });
  addUser(model, { localpart: 'gone', deactivated: true, external_ids: [old('4')] });
  addUser(model, { localpart: 'moved', external_ids: [old('5')] });
  addUser(model, { localpart: 'changed', external_ids: [old('6')] });
  addUser(model, 'rival');
}

/** Removes the old provider's ids of all, up to the page of the job. @returns the path of the backup file */
async function remove(page: Page, model: MockHomeserver, homeserverUrl: string, count: number): Promise<string> {
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await button(page, 'Read their external IDs').click();
  await page.getByRole('radio', { name: 'oidc-gitlab-old' }).check();
  await button(page, 'Review').click();
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  const downloading = page.waitForEvent('download');
  await button(page, 'Download a backup of these IDs').click();
  const saved = await (await downloading).path();
  await button(page, /^Remove the IDs of /).click();
  await seeOver(page);
  model.log.clear();
  return saved;
}

/** From the page of the removal to the plan of its undo. */
async function planUndo(page: Page, name: string): Promise<void> {
  await link(page, name).click();
  await expect(page.getByText(/^Undo \d+ changes? of “/).first()).toBeVisible();
}

test('promise 12: puts back exactly what was removed, and skips users that changed or whose ID another account has', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  await remove(page, model, homeserverUrl, 5);
  user(model, 'rival').external_ids = [old('5')];
  user(model, 'changed').external_ids = [google('new')];

  await planUndo(page, 'Undo 5 changes…');
  await expect(planRow(page, '@both:')).toContainText('will change');
  await expect(planRow(page, '@gone:')).toContainText('Deactivated: with its IDs back');
  await expect(planRow(page, '@moved:')).toContainText('Held by another account now: oidc-gitlab-old: 5 by @rival:');
  await expect(planRow(page, '@changed:')).toContainText('Changed since the job: now oidc-google: new');
  expect(model.log.writes()).toEqual([]);

  // Between plan and run a sign-in gives one of them another id.
  user(model, 'two').external_ids = [google('late')];
  await button(page, /^Undo 3 changes/).click();
  await seeOver(page);
  await expect(ledgerRow(page, '@both:')).toContainText('done');
  await expect(ledgerRow(page, '@gone:')).toContainText('done');
  await expect(ledgerRow(page, '@two:')).toContainText('Changed since the plan');

  expect(new Set(user(model, 'both').external_ids)).toEqual(new Set([old('1/ä #?'), google('g1')]));
  expect(user(model, 'gone')).toMatchObject({ deactivated: true, external_ids: [old('4')] });
  expect(user(model, 'two').external_ids).toEqual([google('late')]);
  expect(user(model, 'moved').external_ids).toEqual([]);
  expect(user(model, 'changed').external_ids).toEqual([google('new')]);
  expect(model.log.writes().map(({ body }) => Object.keys(body as object))).toEqual([
    ['external_ids'],
    ['external_ids'],
  ]);
});

test('says 409 in the homeserver’s words, and a second undo has nothing to do', async ({
  page,
  model,
  homeserverUrl,
}) => {
  addUser(model, { localpart: 'anna', external_ids: [old('1')] });
  addUser(model, { localpart: 'ben', external_ids: [old('2')] });
  addUser(model, 'rival');
  await remove(page, model, homeserverUrl, 2);
  const job = page.url();
  await planUndo(page, 'Undo 2 changes…');
  user(model, 'rival').external_ids = [old('2')];
  // As a write through the homeserver would.
  model.state.externalIdCache.clear();
  await button(page, /^Undo 2 changes/).click();
  await expect(ledgerRow(page, '@ben:')).toContainText('External id is already in use');

  await page.goto(job);
  await planUndo(page, 'Undo again…');
  await expect(planRow(page, '@anna:')).toContainText('Already oidc-gitlab-old: 1 again');
  await expect(planRow(page, '@ben:')).toContainText('Held by another account now');
  await expect(button(page, /^Undo 0 changes/)).toHaveAttribute('aria-disabled', 'true');
});

test('a job that the browser no longer has is undone from its backup file; another file is refused, and nothing is lost', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  const saved = await remove(page, model, homeserverUrl, 5);
  user(model, 'rival').external_ids = [old('5')];
  user(model, 'changed').external_ids = [google('new')];
  await page.goto(appUrl(paths.externalIds()));
  await link(page, /^use its backup file/).click();
  const choose = page.locator('input[type="file"]');
  const other = { name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"users":[]}') };
  await choose.setInputFiles(other);
  await expect(page.getByRole('alert')).toContainText('This is not a backup of external IDs saved by Glia');
  await choose.setInputFiles(saved);
  await expect(planRow(page, '@both:')).toContainText('will change');
  await expect(planRow(page, '@moved:')).toContainText('Held by another account now');
  await expect(planRow(page, '@changed:')).toContainText('Changed since the job');
  await expect(page.getByText(/^The file was saved at .*before the job ran/)).toBeVisible();
  expect(model.log.writes()).toEqual([]);
  await button(page, /^Undo 3 changes/).click();
  await seeOver(page);
  expect(new Set(user(model, 'both').external_ids)).toEqual(new Set([old('1/ä #?'), google('g1')]));
  expect(user(model, 'changed').external_ids).toEqual([google('new')]);
  expect(model.log.writes()).toHaveLength(3);
});

test('a job that changed nothing can’t be undone, and says why; the old address of an undo leads to the new one', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, { localpart: 'anna', external_ids: [old('1')] });
  addUser(model, { localpart: 'ben', external_ids: [old('2')] });
  await signIn(page, homeserverUrl, model.adminToken, '/external-ids/undo/plan?job=gone');
  await expect(page).toHaveURL(/#\/jobs\/gone\/undo$/);
  await expect(page.getByText('This job is not in this browser')).toBeVisible();
  model.faults.next({ match: /^PUT .*@ben:/, answer: '403' });
  await link(page, 'Remove external ids').click();
  await button(page, 'Read their external IDs').click();
  await page.getByRole('radio', { name: 'oidc-gitlab-old' }).check();
  await button(page, 'Review').click();
  anna.external_ids = [];
  await page.getByLabel('Type 2 to confirm').fill('2');
  await button(page, 'Download a backup of these IDs').click();
  await button(page, /^Remove the IDs of /).click();
  await seeOver(page);
  const undo = button(page, 'Undo…');
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await undo.hover();
  await expect(page.getByRole('tooltip')).toHaveText('This job changed nothing that can be undone.');
});

test('the undo keeps the accessibility rules and the width of a phone', async ({ page, model, homeserverUrl }) => {
  test.slow();
  fill(model);
  await remove(page, model, homeserverUrl, 5);
  user(model, 'rival').external_ids = [old('5')];
  const look = async (where: string) => {
    await page.mouse.move(0, 0);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await seeNoSidewaysScrolling(page, `${where} ${width}`);
      await seeNoAxeViolationInEitherScheme(page, `${where} ${width}`);
    }
  };
  await look('page of the job');
  await planUndo(page, 'Undo 5 changes…');
  await expect(planRow(page, '@both:')).toBeVisible();
  await look('plan');
  await button(page, /^Undo 4 changes/).click();
  await seeOver(page);
  await look('page of the undo');
});
