import { paths } from '../../src/lib/paths.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { expect, test } from '../fixtures.ts';
import { openMasDemo } from '../mas-demo.ts';

/** Sessions of MAS: found by a filter, and ended by a plan. */

test('filters the sessions by user, and ends all that match by a plan that can’t be undone', async ({ page }) => {
  await openMasDemo(page, paths.masSessions());
  const table = page.getByRole('table', { name: 'Sessions' });
  // The newest is Glia's own, which it does not end.
  await expect(table).toContainText('Glia');
  const names = await table.getByRole('link').allTextContents();
  const userId = names.find((name) => !name.startsWith('@admin:')) ?? '';
  await page.getByRole('searchbox', { name: 'User' }).fill(userId);
  await expect(page.getByText(/^\d+ sessions?$/)).toBeVisible();
  await expect(page).toHaveURL(/user=/);
  const links = await table.getByRole('link').allTextContents();
  expect(new Set(links)).toEqual(new Set([userId]));
  await page.getByRole('button', { name: 'End all that match…' }).click();
  await seeNoAxeViolation(page, 'end all that match');
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'End MAS sessions' })).toBeVisible();
  await page.getByRole('button', { name: 'Review' }).click();
  const count = String(links.length);
  await page.getByRole('textbox', { name: /^Type / }).fill(count);
  await page.getByRole('button', { name: /^End \d+ MAS sessions?$/ }).click();
  await expect(page.getByText(`${count} done`).first()).toBeVisible();
  await page.goBack();
  await page.evaluate((to) => (location.hash = to), `${paths.masSessions()}?user=${encodeURIComponent(userId)}`);
  await expect(page.getByText('No sessions', { exact: true })).toBeVisible();
});

test('refuses to end the session that Glia uses', async ({ page }) => {
  await openMasDemo(page, `${paths.user('@admin:demo.example')}?tab=mas-sessions`);
  const own = page.getByRole('row').filter({ hasText: 'Glia' }).first();
  await own.getByRole('button', { name: /^Actions for / }).click();
  await page.getByRole('menuitem', { name: 'End session' }).click();
  await expect(page.getByRole('dialog')).toContainText('Sign out of Glia to end it');
});

test('shows the sessions of a user whose account was looked at for its buttons', async ({ page }) => {
  await openMasDemo(page, paths.user('@second.admin:demo.example'));
  await expect(page.getByRole('button', { name: 'Lock', exact: true })).toBeVisible();
  await page.getByRole('tab', { name: /^Sessions/ }).click();
  await expect(page.getByRole('heading', { name: 'Pushers' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('This page can’t be shown');
});
