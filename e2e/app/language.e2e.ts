import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** By the names of the language itself: what is around them is in another one by then. */
const MIRRORED = 'Mirrored pseudo-language (for testing)';
const LONGER = 'Pseudo-language (for testing)';

const language = (page: Page) =>
  page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));

/** In whatever language it is said: the first menu of the header. */
const languageMenu = (page: Page) => page.getByRole('banner').locator('button[aria-haspopup="menu"]').first();

test('a language that is chosen on the sign-in page is kept over a sign-in and a reload', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await page.goto(appUrl());
  await expect.poll(() => language(page)).toEqual({ lang: 'en', dir: 'ltr' });
  await page.locator('input[type=url]').fill(homeserverUrl);
  await page.getByLabel('Language').selectOption(MIRRORED);
  await expect.poll(() => language(page)).toEqual({ lang: 'ar-XB', dir: 'rtl' });
  // What was typed stays.
  await expect(page.locator('input[type=url]')).toHaveValue(homeserverUrl);
  await page.locator('input[autocomplete=off]').fill(model.adminToken);
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('banner')).toContainText(model.adminId);
  expect(await language(page)).toEqual({ lang: 'ar-XB', dir: 'rtl' });
  await page.reload();
  await expect(page.getByRole('banner')).toContainText(model.adminId);
  expect(await language(page)).toEqual({ lang: 'ar-XB', dir: 'rtl' });
});

test('another language changes the words of the page that is open, asks the homeserver nothing, and leaves what is selected', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna').name;
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await page.getByRole('checkbox', { name: `Select ${anna}` }).check();
  const asked = model.log.entries.length;
  await languageMenu(page).click();
  await page.getByRole('menuitemradio', { name: LONGER, exact: true }).click();
  await expect(page.getByRole('link', { name: 'Óṽéŕṽíéŵ' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: anna }).getByRole('checkbox')).toBeChecked();
  await languageMenu(page).click();
  await page.getByRole('menuitemradio', { name: 'English', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Overview', exact: true })).toBeVisible();
  expect(model.log.entries.length).toBe(asked);
});
