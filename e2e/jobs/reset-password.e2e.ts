import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addDevice, addUser, passwordHash } from '../../src/mocks/build.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** Passwords are made in the page, sent, handed out once, and kept nowhere. */

const dialog = (page: Page) => page.getByRole('dialog');

async function open(page: Page, userId: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${userId}` }).click();
  await page.getByRole('menuitem', { name: 'Reset password…', exact: true }).click();
}

async function confirm(page: Page, userId: string): Promise<void> {
  await dialog(page).getByLabel(`Type ${userId} to confirm`).fill(userId);
  await dialog(page).getByRole('button', { name: 'Reset password', exact: true }).click();
}

/** All that this origin keeps beyond the page. */
const keptByBrowser = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const found: unknown[] = [Object.entries(sessionStorage), Object.entries(localStorage), location.href];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '');
        opening.addEventListener('success', () => resolve(opening.result));
        opening.addEventListener('error', () => reject(new Error('It does not open.')));
      });
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => all.addEventListener('success', resolve));
        found.push(all.result);
      }
      db.close();
    }
    return JSON.stringify(found);
  });

test('one: the new password is shown once, is what the homeserver has, and is nowhere else', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, { localpart: 'anna', password: 'old' });
  addDevice(model, anna, { device_id: 'PHONE' });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await open(page, anna.name);
  await expect(dialog(page)).toContainText('Now the old password, then a new password, all sessions ended.');
  await expect(dialog(page)).toContainText('This can’t be undone');
  await expect(dialog(page).getByRole('button', { name: 'Copy as curl' })).toHaveAttribute('aria-disabled', 'true');
  await seeNoAxeViolation(page, 'the dialog that resets a password');
  await confirm(page, anna.name);
  const shown = dialog(page).locator('code').last();
  await expect(dialog(page).getByText('New password', { exact: true })).toBeVisible();
  const password = (await shown.textContent()) ?? '';
  expect(password.length).toBeGreaterThan(20);
  expect([anna.password_hash, anna.devices]).toEqual([passwordHash(password), []]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await seeNoAxeViolation(page, `a new password, ${colorScheme}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await seeNoSidewaysScrolling(page, 'a new password');
  // Neither Escape nor a click beside it takes it away.
  await page.keyboard.press('Escape');
  await expect(shown).toBeVisible();
  await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await page.goto(appUrl(paths.jobs()));
  await page.getByRole('link', { name: `Reset the password of ${anna.name}` }).click();
  await expect(page.getByText('The new passwords are no longer here')).toBeVisible();
  const everywhere = `${await page.content()} ${await keptByBrowser(page)}`;
  expect(everywhere).toContain(anna.name);
  expect(everywhere).not.toContain(password);
});

test('one: an admin may type the password; one that is too short for this homeserver can’t be sent', async ({
  page,
  model,
  homeserverUrl,
}) => {
  model.state.config.password_policy = { 'm.minimum_length': 12 };
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await open(page, anna.name);
  await dialog(page).getByRole('radio', { name: 'Type one' }).check();
  const field = dialog(page).getByLabel('Type the new password');
  await field.fill('too short');
  await expect(dialog(page).getByText('Use at least 12 characters.')).toBeVisible();
  await dialog(page).getByLabel(`Type ${anna.name} to confirm`).fill(anna.name);
  await expect(dialog(page).getByRole('button', { name: 'Reset password', exact: true })).toBeDisabled();
  await field.fill('=long enough');
  await dialog(page).getByRole('switch', { name: 'End all sessions' }).uncheck();
  await dialog(page).getByRole('button', { name: 'Reset password', exact: true }).click();
  await expect(dialog(page).locator('code').last()).toHaveText('=long enough');
  expect(anna.password_hash).toBe(passwordHash('=long enough'));
  expect(model.log.writes()[0]?.body).toMatchObject({ logout_devices: false });
});

