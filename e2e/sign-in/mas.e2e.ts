import type { Page } from '@playwright/test';
import { appUrl, expect, test } from '../fixtures.ts';

/** In the demo MAS is in the page itself: its own page looks like another site. */
async function openMas(page: Page): Promise<void> {
  await page.goto(appUrl().replace('#', '?mas=true&latency=5#'));
  await page.getByRole('button', { name: 'Try the demo homeserver' }).click();
}
const site = (page: Page) => page.getByRole('dialog', { name: /made-up sign-in page/ });

test('an admin signs in through MAS, stays so over a reload, and signing out ends the session', async ({ page }) => {
  await openMas(page);
  await site(page).getByRole('button', { name: 'Sign in as admin' }).click();
  await expect(site(page)).toContainText('administer any user (MAS)');
  await site(page).getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  expect(page.url()).not.toMatch(/code=|state=/);
  await page.reload();
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign out' });
  await expect(dialog.getByRole('checkbox', { name: 'Also end this session on the homeserver' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Homeserver URL')).toBeVisible();
});

test('who cancels, and who is no admin, is told what to do, and tries again', async ({ page }) => {
  await openMas(page);
  await site(page).getByRole('button', { name: 'Sign in as admin' }).click();
  await site(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('somebody cancelled, or the account is not an administrator');
  await expect(page.getByText('mas-cli manage promote-admin')).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await site(page).getByRole('button', { name: 'Sign in as admin' }).click();
  await site(page).getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
});

test('an answer of MAS that nobody asked for here, or that was used, is ignored and leaves the address', async ({
  page,
  model,
}) => {
  for (const answer of ['?code=of-somebody-else&state=made-up#', '#state=made-up&code=of-somebody-else']) {
    // From elsewhere: a change behind the hash alone loads nothing.
    await page.goto('about:blank');
    await page.goto(appUrl().replace(/#.*/, answer));
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    expect(page.url()).not.toMatch(/code=|state=/);
  }
  expect(model.log.entries).toEqual([]);
});
