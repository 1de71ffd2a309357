import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolationInEitherScheme, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { exportJson, seeOver } from '../jobs/job-page.ts';

/** Removing external IDs, from choosing to the report: the screen says what the homeserver has. */

const old = (external_id: string) => ({ auth_provider: 'oidc-gitlab-old', external_id });
const google = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });
const idsOf = (model: MockHomeserver, localpart: string) =>
  model.state.users.get(`@${localpart}:demo.example`)?.external_ids;
const puts = (model: MockHomeserver) => model.log.of('PUT', /\/v2\/users\//);

function fill(model: MockHomeserver): void {
  model.state.config.identity_providers = [{ id: 'oidc-google', name: 'Google' }];
  addUser(model, { localpart: 'both', external_ids: [old('1'), google('g1')] });
  addUser(model, { localpart: 'two', external_ids: [old('2'), old('3')] });
  addUser(model, { localpart: 'gone', deactivated: true, external_ids: [old('4')] });
  addUser(model, { localpart: 'locked', locked: true, external_ids: [old('5')] });
  addUser(model, { localpart: 'other', external_ids: [google('g2')] });
  addUser(model, 'none');
}

const action = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const number = (page: Page, status: string) =>
  page
    .getByRole('definition')
    .and(page.locator(`dt:has-text("${status}") + dd`))
    .first();

async function readEveryone(page: Page): Promise<void> {
  await action(page, 'Read their external ids').click();
  await expect(page.getByRole('table', { name: 'Providers' })).toBeVisible();
}

async function planFor(page: Page, provider: string): Promise<void> {
  await page.getByRole('radio', { name: provider }).check();
  await action(page, 'Review').click();
  await expect(page.getByRole('heading', { name: 'Review' })).toBeFocused();
}

/** Downloads the backup, types the number and presses the button. @returns the backup */
async function confirm(page: Page, count: string): Promise<string> {
  const saved = await clickThrough(page, count);
  await expect(page).toHaveURL(/#\/jobs\/[^/]+$/);
  return saved;
}

async function clickThrough(page: Page, count: string): Promise<string> {
  const run = action(page, new RegExp(`^Remove the IDs of ${count} user`));
  await page.getByLabel(`Type ${count} to confirm`).fill(count);
  // Not before the removed ids are saved.
  await expect(run).toBeDisabled();
  const downloading = page.waitForEvent('download');
  await action(page, 'Download a backup of these IDs').click();
  const saved = await readFile(await (await downloading).path(), 'utf8');
  await run.click();
  return saved;
}

test('removes the IDs of one provider from everyone, and the report agrees with the homeserver', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await readEveryone(page);
  const row = page.getByRole('row').filter({ hasText: 'oidc-gitlab-old' });
  await expect(row).toContainText('not offered');
  await expect(row.getByRole('cell')).toHaveText([/oidc-gitlab-old/, 'not offered', '4', '5', '1', '2', '3']);
  await expect(page.getByRole('row').filter({ hasText: 'oidc-google' })).toContainText('Google');

  await planFor(page, 'oidc-gitlab-old');
  await expect(action(page, '4 will change')).toBeVisible();
  await expect(action(page, '3 nothing to do')).toBeVisible();
  await expect(page.getByText('3 users will have no external ID left')).toBeVisible();
  await action(page, '3 nothing to do').click();
  await expect(page.getByRole('table', { name: 'What would happen to each user' })).not.toContainText('@both:');
  expect(model.log.writes()).toEqual([]);

  const saved = JSON.parse(await confirm(page, '4')) as { users: { user_id: string; external_ids: unknown }[] };
  expect(saved.users.find(({ user_id }) => user_id === '@both:demo.example')?.external_ids).toEqual([
    old('1'),
    google('g1'),
  ]);
  expect(saved.users).toHaveLength(4);

  await seeOver(page);
  await expect(number(page, 'done')).toHaveText('4');
  await expect(page.getByText(/for 30 minutes, or Synapse is restarted/)).toBeVisible();
  const downloading = page.waitForEvent('download');
  await exportJson(page);
  const report = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as {
    counts: Record<string, number>;
    items: { id: string; status: string; before: unknown }[];
  };
  expect(report.counts).toMatchObject({ done: 4, failed: 0, unknown: 0, skipped: 0 });
  expect(report.items.map(({ id, status }) => [id, status])).toEqual(
    ['both', 'gone', 'locked', 'two'].map((name) => [`@${name}:demo.example`, 'done']),
  );
  expect(report.items[0]?.before).toMatchObject({ before: { external_ids: [old('1'), google('g1')] } });

  expect(['both', 'two', 'gone', 'locked', 'other'].map((name) => idsOf(model, name))).toEqual([
    [google('g1')],
    [],
    [],
    [],
    [google('g2')],
  ]);
  expect(puts(model).map(({ body }) => Object.keys(body as object))).toEqual(
    Array.from({ length: 4 }, () => ['external_ids']),
  );
  expect(model.log.writes()).toHaveLength(4);
  await expect(action(page, 'Jobs: none running')).toBeVisible();
});

test('skips users that changed since the plan, asks when one is refused, and retries only that one', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  addUser(model, { localpart: 'aa', external_ids: [old('6')] });
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await readEveryone(page);
  await planFor(page, 'oidc-gitlab-old');
  model.state.users.get('@two:demo.example')?.external_ids.push(old('7'));
  const refusal = model.faults.next({ match: /^PUT .*@aa:/, answer: '403' });
  await confirm(page, '5');

  await expect(page.getByText('Resume or stop?')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Items' })).toContainText('Refused by a policy of this homeserver');
  expect(puts(model)).toHaveLength(1);
  await action(page, /^Jobs: 1 not finished, your decision is needed/).click();
  await expect(page.getByRole('dialog').getByText('Paused: too many failures')).toBeVisible();
  await page.keyboard.press('Escape');
  await action(page, 'Resume').click();
  await seeOver(page);
  await expect(number(page, 'done')).toHaveText('3');
  await expect(number(page, 'skipped')).toHaveText('1');
  await expect(page.getByRole('table', { name: 'Items' })).toContainText('Changed since the plan: now ');
  expect(idsOf(model, 'two')).toEqual([old('2'), old('3'), old('7')]);
  expect(refusal.times).toBe(0);

  model.log.clear();
  await action(page, 'Retry 1 failed item').click();
  await expect(number(page, 'done')).toHaveText('4');
  expect(puts(model).map(({ path }) => path)).toEqual(['/_synapse/admin/v2/users/@aa:demo.example']);
  expect(idsOf(model, 'aa')).toEqual([]);
});

test('pauses when the token stops working during the run, and resumes after signing in again', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await readEveryone(page);
  await planFor(page, 'oidc-gitlab-old');
  model.faults.next({ match: /^PUT .*@locked:/, answer: '401' });
  // Sign-in may be over the run before anybody sees it.
  await clickThrough(page, '4');

  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Access token').fill(model.adminToken);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Resume as ')).toBeVisible();
  await expect(number(page, 'failed')).toHaveText('0');
  await action(page, 'Resume').click();
  await seeOver(page);
  await expect(number(page, 'done')).toHaveText('4');
  expect(idsOf(model, 'locked')).toEqual([]);
});

