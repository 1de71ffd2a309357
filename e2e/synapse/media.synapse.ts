import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { ask, must, path } from './client.ts';
import { appUrl, expect, signInAsAdmin, test } from './fixtures.ts';
import type { RealSynapse } from './server.ts';

/** Files on the real Synapse, from the page of one: what it then says is read past the app. */

async function upload({ baseUrl, adminToken: token }: RealSynapse, name: string, content: string): Promise<string> {
  const { content_uri: mxc } = await must<{ content_uri: string }>(
    baseUrl,
    `/_matrix/media/v3/upload?filename=${name}`,
    { method: 'POST', token, raw: content, headers: { 'Content-Type': 'text/plain' } },
  );
  return mxc;
}

const pathOf = (mxc: string): string => {
  const [server = '', id = ''] = mxc.replace('mxc://', '').split('/');
  return path`/_synapse/admin/v1/media/${server}/${id}`;
};

interface Info {
  quarantined_by: string | null;
  safe_from_quarantine: boolean | number;
}

async function infoOf({ baseUrl, adminToken: token }: RealSynapse, mxc: string): Promise<Info> {
  return (await must<{ media_info: Info }>(baseUrl, pathOf(mxc), { token })).media_info;
}

const dialog = (page: Page) => page.getByRole('dialog');
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' });

/** From the head of the file's page, through its dialog. */
async function act(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).click();
  await dialog(page).getByRole('button', { name, exact: true }).click();
  await expect(dialog(page)).toBeHidden();
}

async function find(page: Page, text: string): Promise<void> {
  await page.goto(appUrl(`${paths.media()}?tab=find`));
  await page.getByLabel('Address of the file').fill(text);
  await page.getByRole('button', { name: 'Open file' }).click();
}

test('a file is found, quarantined with its copy, released, protected and deleted; each is read back', async ({
  page,
  synapse,
}) => {
  const file = await upload(synapse, 'evidence.txt', 'the same content');
  const copy = await upload(synapse, 'copy.txt', 'the same content');
  const other = await upload(synapse, 'other.txt', 'something else');
  await signInAsAdmin(page, synapse);
  await find(page, file);
  await expect(page.getByRole('heading', { level: 1, name: 'evidence.txt' })).toBeVisible();
  await expect(page.getByRole('tabpanel')).toContainText('16 B');

  await page.getByRole('main').getByRole('button', { name: 'Quarantine', exact: true }).click();
  await expect(dialog(page)).toContainText('1 other file of the owner has the same content');
  await expect(dialog(page)).toContainText(copy.split('/').at(-1) ?? '');
  await dialog(page).getByRole('button', { name: 'Quarantine', exact: true }).click();
  await expect(page.getByRole('main')).toContainText(`yes, by ${synapse.adminId}`);
  for (const mxc of [file, copy]) expect((await infoOf(synapse, mxc)).quarantined_by).toBe(synapse.adminId);
  expect((await infoOf(synapse, other)).quarantined_by).toBeNull();

  await page.goto(appUrl(`${paths.media()}?tab=quarantined`));
  const log = page.getByRole('table', { name: 'Quarantined lately' });
  await expect(log.getByRole('row').filter({ hasText: file })).toContainText('quarantined');
  await expect(log.getByRole('row').filter({ hasText: copy })).toContainText('copy.txt');

  const [server = '', id = ''] = file.replace('mxc://', '').split('/');
  await find(page, `${synapse.baseUrl}/_matrix/client/v1/media/download/${server}/${id}/evidence.txt`);
  await act(page, 'Lift quarantine');
  await expect(page.getByRole('main').getByText('quarantined', { exact: true })).toHaveCount(0);
  for (const mxc of [file, copy]) expect((await infoOf(synapse, mxc)).quarantined_by).toBeNull();

  await act(page, 'Protect');
  await expect(page.getByRole('main').getByText('protected', { exact: true })).toBeVisible();
  expect(Boolean((await infoOf(synapse, file)).safe_from_quarantine)).toBe(true);
  await act(page, 'Unprotect');
  await expect(page.getByRole('main').getByText('protected', { exact: true })).toHaveCount(0);
  expect(Boolean((await infoOf(synapse, file)).safe_from_quarantine)).toBe(false);

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await dialog(page).getByLabel(`Type ${file} to confirm`).fill(file);
  await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('File not found')).toBeVisible();
  await expect(toast(page)).toContainText('done');
  const { baseUrl, adminToken: token } = synapse;
  expect((await ask(baseUrl, pathOf(file), { token })).status).toBe(404);
  expect((await ask(baseUrl, pathOf(copy), { token })).status).toBe(200);
});

test('all files of a user are read to the end and taken into one job: exactly those are protected', async ({
  page,
  synapse,
  world,
}) => {
  const { userId } = world.users.ada;
  const { baseUrl, adminToken: token } = synapse;
  const listed = await must<{ media: { media_id: string }[]; total: number }>(
    baseUrl,
    `${path`/_synapse/admin/v1/users/${userId}/media`}?limit=1000`,
    { token },
  );
  await signInAsAdmin(page, synapse, `${paths.user(userId)}?tab=media`);
  await page.getByRole('main').getByText('With all files:').locator('..').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Protect…', exact: true }).click();
  await expect(page.getByText(`The ${listed.total} files of ${userId}`)).toBeVisible();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByRole('button', { name: /^Protect \d+ files?$/ }).click();
  await expect(page.getByText('Finished', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  for (const { media_id: id } of listed.media) {
    const { quarantined_by: by, safe_from_quarantine: isSafe } = await infoOf(
      synapse,
      `mxc://${world.serverName}/${id}`,
    );
    expect([id, by !== null || Boolean(isSafe)]).toEqual([id, true]);
  }
});
