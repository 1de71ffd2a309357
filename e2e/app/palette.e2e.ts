import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { PHONE } from './visits.ts';

const field = (page: Page) => page.getByRole('combobox', { name: 'Search and commands' });
const chosen = (page: Page) => page.locator('[data-combobox-selected]');

test('opens by keyboard, goes to a screen, and says which line is chosen', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken);
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await expect(chosen(page)).toHaveText(/Overview/);
  await page.keyboard.press('ArrowDown');
  await expect(chosen(page)).toHaveText(/Users/);
  const active = (await field(page).getAttribute('aria-activedescendant')) ?? 'none';
  await expect(page.locator(`[id="${active}"]`)).toHaveText(/Users/);
  await seeNoAxeViolation(page, 'palette');
  await page.keyboard.type('feder');
  await expect(chosen(page)).toHaveText(/Federation/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Federation' })).toBeVisible();
  await expect(field(page)).toBeHidden();
});

test('“/” opens it, but stays a letter in a field; Escape closes it', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await page.getByRole('searchbox').fill('a');
  await page.getByRole('searchbox').press('/');
  await expect(page.getByRole('searchbox')).toHaveValue('a/');
  await expect(field(page)).toBeHidden();
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('/');
  await expect(field(page)).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(field(page)).toBeHidden();
});

test('opens a user that was pasted, and then begins a change of that user with its dialog', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { name } = addUser(model, { localpart: 'anna', displayname: 'Anna' });
  await signIn(page, homeserverUrl, model.adminToken);
  await page.getByRole('button', { name: 'Find or do something' }).click();
  await field(page).fill(`https://matrix.to/#/${name}`);
  await expect(chosen(page)).toHaveText(new RegExp(`${name}.*User ID`));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Anna' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await field(page).fill('lock');
  await expect(page.getByRole('group', { name: 'On this page' })).toContainText('Lock…');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Lock' });
  await expect(dialog).toContainText(name);
  expect(model.log.count('PUT', /./)).toBe(0);
  // No second dialog opens over the first one.
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeHidden();
});

test('fits a phone', async ({ page, model, homeserverUrl }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, homeserverUrl, model.adminToken);
  await page.getByRole('button', { name: 'Find or do something' }).click();
  await field(page).fill('user');
  await seeNoSidewaysScrolling(page, 'palette');
  await seeNoAxeViolation(page, 'palette on a phone');
});
