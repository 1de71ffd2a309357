import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import { textIn, unzip } from '../../src/testing/unzip.ts';
import { addWriting } from '../../src/testing/worlds/access.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** A copy of what the homeserver has of a user, and the erasure. */

const make = (page: Page) => page.getByRole('button', { name: 'Make the archive' });
const filesOf = async (download: Download) => unzip(new Uint8Array(await readFile(await download.path())));

test('from the menu of a user: an archive with their data and files, which says what is in it', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, { localpart: 'anna', displayname: 'Anna' });
  addRoom(model, { creator: model.adminId, members: [model.adminId, anna.name] });
  addMedia(model, {
    user_id: anna.name,
    upload_name: '../../.ssh/id.pdf',
    media_type: 'application/pdf',
    media_length: 9,
  });
  addMedia(model, { user_id: anna.name, quarantined_by: model.adminId });
  await signIn(page, homeserverUrl, model.adminToken, paths.user(anna.name));
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Data request and erasure…' }).click();
  await expect(page.getByText('Messages are not in it')).toBeVisible();
  await page.getByLabel('Also include the files themselves').check();
  await expect(page.getByText('it counts as accessed today')).toBeVisible();
  await seeNoAxeViolation(page, 'the choice of what an archive has');
  const [download] = await Promise.all([page.waitForEvent('download'), make(page).click()]);
  expect(download.suggestedFilename()).toMatch(/^data-anna-demo\.example-[\d-]+\.zip$/);
  const files = await filesOf(download);
  expect([...files.keys()].filter((name) => name.startsWith('files/'))).toEqual(['files/0001-_.._.ssh_id.pdf']);
  // A quarantined file is given to nobody, so something that was asked for is missing.
  expect(JSON.parse(textIn(files, 'manifest.json'))).toMatchObject({ complete: false, user: anna.name });
  expect(textIn(files, 'README.md')).toContain('Quarantined');
  await expect(page.getByText('The archive is saved, but not complete')).toBeVisible();
  await seeNoAxeViolation(page, 'a saved archive');
  for (const bytes of files.values()) expect(new TextDecoder().decode(bytes)).not.toContain(model.adminToken);
  // Who read what is in Activity, here and on the page of the user.
  await page.goto(appUrl(`${paths.user(anna.name)}?tab=activity`));
  await expect(page.getByRole('table', { name: 'Activity' })).toContainText('Read the personal data of @anna');
  await expect(page.getByRole('table', { name: 'Activity' })).toContainText('Downloaded the files of @anna');
});

test('what could not be read is read again, or named in an archive that is not called complete', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  await signIn(page, homeserverUrl, model.adminToken, paths.dataRequest(anna.name));
  model.faults.next({ match: /\/whois\//, answer: '403', times: 2 });
  await make(page).click();
  await page.getByRole('button', { name: 'Read 1 again' }).click();
  const without = page.getByRole('button', { name: 'Continue without them' });
  await expect(without).toBeEnabled();
  const [download] = await Promise.all([page.waitForEvent('download'), without.click()]);
  const files = await filesOf(download);
  expect(files.has('ip-addresses.json')).toBe(false);
  expect(JSON.parse(textIn(files, 'manifest.json'))).toMatchObject({ complete: false });
  await expect(page.getByText('The archive is saved, but not complete')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'IP addresses' })).toContainText('not read');
});

