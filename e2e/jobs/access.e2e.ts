import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addDevice, addRoom, addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** What the dialog of one user says before, while and after it is changed. */

const dialog = (page: Page) => page.getByRole('dialog');
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' });
const press = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).click();

async function choose(page: Page, userId: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${userId}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('a deactivation says in numbers what it touches, and the lock is one click away', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  addDevice(model, anna);
  addRoom(model, { creator: anna.name, members: [anna.name, model.adminId] });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await choose(page, anna.name, 'Deactivate');
  await expect(dialog(page)).toContainText('It leaves 1 room.');
  await expect(dialog(page)).toContainText('In 1 of them nobody else has the power to change permissions.');
  await expect(dialog(page)).toContainText('1 session ends.');
  await seeNoAxeViolation(page, 'the dialog of a deactivation');
  await press(page, 'Lock instead');
  await expect(dialog(page)).toContainText('Now not locked, then locked.');
  await press(page, 'Lock');
  await expect(toast(page)).toContainText(`Lock ${anna.name}: done`);
  expect([anna.locked, anna.deactivated]).toEqual([true, false]);
});

test('the token of a sign-in as a user is shown once, stored nowhere, and ended from there', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  const tokens = () => [...model.state.tokens].filter(([, token]) => token.user_id === anna.name).map(([text]) => text);
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await choose(page, anna.name, 'Sign in as this user');
  await dialog(page).getByLabel(`Type ${anna.name} to confirm`).fill(anna.name);
  await press(page, 'Sign in as this user');
  await expect(dialog(page)).toContainText('The token works until');
  const [token = ''] = tokens();
  await expect(dialog(page).getByText(token, { exact: true })).toBeVisible();
  await seeNoAxeViolation(page, 'a token that is shown once');
  const stored = await page.evaluate(async () => {
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('success', () => resolve(opening.result));
        opening.addEventListener('error', () => reject(new Error(name)));
      });
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store).getAll();
        found.push(
          await new Promise<string>((resolve) => {
            all.addEventListener('success', () => resolve(JSON.stringify(all.result)));
          }),
        );
      }
      db.close();
    }
    return found.join();
  });
  expect(token).not.toBe('');
  expect(stored).toContain('user.login-as');
  expect(stored).not.toContain(token);
  await press(page, 'End this sign-in now');
  await expect(toast(page)).toContainText(`End the sign-in as ${anna.name}: done`);
  await expect(dialog(page)).toHaveCount(0);
  expect(tokens()).toEqual([]);
  await page.getByRole('link', { name: 'Activity' }).first().click();
  await expect(page.getByRole('link', { name: `Sign in as ${anna.name} for 15 minutes` })).toBeVisible();
  await expect(page.getByRole('link', { name: `End the sign-in as ${anna.name}` })).toBeVisible();
});

test('a redaction continues when its dialog is closed, and its job says how it ended', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  addRoom(model, { creator: anna.name, members: [anna.name] });
  model.taskMs = 10_000_000;
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await choose(page, anna.name, 'Redact messages');
  await expect(dialog(page)).toContainText('messages redacted in 1 room');
  await dialog(page).getByLabel(`Type ${anna.name} to confirm`).fill(anna.name);
  await press(page, 'Redact messages');
  await expect(dialog(page)).toContainText('The homeserver is working on it');
  await dialog(page).getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog(page)).toHaveCount(0);
  model.advance(30_000_000);
  await expect(toast(page)).toContainText(`Redact the messages of ${anna.name}: done`, { timeout: 20_000 });
  expect(model.log.count('POST', /redact$/)).toBe(1);
});

test('a token whose dialog was left is still on the page of its job, until it is no longer needed', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await choose(page, anna.name, 'Sign in as this user');
  await dialog(page).getByLabel(`Type ${anna.name} to confirm`).fill(anna.name);
  await press(page, 'Sign in as this user');
  await expect(dialog(page)).toContainText('The token works until');
  await page.evaluate((hash) => (location.hash = hash), `#${paths.jobs()}`);
  await page.getByRole('link', { name: `Sign in as ${anna.name}` }).click();
  const [token = ''] = [...model.state.tokens].find(([, { user_id }]) => user_id === anna.name) ?? [];
  const shown = page.getByRole('main').getByText(token, { exact: true });
  await expect(shown).toBeVisible();
  await page.getByRole('button', { name: 'I have saved it' }).click();
  await expect(shown).toHaveCount(0);
});
