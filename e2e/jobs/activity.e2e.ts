import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** What was done from this browser: found, exported, deleted. */

const table = (page: Page) => page.getByRole('table', { name: 'Jobs' });
/** Without the one of the heads. */
const rows = (page: Page) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });

async function change(page: Page, userId: string, name: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${userId}` }).click();
  await page.getByRole('menuitem', { name }).click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('is filtered by what was changed and by kind, in the URL, and exported as it is shown', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const [anna, ben] = [addUser(model, 'anna'), addUser(model, 'ben')];
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await change(page, anna.name, 'Lock');
  await change(page, ben.name, 'Lock');
  await change(page, ben.name, 'Suspend');
  await page.goto(appUrl(paths.jobs()));
  await expect(rows(page)).toHaveCount(3);
  await page.getByLabel('Changed or read').fill(ben.name);
  await expect(rows(page)).toHaveCount(2);
  await page.getByLabel('Kind').selectOption({ label: 'Lock' });
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText('1 of 3 jobs')).toBeVisible();
  expect(page.url()).toContain('target=%40ben%3Ademo.example');
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await seeNoAxeViolation(page, 'Activity with filters');
  await page.getByRole('button', { name: 'Export' }).click();
  const [jobs] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'A line per job, JSON' }).click(),
  ]);
  expect(JSON.parse(await readFile(await jobs.path(), 'utf8'))).toMatchObject({
    jobs: [{ kind: 'user.lock', user: model.adminId, items: 1, counts: { done: 1 } }],
  });
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'A line per item, JSON…' }).click();
  const [items] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Export' }).click(),
  ]);
  const file = await readFile(await items.path(), 'utf8');
  expect(JSON.parse(file)).toMatchObject({ jobs: [{ rows: [{ id: ben.name, status: 'done' }] }] });
  expect(file).not.toContain(model.adminToken);
});

test('those that were chosen are deleted from a menu, and the others stay', async ({ page, model, homeserverUrl }) => {
  const [anna, ben] = [addUser(model, 'anna'), addUser(model, 'ben')];
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await change(page, anna.name, 'Lock');
  await change(page, ben.name, 'Lock');
  await page.goto(appUrl(paths.jobs()));
  await page.getByRole('checkbox', { name: `Select Lock ${anna.name}` }).check();
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar).toContainText('1 selected');
  await bar.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete 1 job…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete job' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(`Lock ${ben.name}`);
  await expect(bar).toHaveCount(0);
});
