import type { Page } from '@playwright/test';
import { addMedia, addRemoteMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolationInEitherScheme, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { seeOver } from '../jobs/job-page.ts';

const DAY = 86_400_000;
const HASH = '/delete-media/choose';

/** Two owners with old files, and one old file of each kind that stays. Ages count from today: the page has its own clock. */
function fill(model: MockHomeserver) {
  const now = Date.now();
  const old = (fields: Parameters<typeof addMedia>[1]) =>
    addMedia(model, { created_ts: now - 800 * DAY, last_access_ts: now - 500 * DAY, ...fields });
  const anna = addUser(model, 'anna');
  const ben = addUser(model, { localpart: 'ben', deactivated: true });
  const goes = [
    old({ user_id: anna.name, upload_name: 'holiday.mp4', media_type: 'video/mp4', media_length: 5_000_000 }),
    old({ user_id: anna.name, last_access_ts: null, upload_name: 'never.png', media_length: 1_000_000 }),
    old({ user_id: ben.name, last_access_ts: now - 420 * DAY, upload_name: 'left.pdf', media_length: 234_567 }),
  ];
  const stays = {
    recent: old({ user_id: anna.name, last_access_ts: now - DAY }),
    protected: old({ user_id: anna.name, safe_from_quarantine: true }),
    quarantined: old({ user_id: ben.name, quarantined_by: model.adminId }),
    avatar: old({ user_id: ben.name }),
    roomPicture: old({ user_id: anna.name }),
  };
  ben.avatar_url = `mxc://${model.serverName}/${stays.avatar.media_id}`;
  addRoom(model, { name: 'Garden', avatar: `mxc://${model.serverName}/${stays.roomPicture.media_id}` });
  return { goes, stays, anna, ben };
}

const ids = (media: Iterable<{ media_id: string }>) => [...media].map(({ media_id }) => media_id).toSorted();
const onServer = (model: MockHomeserver) => ids(model.state.media.values());
const accesses = (model: MockHomeserver) => [...model.state.media.values()].map((media) => media.last_access_ts);

async function plan(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByRole('heading', { name: 'Review' })).toBeVisible();
}

async function confirm(page: Page, number: string, button: string): Promise<void> {
  await page.getByLabel(`Type ${number} to confirm`).fill(number);
  await page.getByRole('button', { name: button }).click();
  await seeOver(page);
}

test('deletes exactly the planned files, and looking at the plan opens none', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { goes, stays } = fill(model);
  const before = accesses(model);
  await signIn(page, homeserverUrl, model.adminToken, HASH);
  await plan(page);
  await expect(page.getByText('3 files (6.2 MB)')).toBeVisible();
  await expect(page.getByText('Frees 6,234,567 bytes')).toBeVisible();
  const table = page.getByRole('table', { name: 'What would happen to each file' });
  await expect(table.getByRole('row').filter({ hasText: 'holiday.mp4' })).toContainText('will be deleted');
  await expect(table.getByRole('row').filter({ hasText: stays.protected.media_id })).toContainText('protected');
  await expect(table.getByRole('row').filter({ hasText: stays.roomPicture.media_id })).toContainText('avatar');
  await expect(page.locator('.recharts-bar-rectangle').first()).toBeVisible();
  expect(accesses(model)).toEqual(before);
  expect(model.log.count('GET', /thumbnail|download/)).toBe(0);
  expect(model.log.writes()).toEqual([]);

  await confirm(page, '3', 'Delete 3 files');
  const ledger = page.getByRole('table', { name: 'Items' });
  for (const media of goes) {
    await expect(ledger.getByRole('row').filter({ hasText: media.media_id })).toContainText('done');
  }
  expect(onServer(model)).toEqual(ids(Object.values(stays)));
  expect(model.log.writes().map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'DELETE']);
  expect(accesses(model)).toEqual(Object.values(stays).map((media) => media.last_access_ts));
});

test('skips and reports a file that was opened after the plan was made', async ({ page, model, homeserverUrl }) => {
  const { goes, stays } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, HASH);
  await plan(page);
  await expect(page.getByText('3 files (6.2 MB)')).toBeVisible();
  const opened = goes[0];
  if (!opened) throw new Error('no file');
  opened.last_access_ts = Date.now();
  await confirm(page, '3', 'Delete 3 files');
  const row = page.getByRole('table', { name: 'Items' }).getByRole('row').filter({ hasText: opened.media_id });
  await expect(row).toContainText('skipped');
  await expect(row).toContainText('Opened since the plan was made.');
  expect(onServer(model)).toEqual(ids([opened, ...Object.values(stays)]));
});

test('deletes only files of the users that are named, uploaded before the date', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { goes, stays, ben } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, HASH);
  await page.getByLabel('Uploaded before', { exact: true }).check();
  await page.getByLabel('Only users that I enter').check();
  await page.getByRole('textbox', { name: 'User IDs' }).fill(`${ben.name}\n@someone:elsewhere.example`);
  await expect(page.getByText('Line 2: @someone:elsewhere.example This is a user of another homeserver')).toBeVisible();
  await plan(page);
  await expect(page.getByText('1 file (235 kB)')).toBeVisible();
  await confirm(page, '1', 'Delete 1 file');
  expect(onServer(model)).toEqual(ids([...goes.slice(0, 2), ...Object.values(stays)]));
});