test('warns about the admin’s own account, and requires its box to be ticked', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  model.state.users.get(model.adminId)?.external_ids.push(old('me'));
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await page.getByLabel('Only users that I enter').check();
  await page.getByLabel('Users to read').fill('admin\n#room:demo.example\nghost');
  await expect(page.getByText('Line 2: #room:demo.example This is a room')).toBeVisible();
  await action(page, `Complete 2 names with :${model.serverName}`).click();
  await readEveryone(page);
  await planFor(page, 'oidc-gitlab-old');
  await expect(page.getByText('Your own account is in this plan')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '@ghost:' })).toContainText('Not a user of this homeserver');
  const downloading = page.waitForEvent('download');
  await action(page, 'Download a backup of these IDs').click();
  await downloading;
  await page.getByLabel('Type 1 to confirm').fill('1');
  const run = action(page, 'Remove the IDs of 1 user');
  await expect(run).toBeDisabled();
  await page.getByLabel(`I can sign in as ${model.adminId} without this id`).check();
  await run.click();
  await seeOver(page);
  await expect(number(page, 'done')).toHaveText('1');
  expect(idsOf(model, 'admin')).toEqual([]);
});

test('going back keeps what was entered and read, and a step that can’t be shown leads to the first', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds('review'));
  await expect(page).toHaveURL(/external-ids\/choose/);
  await expect(page.getByText('There is no plan to review')).toBeVisible();
  await readEveryone(page);
  await planFor(page, 'oidc-gitlab-old');
  const reads = model.log.count('GET', /\/v2\/users\//);
  await page.getByRole('link', { name: 'Back to choosing' }).click();
  await expect(page.getByRole('radio', { name: 'oidc-gitlab-old' })).toBeChecked();
  await page.goto(appUrl(paths.users()));
  await page.goBack();
  await expect(page.getByRole('radio', { name: 'oidc-gitlab-old' })).toBeChecked();
  await page.goto(appUrl(paths.externalIds('review')));
  await expect(action(page, '4 will change')).toBeVisible();
  expect(model.log.count('GET', /\/v2\/users\//)).toBe(reads);
});

test('reads only the users selected in the list, and forgets what was read before', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await readEveryone(page);
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Select @both:demo.example' }).check();
  await page.getByRole('checkbox', { name: 'Select @other:demo.example' }).check();
  await page.getByRole('button', { name: 'Remove external IDs…' }).click();
  await expect(page.getByLabel('Only the 2 users selected in the list')).toBeChecked();
  model.log.clear();
  await readEveryone(page);
  expect(model.log.count('GET', /\/v2\/users\//)).toBe(2);
  await page.getByRole('radio', { name: 'oidc-google' }).check();
  await expect(page.getByLabel('From all 2 users who have an ID of this provider')).toBeChecked();
  await page.getByLabel('Only from users that I enter').check();
  await page.getByLabel('Users to remove IDs from').fill('both');
  await action(page, 'Review').click();
  await expect(action(page, '1 will change')).toBeVisible();
  await expect(page.getByRole('table', { name: 'What would happen to each user' })).not.toContainText('@other:');
});

/** Presses Tab until it is reached. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 160; step += 1) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const element = document.activeElement;
      // A table is reached too, to scroll it; its text is that of everything inside.
      if (element?.matches('[role="table"]')) return '';
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((one) => one.innerText) : [];
      return [element?.getAttribute('aria-label') ?? '', element?.textContent ?? '', ...labels].join(' ');
    });
    if (name.test(label)) return;
  }
  throw new Error(`No ${name} within 160 tabs`);
}

test('the whole wizard by keyboard', async ({ page, model, homeserverUrl }) => {
  fill(model);
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await tabTo(page, /Read their external IDs/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Providers' })).toBeVisible();
  await tabTo(page, /oidc-gitlab-old/);
  await page.keyboard.press('Space');
  await tabTo(page, /^\s*Review\s*$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Review' })).toBeFocused();
  await tabTo(page, /Download a backup of these IDs/);
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  await downloading;
  await tabTo(page, /Type 4 to confirm/);
  await page.keyboard.type('4');
  await tabTo(page, /Remove the IDs of 4 users/);
  await page.keyboard.press('Enter');
  await seeOver(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  expect(idsOf(model, 'two')).toEqual([]);
});

test('every step keeps the accessibility rules and the width of a phone', async ({ page, model, homeserverUrl }) => {
  test.slow();
  fill(model);
  const width = async (px: number) => {
    await page.setViewportSize({ width: px, height: 844 });
    // The page takes a moment to become a phone's.
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(px);
  };
  const look = async (where: string) => {
    // Away from what shows a tooltip.
    await page.mouse.move(2, 700);
    await seeNoAxeViolationInEitherScheme(page, where);
    await width(390);
    await seeNoSidewaysScrolling(page, where);
    await seeNoAxeViolationInEitherScheme(page, `${where} 390 px`);
    await width(1280);
  };
  await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
  await page.getByLabel('Only users that I enter').check();
  await page.getByLabel('Users to read').fill('anna\n#room');
  await look('naming users');
  await page.getByLabel('Everyone on this homeserver').check();
  await readEveryone(page);
  await page.getByRole('radio', { name: 'oidc-gitlab-old' }).check();
  await look('providers');
  await planFor(page, 'oidc-gitlab-old');
  await look('review');
  model.faults.next({ match: /^PUT .*@both:/, answer: '403' });
  await confirm(page, '4');
  await expect(page.getByText('Resume or stop?')).toBeVisible();
  await look('a run that asks');
  await action(page, 'Resume').click();
  await seeOver(page);
  await expect(number(page, 'done')).toHaveText('3');
  await look('report');
});
