import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { seeOver } from '../jobs/job-page.ts';

/** What “Remove external ids” took away is put back, from its report to the report of the undo. */

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
  page.getByRole('table', { name: 'What would be put back' }).getByRole('row').filter({ hasText: text });
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

/** Removes the old provider's ids of all, up to the report. */
async function remove(page: Page, model: MockHomeserver, homeserverUrl: string, count: number): Promise<void> {
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await button(page, 'Read their external ids').click();
  await page.getByRole('radio', { name: 'oidc-gitlab-old' }).check();
  await button(page, 'Make the plan').click();
  await link(page, 'Go on to confirm').click();
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  const downloading = page.waitForEvent('download');
  await button(page, 'Save the removed ids').click();
  await downloading;
  await button(page, /^Remove the ids of /).click();
  await seeOver(page);
  model.log.clear();
}

test('promise 12: puts back exactly what was removed, and leaves alone who changed or whose id is another’s now', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  await remove(page, model, homeserverUrl, 5);
  user(model, 'rival').external_ids = [old('5')];
  user(model, 'changed').external_ids = [google('new')];

  await link(page, 'Undo 5 removals…').click();
  await expect(page.getByRole('radio', { name: /^Remove the oidc-gitlab-old ids of 5 users/ })).toBeChecked();
  await button(page, 'Make the plan').click();
  await expect(planRow(page, '@both:')).toContainText('will be put back');
  await expect(planRow(page, '@gone:')).toContainText('Deactivated: with its ids back');
  await expect(planRow(page, '@moved:')).toContainText('Held by another account now: oidc-gitlab-old: 5 by @rival:');
  await expect(planRow(page, '@changed:')).toContainText('Changed since the job: it left none');
  await expect(page.getByText('4 ids would be put back to 3 users, 1 of them deactivated or locked.')).toBeVisible();
  expect(model.log.writes()).toEqual([]);

  await link(page, 'Go on to confirm').click();
  await expect(page.getByText('All of it can be undone')).toBeVisible();
  // Between plan and run a sign-in gives one of them another id.
  user(model, 'two').external_ids = [google('late')];
  await button(page, 'Put back the ids of 3 users').click();
  await seeOver(page);
  await expect(ledgerRow(page, '@both:')).toContainText('done');
  await expect(ledgerRow(page, '@gone:')).toContainText('done');
  await expect(ledgerRow(page, '@two:')).toContainText('Changed since the job');
  await expect(page.getByText('An undo is not undone')).toBeVisible();

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
  await link(page, 'Undo 2 removals…').click();
  await button(page, 'Make the plan').click();
  await link(page, 'Go on to confirm').click();
  user(model, 'rival').external_ids = [old('2')];
  // As a write through the homeserver would.
  model.state.externalIdCache.clear();
  await button(page, 'Put back the ids of 2 users').click();
  await expect(ledgerRow(page, '@ben:')).toContainText('Another account holds one of them now: External id is already');
  await seeOver(page);

  await page.getByRole('link', { name: 'Choose', exact: true }).click();
  await page.getByRole('radio', { name: /^Remove the oidc-gitlab-old ids/ }).click();
  await button(page, 'Make the plan').click();
  await expect(planRow(page, '@anna:')).toContainText('Has them already');
  await expect(planRow(page, '@ben:')).toContainText('Held by another account now');
  await expect(button(page, 'Go on to confirm')).toHaveAttribute('aria-disabled', 'true');
});

test('a job that did nothing offers no undo, and says why', async ({ page, model, homeserverUrl }) => {
  const anna = addUser(model, { localpart: 'anna', external_ids: [old('1')] });
  addUser(model, { localpart: 'ben', external_ids: [old('2')] });
  await signIn(page, homeserverUrl, model.adminToken, paths.undoExternalIds());
  await expect(page.getByText('No removal of external ids was finished in this browser.')).toBeVisible();
  model.faults.next({ match: /^PUT .*@ben:/, answer: '403' });
  await link(page, 'Remove external ids').click();
  await button(page, 'Read their external ids').click();
  await page.getByRole('radio', { name: 'oidc-gitlab-old' }).check();
  await button(page, 'Make the plan').click();
  await link(page, 'Go on to confirm').click();
  anna.external_ids = [];
  await page.getByLabel('Type 2 to confirm').fill('2');
  await button(page, 'Save the removed ids').click();
  await button(page, /^Remove the ids of /).click();
  await seeOver(page);
  const undo = button(page, 'Undo…');
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await undo.hover();
  await expect(page.getByRole('tooltip')).toHaveText('This job did nothing that can be undone.');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`every step of the undo keeps the accessibility rules and the width of a phone, ${scheme}`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    test.slow();
    fill(model);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await remove(page, model, homeserverUrl, 5);
    user(model, 'rival').external_ids = [old('5')];
    const look = async (where: string) => {
      await page.mouse.move(0, 0);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await seeNoSidewaysScrolling(page, `${where} ${width}`);
        await seeNoAxeViolation(page, `${where} ${width}`);
      }
    };
    await expect(link(page, 'Undo 5 removals…')).toBeVisible();
    await look('report of the job');
    await link(page, 'Undo 5 removals…').click();
    await look('choose');
    await button(page, 'Make the plan').click();
    await expect(planRow(page, '@both:')).toBeVisible();
    await look('plan');
    await link(page, 'Go on to confirm').click();
    await look('confirm');
    await button(page, /^Put back the ids of/).click();
    await seeOver(page);
    await look('run');
    await seeOver(page);
    await look('report');
  });
}