test('a word among the users names nobody until it is completed, and no file is deleted', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { ben } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, HASH);
  await page.getByLabel('Only users that I enter').check();
  const users = page.getByRole('textbox', { name: 'User IDs' });
  await users.fill('anna');
  const next = page.getByRole('button', { name: 'Review' });
  await expect(next).toHaveAttribute('aria-disabled', 'true');
  await users.fill(`${ben.name};anna`);
  await expect(page.getByText('1 user', { exact: true })).toBeVisible();
  await expect(page.getByText('Line 1: anna Ignored because it is next to a user ID')).toBeVisible();
  await users.fill(`${ben.name}\nanna`);
  await expect(page.getByRole('group', { name: 'Names without a server part' })).toHaveText('anna');
  await page.getByRole('button', { name: /^Complete 1 name with/ }).click();
  await expect(users).toHaveValue(`${ben.name}\n@anna:${model.serverName}`);
  await expect(page.getByText('2 users', { exact: true })).toBeVisible();
});

test('a size says how it was understood, and an ambiguous one blocks the plan', async ({
  page,
  model,
  homeserverUrl,
}) => {
  fill(model);
  await signIn(page, homeserverUrl, model.adminToken, HASH);
  const size = page.getByLabel('Larger than');
  const next = page.getByRole('button', { name: 'Review' });
  for (const [text, reason] of [
    ['1,000', '“1,000” could mean 1000 or 1.0.'],
    ['10,5', '“10,5” could mean 105 or 10.5.'],
    ['abc', '“abc” is not a size.'],
  ] as const) {
    // As it is pasted: a mask would have dropped what it does not know.
    await size.fill('');
    await size.focus();
    await page.keyboard.insertText(text);
    await expect(size).toHaveValue(text);
    await expect(size).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText(reason).first()).toBeVisible();
    await expect(next).toHaveAttribute('aria-disabled', 'true');
  }
  await size.fill('5 GB');
  await expect(page.getByText('= 5,000,000,000 bytes')).toBeVisible();
  await expect(page.getByLabel('Unit')).toHaveValue('GB');
  await expect(next).not.toHaveAttribute('aria-disabled', 'true');
});

test('lets Synapse delete, and compares each answer with the plan', async ({ page, model, homeserverUrl }) => {
  const { stays } = fill(model);
  await signIn(page, homeserverUrl, model.adminToken, HASH);
  await page.getByLabel('Let Synapse delete by date and size').check();
  await plan(page);
  await expect(page.getByText('Synapse deletes them in 3 requests, oldest files first')).toBeVisible();
  await confirm(page, '3', 'Delete 3 files');
  await expect(page.getByRole('table', { name: 'Items' }).getByText('Deleted 1 file, exactly as planned.')).toHaveCount(
    3,
  );
  expect(onServer(model)).toEqual(ids(Object.values(stays)));
  expect(model.log.writes().map(({ path }) => path)).toEqual(Array(3).fill('/_synapse/admin/v1/media/delete'));
});

test('deletes from the remote media cache by date, and counts', async ({ page, model, homeserverUrl }) => {
  addRemoteMedia(model, { last_access_ts: Date.now() - 400 * DAY });
  addRemoteMedia(model, { last_access_ts: Date.now() - 3000 * DAY });
  const stays = addRemoteMedia(model, { last_access_ts: Date.now() - DAY });
  await signIn(page, homeserverUrl, model.adminToken, HASH);
  await page.getByLabel('Remote media cache').check();
  await plan(page);
  await expect(page.getByText(/cached remote files not opened since .*, in 37 requests/)).toBeVisible();
  await expect(page.getByText('not known in advance: Synapse can’t list them')).toBeVisible();
  await confirm(page, '37', 'Delete cached files in 37 requests');
  await expect(page.getByRole('table', { name: 'Items' }).getByText('Deleted 1 file.').first()).toBeVisible();
  expect(ids(model.state.remoteMedia.values())).toEqual([stays.media_id]);
});

test('refuses a date in the future', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken, HASH);
  await page.getByLabel('Date', { exact: true }).fill('2100-01-01');
  await expect(page.getByText('so every file would match').first()).toBeVisible();
  // Reachable, so that its reason can be read; pressing it does nothing.
  const next = page.getByRole('button', { name: 'Review' });
  await expect(next).toHaveAttribute('aria-disabled', 'true');
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Choose' })).toBeVisible();
  expect(model.log.count('GET', /statistics/)).toBe(0);
});

test('each step keeps the accessibility rules and fits a phone', async ({ page, model, homeserverUrl }) => {
  fill(model);
  const look = async (step: string) => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await seeNoAxeViolationInEitherScheme(page, `${step} ${width}`);
      await seeNoSidewaysScrolling(page, `${step} ${width}`);
    }
  };
  await signIn(page, homeserverUrl, model.adminToken, HASH);
  await page.getByLabel('Only users that I enter').check();
  await page.getByRole('textbox', { name: 'User IDs' }).fill('anna\nben\n!room:x');
  await page.getByLabel('Larger than').fill('1,000');
  await look('choose, before');
  await page.getByLabel('Larger than').fill('');
  await page.getByRole('button', { name: /^Complete 2 names/ }).click();
  await look('choose');
  await plan(page);
  await expect(page.locator('.recharts-bar-rectangle').first()).toBeVisible();
  await look('review');
  await page.getByLabel('Type 3 to confirm').fill('3');
  await page.getByRole('button', { name: 'Delete 3 files' }).click();
  await seeOver(page);
  await look('run');
  await seeOver(page);
  await look('report');
});