test('a cancelled archive leaves no file, and can be made again', async ({ page, model, homeserverUrl }) => {
  const anna = addUser(model, 'anna');
  addMedia(model, { user_id: anna.name, media_type: 'application/pdf' });
  await signIn(page, homeserverUrl, model.adminToken, paths.dataRequest(anna.name));
  await page.getByLabel('Also include the files themselves').check();
  model.faults.next({ match: /\/download\//, answer: 'slow', delayMs: 3_600_000 });
  await make(page).click();
  await expect(page.getByText('Downloading the files into the archive.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(make(page)).toBeEnabled();
  const [download] = await Promise.all([page.waitForEvent('download'), make(page).click()]);
  expect((await filesOf(download)).has('manifest.json')).toBe(true);
});

test('a large archive goes straight to the file that the admin chose', async ({ page, model, homeserverUrl }) => {
  // In the place of the dialog, which no test can answer.
  await page.addInitScript(() => {
    Object.assign(window, {
      showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) =>
        (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true }),
    });
  });
  const anna = addUser(model, 'anna');
  addMedia(model, { user_id: anna.name, media_type: 'video/mp4', media_length: 51_000_000 });
  await signIn(page, homeserverUrl, model.adminToken, paths.dataRequest(anna.name));
  await expect(page.getByText('1 file, 51.0 MB')).toBeVisible();
  await page.getByLabel('Also include the files themselves').check();
  await make(page).click();
  await expect(page.getByText('The archive is saved')).toBeVisible();
  const saved = await page.evaluate(async () => {
    const sizes: number[] = [];
    const folder = (await navigator.storage.getDirectory()) as unknown as {
      values(): AsyncIterable<FileSystemFileHandle>;
    };
    for await (const handle of folder.values()) sizes.push((await handle.getFile()).size);
    return sizes;
  });
  expect(saved).toHaveLength(1);
  expect(saved[0]).toBeGreaterThan(51_000_000);
});

test('the steps of an erasure know what was done from here, and the receipt says no more than that', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  addMedia(model, { user_id: anna.name });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.dataRequest(anna.name)}?tab=erasure`);
  const step = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  const dialog = page.getByRole('dialog');
  await expect(step('Lock the account')).toContainText('no record');
  await step('Lock the account').getByRole('button').click();
  await dialog.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(step('Lock the account')).toContainText('done');
  await step('Delete the files').getByRole('button').click();
  await expect(page.getByText('The 1 file of @anna:demo.example')).toBeVisible();
  await page.goBack();
  await step('Deactivate and erase').getByRole('button').click();
  await expect(dialog.getByLabel('Also erase the account')).toBeChecked();
  await page.keyboard.press('Escape');
  await seeNoAxeViolation(page, 'the steps of an erasure');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the receipt' }).click(),
  ]);
  const receipt = await readFile(await download.path(), 'utf8');
  expect(receipt).toContain('### Lock the account: done');
  expect(receipt).toContain('### Deactivate and erase: no record');
  expect(receipt).toContain('Backups of the database');
});

test('all steps run as one job, once the user ID is typed, and the receipt has a record of each', async ({
  page,
  model,
  homeserverUrl,
}) => {
  model.taskMs = 0;
  const anna = addUser(model, {
    localpart: 'anna',
    threepids: [{ medium: 'email', address: 'anna@example.org', validated_at: 1, added_at: 1 }],
    external_ids: [{ auth_provider: 'oidc-x', external_id: '1' }],
  });
  addWriting(model, anna.name, '10');
  addMedia(model, { user_id: anna.name });
  const at = `${paths.dataRequest(anna.name)}?tab=erasure`;
  await signIn(page, homeserverUrl, model.adminToken, at);
  await page.getByRole('button', { name: 'All steps as one job…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase the account' });
  await expect(dialog).toContainText('1 file');
  const erase = dialog.getByRole('button', { name: /^Erase/ });
  await dialog.getByLabel('Type the user ID to confirm').fill('@anne:demo.example');
  await expect(erase).toBeDisabled();
  await seeNoAxeViolation(page, 'the confirmation of an erasure');
  await dialog.getByLabel('Type the user ID to confirm').fill(anna.name);
  await erase.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Erase ${anna.name}`);
  await expect(page.getByText('Finished', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  expect(anna).toMatchObject({ deactivated: true, erased: true, threepids: [], external_ids: [] });
  await page.goto(appUrl(at));
  await expect(page.getByRole('listitem').filter({ hasText: 'Deactivate and erase' })).toContainText('done');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the receipt' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('Each step has a record that says it was done.');
});

test('a plan that somebody went away from opens no page later, and nothing goes on being read for it', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  addMedia(model, { user_id: anna.name });
  const space = addRoom(model, { creator: model.adminId, room_type: 'm.space', members: [model.adminId] });
  const places = [
    [`${paths.dataRequest(anna.name)}?tab=erasure`, 'Delete all files…', /GET .*\/users\/.*\/media/],
    [`${paths.room(space.room_id)}?tab=hierarchy`, 'Join users to all rooms below…', /GET .*\/hierarchy/],
  ] as const;
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  for (const [at, name, match] of places) {
    await page.goto(appUrl(at));
    const button = page.getByRole('button', { name, exact: true });
    await expect(button).toBeEnabled();
    // What the page itself reads is there.
    await page.waitForLoadState('networkidle');
    model.faults.next({ match, answer: 'slow', delayMs: 3_600_000 });
    const asks = page.waitForEvent('request', (request) => match.test(`${request.method()} ${request.url()}`));
    const endsUnanswered = page.waitForEvent('requestfailed', (request) =>
      match.test(`${request.method()} ${request.url()}`),
    );
    await button.click();
    await asks;
    await page.goto(appUrl(paths.users()));
    await endsUnanswered;
    await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
    model.faults.clear();
  }
});
