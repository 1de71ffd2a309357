import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRemoteMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** The Media page, the page of one file, and lists of very many. */

const dialog = (page: Page) => page.getByRole('dialog');
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' });
const opened = (model: MockHomeserver) => model.log.of('GET', /\/(download|thumbnail)\//);

test('a file is found by the link of its picture, and what is done there is undone and kept; nothing opens it unasked', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna').name;
  const file = addMedia(model, { user_id: anna, upload_name: 'cat.png', media_length: 12_345, sha256: 'same' });
  addMedia(model, { user_id: anna, media_id: 'theCopy', sha256: 'same' });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.media()}?tab=find`);
  await page.getByLabel('Address of the file').fill('cat.png');
  await page.getByRole('button', { name: 'Open file' }).click();
  await expect(page.getByText('This is not the address of a file.')).toBeVisible();
  const link = `${homeserverUrl}/_matrix/client/v1/media/thumbnail/${model.serverName}/${file.media_id}?width=96&height=96`;
  await page.getByLabel('Address of the file').fill(link);
  await page.getByRole('button', { name: 'Open file' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'cat.png' })).toBeVisible();
  const facts = page.getByRole('tabpanel');
  await expect(facts).toContainText('12.3 kB (12,345 bytes)');
  await expect(facts.getByRole('link', { name: anna })).toBeVisible();

  await page.getByRole('button', { name: 'Quarantine', exact: true }).click();
  await expect(dialog(page)).toContainText(
    '1 other file of the owner has the same content and changes with it: theCopy.',
  );
  await dialog(page).getByRole('button', { name: 'Quarantine', exact: true }).click();
  await expect(toast(page)).toContainText('done');
  await expect(facts).toContainText(`yes, by ${model.adminId}`);
  await expect(facts).toContainText('Quarantined: it can’t be shown.');
  expect(model.state.media.get('theCopy')?.quarantined_by).toBe(model.adminId);
  await page.getByRole('tab', { name: 'Activity' }).click();
  await expect(page.getByRole('table', { name: 'Activity' })).toContainText('Quarantine mxc://');
  await toast(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => file.quarantined_by).toBeNull();
  expect(opened(model)).toEqual([]);

  await page.getByRole('tab', { name: 'File', exact: true }).click();
  await page.getByRole('button', { name: 'Show picture' }).click();
  await expect.poll(() => opened(model).length).toBe(1);
});

test('a copy of another homeserver’s file is shown as one, and one that nobody here opened is said to be unknown', async ({
  page,
  model,
  homeserverUrl,
}) => {
  addRemoteMedia(model, { media_origin: 'far.example', media_id: 'copy', upload_name: 'far.png' });
  await signIn(page, homeserverUrl, model.adminToken);
  await page.keyboard.press('Control+k');
  await page
    .getByRole('combobox', { name: 'Search and commands' })
    .fill('https://x.example/_matrix/media/v3/download/far.example/copy');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'far.png' })).toBeVisible();
  await expect(page.getByRole('tabpanel')).toContainText('Comes fromfar.example');
  await expect(page.getByRole('button', { name: 'Protect', exact: true })).toHaveCount(0);
  await page.goto(appUrl(paths.file('mxc://far.example/other')));
  await expect(page.getByText('This homeserver has no copy of mxc://far.example/other.')).toBeVisible();
});

test('the Media page adds up, reads months and the largest files only at a click, and shows what was quarantined', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const [anna, ben] = [addUser(model, 'anna').name, addUser(model, 'ben').name];
  addMedia(model, { user_id: anna, media_id: 'large', media_length: 9_000_000, created_ts: model.now() });
  addMedia(model, { user_id: ben, media_id: 'small', media_length: 1_000_000, created_ts: model.now() });
  model.state.quarantineChanges.push({ origin: model.serverName, media_id: 'small', quarantined: true });
  await signIn(page, homeserverUrl, model.adminToken, paths.media());
  await expect(page.getByRole('region', { name: 'Totals' })).toContainText('10.0 MB in 2 files of 2 users');
  await page.getByRole('tab', { name: 'By month' }).click();
  await expect(page.getByText('at least 12 requests')).toBeVisible();
  model.log.clear();
  await page.getByRole('button', { name: 'Read the months' }).click();
  await expect(page.getByText('In these months: 2 files, 10.0 MB in all.')).toBeVisible();
  expect(model.log.of('GET', /statistics\/users\/media/)).toHaveLength(12);
  await page.getByRole('tab', { name: 'Largest files' }).click();
  await page.getByRole('button', { name: 'Find the largest files' }).click();
  const rows = page.getByRole('table', { name: 'Largest files' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('9.0 MB');
  await expect(page.getByText('No file that was not read can be larger than these.')).toBeVisible();
  await page.getByRole('checkbox', { name: `Select mxc://${model.serverName}/large` }).check();
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Protect…', exact: true }).click();
  await expect(page.getByText('The 1 file chosen in the list')).toBeVisible();
  await page.goto(appUrl(`${paths.media()}?tab=quarantined`));
  await expect(page.getByRole('table', { name: 'Quarantined lately' })).toContainText('small');
  expect(opened(model)).toEqual([]);
});

/** All that is on the page. */
const nodes = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length);

/** The last row is brought into sight. */
async function toTheEnd(page: Page, name: string): Promise<void> {
  await page.getByRole('table', { name }).evaluate((table) => table.scrollTo({ top: table.scrollHeight }));
}

const MOST_NODES = 3000;

test('a user with 50,000 files and a room with as many stay small pages, and all of them can be taken', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna').name;
  const room = addRoom(model, { creator: anna, members: [anna] });
  const now = model.now();
  for (let index = 0; index < 50_000; index += 1) {
    addMedia(model, { user_id: anna, media_id: `m${index}`, created_ts: now - index });
  }
  const urls = Array.from({ length: 50_000 }, (_, index) => `mxc://${model.serverName}/m${index}`);
  room.events.push({
    type: 'm.room.message',
    sender: anna,
    event_id: '$gallery',
    origin_server_ts: now,
    content: { msgtype: 'm.image', body: 'gallery', urls },
  });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.user(anna)}?tab=media&size=1000`);
  await expect(page.getByText('1–1,000 of 50,000 files')).toBeVisible();
  expect(await nodes(page)).toBeLessThan(MOST_NODES);
  await toTheEnd(page, 'Media');
  await expect(page.getByRole('link', { name: 'm999', exact: true })).toBeVisible();
  expect(await nodes(page)).toBeLessThan(MOST_NODES);

  await page.getByRole('main').getByText('With all files:').locator('..').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Quarantine…', exact: true }).click();
  await expect(page.getByText(`The 50,000 files of ${anna}`)).toBeVisible();

  await page.goto(appUrl(`${paths.room(room.room_id)}?tab=media`));
  await expect(page.getByText('50,000 files', { exact: true })).toBeVisible();
  expect(await nodes(page)).toBeLessThan(MOST_NODES);
  await toTheEnd(page, 'Files');
  await expect(page.getByRole('link', { name: urls.at(-1) ?? '', exact: true })).toBeVisible();
  expect(await nodes(page)).toBeLessThan(MOST_NODES);
  expect(model.log.writes()).toEqual([]);
});