test('one without an answer: the password is shown, with a note that the old one may still count', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  // A proxy's page has no CORS headers.
  manners.expected.push(/CORS policy/);
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  model.faults.next({ match: /^POST .*reset_password/, answer: '504-after', times: 9 });
  await open(page, anna.name);
  await confirm(page, anna.name);
  await expect(dialog(page).getByRole('alert')).toContainText('No answer came', { timeout: 30_000 });
  await expect(dialog(page)).toContainText('Either this password is set, or the old one still is');
  const password = (await dialog(page).locator('code').last().textContent()) ?? '';
  expect(anna.password_hash).toBe(passwordHash(password));
});

test('many: one password each, downloaded as CSV; leaving warns until they are saved', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const some = ['a', 'b', 'c', 'd'].map((name) => addUser(model, `member-${name}`));
  addUser(model, { localpart: 'member-closed', deactivated: true });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await page.getByRole('searchbox').fill('member');
  await expect(page.getByText('5 users', { exact: true })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Reset password…', exact: true }).click();
  await page.getByRole('button', { name: /^Make the plan|^Review/ }).click();
  await expect(page.getByText('Reset the passwords of 4 users')).not.toHaveCount(0);
  await expect(page.getByText('This can’t be undone')).toBeVisible();
  await seeNoAxeViolation(page, 'the review of new passwords');
  await page.getByLabel('Type 4 to confirm').fill('4');
  await page.getByRole('button', { name: 'Reset the passwords of 4 users' }).click();
  await expect(page.getByText('Save 4 new passwords now')).toBeVisible();
  await seeNoAxeViolation(page, 'new passwords to be saved');

  // Leaving would lose them.
  const asked = page.waitForEvent('dialog');
  void page.reload({ timeout: 5000 }).catch(() => undefined);
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  await question.dismiss();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download passwords as CSV' }).click();
  const lines = (await readFile(await (await saving).path(), 'utf8')).trim().split('\r\n');
  expect(lines[0]).toContain('user_id');
  const rows = lines.slice(1).map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')));
  expect(rows.map(([id = '']) => id).toSorted()).toEqual(some.map(({ name }) => name).toSorted());
  for (const [id = '', password = '', state] of rows) {
    expect([model.state.users.get(id)?.password_hash, state]).toEqual([passwordHash(password), 'set']);
  }
  expect(new Set(rows.map(([, password]) => password)).size).toBe(4);
  // The browser may have blocked it: they stay until the admin has them.
  await expect(page.getByRole('button', { name: 'Download passwords as CSV' })).toBeVisible();
  await page.getByRole('button', { name: 'I have saved them' }).click();
  await expect(page.getByText('The new passwords are no longer here')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Download passwords as CSV' })).toHaveCount(0);
  const kept = await keptByBrowser(page);
  for (const [, password = 'none'] of rows) expect(kept).not.toContain(password);
  // Nothing is asked any more.
  await page.reload();
  await expect(page.getByText('The new passwords are no longer here')).toBeVisible();
});

test('many, and the page is reloaded in between: the remaining items are skipped with the reason, and nothing more is sent', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const some = ['a', 'b', 'c', 'd', 'e'].map((name) => addUser(model, `member-${name}`));
  await signIn(page, homeserverUrl, model.adminToken, paths.bulk('user.reset-password'));
  await page.getByRole('textbox', { name: 'Users' }).fill(some.map(({ name }) => name).join('\n'));
  await page.getByRole('button', { name: /^Make the plan|^Review/ }).click();
  await page.getByLabel('Type 5 to confirm').fill('5');
  // The third never gets its answer.
  model.faults.next({
    match: /^POST .*reset_password/,
    answer: 'slow',
    after: 2,
    times: 9,
    until: new Promise(() => undefined),
  });
  await page.getByRole('button', { name: 'Reset the passwords of 5 users' }).click();
  await expect.poll(() => model.log.writes().length).toBe(3);
  page.on('dialog', (question) => void question.accept());
  await page.reload();
  await expect(page.getByText('The new passwords are not in this page')).toBeVisible();
  model.faults.clear();
  await page.getByRole('button', { name: /^(Resume|Go on)$/ }).click();
  const items = page.getByRole('table', { name: 'Items' });
  await expect(items.getByText('start a new job for the users that are left').first()).toBeVisible();
  expect(model.log.writes()).toHaveLength(3);
});
