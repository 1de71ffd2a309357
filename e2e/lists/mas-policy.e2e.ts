import { paths } from '../../src/lib/paths.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { expect, test } from '../fixtures.ts';
import { openMasDemo } from '../mas-demo.ts';

/** MAS's policy data: a slip locks everyone out, so it is checked, compared, confirmed in words, and can be put back. */

test('checks policy data by its line, shows what changes, asks for a typed word, and puts the version before back', async ({
  page,
}) => {
  await openMasDemo(page, paths.policy());
  const shown = page.getByRole('textbox', { name: 'Policy data' });
  const before = await shown.inputValue();
  await page.getByRole('button', { name: 'Change…' }).click();
  await expect(page.getByText('A mistake here can lock everyone out')).toBeVisible();
  const review = page.getByRole('button', { name: 'Review and confirm…' });
  await expect(review).toBeDisabled();
  const field = page.getByRole('textbox', { name: 'Policy data, as one JSON object' });
  await field.fill('{\n  "admin_users": [],\n}');
  await expect(page.getByText('look at line 3')).toBeVisible();
  await expect(review).toBeDisabled();
  await field.fill('{\n  "admin_users": []\n}');
  await expect(page.getByLabel('What changes')).toContainText('second.admin');
  await seeNoAxeViolation(page, 'policy data');
  await review.click();
  const dialog = page.getByRole('dialog');
  const set = dialog.getByRole('button', { name: 'Set policy data' });
  await expect(set).toBeDisabled();
  await dialog.getByRole('textbox', { name: /^Type / }).fill('policy-data');
  await set.click();
  const notices = page.getByRole('region', { name: 'Notifications' });
  await expect(notices).toContainText('Set policy-data of MAS: done');
  await expect(shown).toHaveValue('{\n  "admin_users": []\n}');
  await expect(page.getByRole('link', { name: 'Set policy-data of MAS' })).toBeVisible();
  await notices.getByRole('button', { name: 'Undo' }).click();
  await expect(shown).toHaveValue(before);
});
