import { readFile } from 'node:fs/promises';
import { paths } from '../../src/lib/paths.ts';
import { addUser, passwordHash } from '../../src/mocks/build.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { openMasDemo } from '../mas-demo.ts';

/** Users out of a file: what each column is and what each line does is seen before anything is sent. */

const FILE = [
  'user,displayname,is_admin,email',
  'anna,Anna A.,no,',
  'ben,Ben B.,no,ben@example.org',
  'cleo,Cleo C.,maybe,',
].join('\r\n');

test('a file is imported: columns and usernames are confirmed, the plan shows each change, passwords are downloaded once', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await page.getByRole('link', { name: 'Import from CSV' }).click();
  const file = { name: 'staff.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) };
  await page.locator('input[type=file]').setInputFiles(file);
  const columns = page.getByRole('region', { name: 'Columns' });
  await expect(columns.getByLabel('is_admin')).toHaveValue('admin');
  await expect(columns.getByLabel('email')).toHaveValue('email');
  await expect(page.getByText('3 usernames have no server name')).toBeVisible();
  const review = page.getByRole('button', { name: 'Review', exact: true });
  await expect(review).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('These are usernames on this homeserver').check();
  await expect(page.getByText('Line 4:')).toContainText('“maybe” is neither yes nor no.');
  await seeNoAxeViolation(page, 'the choice of an import');
  model.log.clear();
  await review.click();

  await expect(page.locator('[data-review]')).toContainText('This import creates 1 account and changes 1 account.');
  const row = page.getByRole('row').filter({ hasText: anna.name });
  await expect(row).toContainText('display name: anna');
  await expect(row).toContainText('display name: Anna A.');
  await seeNoAxeViolation(page, 'the plan of an import');
  expect(model.log.writes()).toEqual([]);
  await page.getByRole('button', { name: 'Import 2 users' }).click();

  await expect(page.getByRole('heading', { name: 'Import 2 users' })).toBeVisible();
  await expect(page.getByText('Save 1 new password now')).toBeVisible();
  expect(model.log.writes().map(({ body }) => Object.keys(body as object))).toEqual([
    ['displayname'],
    ['displayname', 'threepids', 'password'],
  ]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download passwords as CSV' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  const [, id = '', password = ''] = /"(@ben:[^"]+)","([^"]+)"/.exec(saved) ?? [];
  expect(model.state.users.get(id)?.password_hash).toBe(passwordHash(password));
  await page.getByRole('button', { name: 'I have saved it' }).click();
  await expect(page.getByText('Save 1 new password now')).toHaveCount(0);
  await seeNoAxeViolation(page, 'the job of an import');

  await page.getByRole('link', { name: 'Undo 1 change…' }).click();
  await expect(page.locator('[data-review]')).toContainText('Restores 1 account as it was before the job.');
  await page.getByRole('button', { name: 'Undo 1 change' }).click();
  await expect(page.getByRole('heading', { name: 'Undo: Import 2 users' })).toBeVisible();
  await expect.poll(() => anna.displayname).toBe('anna');
  expect(model.state.users.has(id)).toBe(true);
});

test('behind MAS the file’s new accounts are made there: what is not used is named, and what MAS refuses is said', async ({
  page,
}) => {
  await openMasDemo(page, paths.importUsers());
  await expect(page.getByText('MAS creates the accounts here')).toBeVisible();
  const text = 'user,email,phone,password\nnew.anna,new.anna@example.org,+44 7700 900123,password1\n';
  await page.getByRole('textbox', { name: 'CSV file' }).fill(text);
  await page.getByLabel('These are usernames on this homeserver').check();
  await expect(page.getByRole('region', { name: 'Columns' }).getByLabel('phone')).toHaveValue('phone');
  await seeNoAxeViolation(page, 'the choice of an import behind MAS');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.locator('[data-review]')).toContainText('This import creates 1 account.');
  await expect(page.getByText('MAS manages the accounts here: Phone numbers.')).toBeVisible();
  await page.getByRole('button', { name: 'Import 1 user', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Import 1 user' })).toBeVisible();
  const items = page.getByRole('table', { name: 'Items' });
  await expect(items).toContainText('The password was not set. MAS refused: Password is too weak');
  await expect(items).toContainText('new.anna@example.org is added.');
});
