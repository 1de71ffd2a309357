import { paths } from '../../src/lib/paths.ts';
import { expect, test } from '../fixtures.ts';
import { openMasDemo } from '../mas-demo.ts';

/** Changes of an account where Matrix Authentication Service keeps it, in the demo: they wait for what MAS does in the background. */

test('a user is locked and deactivated at MAS, and Synapse follows: the page and the list show it, and nothing is erased', async ({
  page,
}) => {
  await openMasDemo(page, paths.users());
  const row = page.getByRole('row').filter({ hasText: '@daniel.hoffmann' }).first();
  await expect(row).toContainText(':demo.example');
  const userId = /@[^:\s]+:demo\.example/.exec((await row.textContent()) ?? '')?.[0] ?? '';
  await row.getByRole('link').first().click();
  await expect(page.getByRole('region', { name: 'Account in MAS' })).toContainText('ID in MAS');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('MAS signs nobody in');
  await dialog.getByRole('button', { name: 'Lock', exact: true }).click();
  const toast = page.getByRole('region', { name: 'Notifications' });
  await expect(toast).toContainText(`Lock ${userId}: done`);
  await expect(page.getByRole('button', { name: 'Unlock', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'More' }).click();
  // By the keyboard: the notice of the lock may lie over it.
  await page.getByRole('menuitem', { name: 'Deactivate' }).press('Enter');
  await expect(dialog).toContainText('The account is not erased: Glia asks MAS not to.');
  await dialog.getByLabel(`Type ${userId} to confirm`).fill(userId);
  await dialog.getByRole('button', { name: 'Deactivate', exact: true }).click();
  await expect(toast).toContainText('Synapse has deactivated it too, and has not erased it.');

  await page.getByRole('link', { name: 'Users', exact: true }).first().click();
  await expect(page.getByRole('row').filter({ hasText: userId })).toContainText('deactivated');
  await expect(page.getByRole('row').filter({ hasText: userId })).not.toContainText('erased');
  expect(page.url()).toContain(paths.users());
});
