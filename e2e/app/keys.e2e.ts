import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { PHONE } from './visits.ts';

/** Keys as a person presses them. */

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const table = (page: Page) => page.getByRole('table', { name: 'Users' });
const focusedRow = (page: Page) => table(page).locator('[role="row"]:focus');

/** Their code comes after the page. */
const keysAreThere = async (page: Page) => {
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
};

test('“g” and a letter go to a screen; “?” shows all keys', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken);
  await keysAreThere(page);
  await page.keyboard.type('gu');
  await expect(heading(page, 'Users')).toBeVisible();
  await page.keyboard.type('gr');
  await expect(heading(page, 'Rooms')).toBeVisible();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toContainText('Next row');
  await seeNoAxeViolation(page, 'keys');
  // In a dialog they are letters.
  await page.keyboard.type('gu');
  await expect(dialog).toBeVisible();
  await expect(heading(page, 'Users')).toHaveCount(0);
});

test('goes through a list with the focus, selects, and opens a row', async ({ page, model, homeserverUrl }) => {
  for (let index = 10; index < 90; index += 1) {
    addUser(model, { localpart: `user-${index}`, creation_ts: 1_700_000_000 + index });
  }
  await signIn(page, homeserverUrl, model.adminToken, `${paths.users()}?order_by=name&dir=f`);
  await expect(table(page).getByText('@user-10:')).toBeVisible();
  await keysAreThere(page);
  await page.keyboard.press('j');
  await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', '2');
  await page.keyboard.type('jjk');
  await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', '3');
  await page.keyboard.press('x');
  await expect(focusedRow(page).getByRole('checkbox')).toBeChecked();
  await page.keyboard.press('x');
  await expect(focusedRow(page).getByRole('checkbox')).not.toBeChecked();
  // As far as rows that were not drawn before.
  for (let step = 0; step < 60; step += 1) await page.keyboard.press('j');
  await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', '63');
  await expect(focusedRow(page)).toBeInViewport();
  const name = await focusedRow(page).getByRole('link').first().getAttribute('href');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(
    new RegExp(`${name?.replace(/^.*#/, '').replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`),
  );
});

test('no key fires in a field, with a modifier, in a menu, or when they are switched off', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await keysAreThere(page);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('searchbox').press('g');
  await page.getByRole('searchbox').press('r');
  await expect(page.getByRole('searchbox')).toHaveValue('gr');
  await expect(heading(page, 'Users')).toBeVisible();
  await heading(page, 'Users').focus();
  await page.keyboard.press('Alt+g');
  await page.keyboard.press('Alt+r');
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.type('gr');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(heading(page, 'Users')).toBeVisible();
  await heading(page, 'Users').focus();
  await page.keyboard.press('?');
  await page.getByRole('switch', { name: 'Shortcuts of single letters' }).press('Space');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.type('gr');
  await expect(heading(page, 'Users')).toBeVisible();
  // “?” stays, or nobody could switch them on again.
  await page.keyboard.press('?');
  await expect(page.getByRole('switch', { name: 'Shortcuts of single letters' })).not.toBeChecked();
});

test('cards have no keys: they are for fingers', async ({ page, model, homeserverUrl }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await expect(table(page).getByText(model.adminId)).toBeVisible();
  await keysAreThere(page);
  await page.keyboard.press('j');
  await expect(focusedRow(page)).toHaveCount(0);
});
