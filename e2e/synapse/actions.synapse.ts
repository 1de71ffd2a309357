import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { ask, must, path } from './client.ts';
import { appUrl, expect, signInAsAdmin, test } from './fixtures.ts';
import type { RealSynapse } from './server.ts';
import { mediaOf, type World } from './world.ts';

/** The actions on the real Synapse: what it then says is read past the app. */

const dialog = (page: Page) => page.getByRole('dialog');
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' });

const userOf = ({ baseUrl, adminToken: token }: RealSynapse, userId: string) =>
  must(baseUrl, path`/_synapse/admin/v2/users/${userId}`, { token });
const limitOf = ({ baseUrl, adminToken: token }: RealSynapse, userId: string) =>
  must(baseUrl, path`/_synapse/admin/v1/users/${userId}/override_ratelimit`, { token });
const fileOf = async ({ baseUrl, adminToken: token }: RealSynapse, { serverName }: World, mediaId: string) =>
  (
    await must<{ media_info: Record<string, unknown> }>(
      baseUrl,
      path`/_synapse/admin/v1/media/${serverName}/${mediaId}`,
      { token },
    )
  ).media_info;

const member = ({ crowd }: World, index: number): string => {
  const user = crowd[index];
  if (!user) throw new Error(`There is no crowd member ${index}.`);
  return user.userId;
};

async function signsIn({ baseUrl }: RealSynapse, user: string, password: string): Promise<number> {
  const json = { type: 'm.login.password', identifier: { type: 'm.id.user', user }, password };
  return (await ask(baseUrl, '/_matrix/client/v3/login', { method: 'POST', json })).status;
}

async function openUser(page: Page, userId: string, item: string): Promise<void> {
  await page.goto(appUrl(paths.user(userId)));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

const press = (page: Page, label: string) => dialog(page).getByRole('button', { name: label, exact: true }).click();

async function undo(page: Page): Promise<void> {
  await toast(page).getByRole('button', { name: 'Undo' }).last().click();
  await expect(
    toast(page)
      .getByText(/^Undo: .*: done$/)
      .last(),
  ).toBeVisible();
}

for (const [label, contrary, name, typed] of [
  ['Lock', 'Unlock', 'locked', false],
  ['Suspend', 'Unsuspend', 'suspended', false],
  ['Shadow-ban', 'Lift shadow-ban', 'shadow_banned', false],
  ['Make server admin', 'Revoke server admin', 'admin', true],
] as const) {
  test(`one user: ${label} and its undo, ${contrary} and its undo`, async ({ page, synapse, world }) => {
    const userId = member(world, 5);
    await signInAsAdmin(page, synapse);
    const change = async (item: string) => {
      await openUser(page, userId, item);
      if (typed)
        await dialog(page)
          .getByLabel(/^Type /)
          .fill(userId);
      await press(page, item);
      await expect(
        toast(page)
          .getByText(/: done$/)
          .last(),
      ).toBeVisible();
    };
    const isSo = async () => (await userOf(synapse, userId))[name];
    expect(await isSo()).toBe(false);
    await change(label);
    expect(await isSo()).toBe(true);
    await undo(page);
    expect(await isSo()).toBe(false);
    await page.reload();
    await change(label);
    await page.reload();
    await change(contrary);
    expect(await isSo()).toBe(false);
    await undo(page);
    expect(await isSo()).toBe(true);
  });
}

test('one user: a rate limit of their own is set, put back, and removed', async ({ page, synapse, world }) => {
  const userId = member(world, 6);
  await signInAsAdmin(page, synapse);
  const set = async () => {
    await openUser(page, userId, 'Set rate limit…');
    await dialog(page).getByLabel('Messages per second').fill('7');
    await dialog(page).getByLabel('At once').fill('70');
    await press(page, 'Set rate limit');
    await expect(
      toast(page)
        .getByText(/: done$/)
        .last(),
    ).toBeVisible();
  };
  await set();
  expect(await limitOf(synapse, userId)).toEqual({ messages_per_second: 7, burst_count: 70 });
  await undo(page);
  expect(await limitOf(synapse, userId)).toEqual({});
  await page.reload();
  await set();
  await page.reload();
  await openUser(page, userId, 'Reset rate limit');
  await press(page, 'Reset rate limit');
  await expect(
    toast(page)
      .getByText(/: done$/)
      .last(),
  ).toBeVisible();
  expect(await limitOf(synapse, userId)).toEqual({});
});

test('one user: deactivated and erased, leaves all rooms, and is reactivated by the undo', async ({
  page,
  synapse,
  world,
}) => {
  const userId = member(world, 7);
  const { baseUrl, adminToken: token } = synapse;
  await signInAsAdmin(page, synapse);
  await openUser(page, userId, 'Deactivate…');
  await dialog(page).getByRole('switch', { name: 'Also erase the account' }).check();
  await dialog(page).getByLabel(`Type ${userId} to confirm`).fill(userId);
  await press(page, 'Deactivate');
  await expect(
    toast(page)
      .getByText(/: done$/)
      .last(),
  ).toBeVisible();
  expect(await userOf(synapse, userId)).toMatchObject({ deactivated: true, erased: true });
  await expect
    .poll(async () => {
      const route = path`/_synapse/admin/v1/users/${userId}/joined_rooms`;
      return (await must<{ total: number }>(baseUrl, route, { token })).total;
    })
    .toBe(0);
  await undo(page);
  expect(await userOf(synapse, userId)).toMatchObject({ deactivated: false, erased: false });
});

test('one user: the new password signs in, and the sessions of the old one have ended', async ({
  page,
  synapse,
  world,
}) => {
  const userId = member(world, 8);
  const { baseUrl, adminToken: token } = synapse;
  const first = { new_password: 'the first one', logout_devices: true };
  await must(baseUrl, path`/_synapse/admin/v1/reset_password/${userId}`, { method: 'POST', token, json: first });
  const json = { type: 'm.login.password', identifier: { type: 'm.id.user', user: userId }, password: 'the first one' };
  const { access_token: session } = await must<{ access_token: string }>(baseUrl, '/_matrix/client/v3/login', {
    method: 'POST',
    json,
  });
  await signInAsAdmin(page, synapse, paths.user(userId));
  await page.getByRole('button', { name: 'Reset password' }).click();
  await dialog(page).getByLabel(`Type ${userId} to confirm`).fill(userId);
  await press(page, 'Reset password');
  await expect(dialog(page).getByText('New password', { exact: true })).toBeVisible();
  const password = (await dialog(page).locator('code').last().textContent()) ?? '';
  expect((await ask(baseUrl, '/_matrix/client/v3/account/whoami', { token: session })).status).toBe(401);
  expect(await signsIn(synapse, userId, 'the first one')).toBe(403);
  expect(await signsIn(synapse, userId, password)).toBe(200);
});

test('one file: protected and quarantined, and both undone', async ({ page, synapse, world }) => {
  const file = world.media.find(({ key }) => key === 'old-but-opened') ?? mediaOf(world, 'ada-avatar');
  await signInAsAdmin(page, synapse);
  for (const [label, name] of [
    ['Protect', 'safe_from_quarantine'],
    ['Quarantine', 'quarantined_by'],
  ] as const) {
    await page.goto(appUrl(paths.user(file.userId)));
    await page.getByRole('tab', { name: 'Media' }).click();
    await page.getByRole('button', { name: `Actions for ${file.mxc}` }).click();
    await page.getByRole('menuitem', { name: label, exact: true }).click();
    await press(page, label);
    await expect(
      toast(page)
        .getByText(/: done$/)
        .last(),
    ).toBeVisible();
    // SQLite's flag is a number.
    const isSo = async () => Boolean((await fileOf(synapse, world, file.mediaId))[name]);
    expect(await isSo()).toBe(true);
    await undo(page);
    expect(await isSo()).toBe(false);
    await page.reload();
  }
});

test('many users: from the selection bar, exactly those of the plan, and the undo leaves alone who changed since', async ({
  page,
  synapse,
  world,
}) => {
  const some = [10, 11, 12, 13].map((index) => member(world, index));
  const { baseUrl, adminToken: token } = synapse;
  await signInAsAdmin(page, synapse, paths.users());
  for (const userId of some) {
    await page.getByRole('searchbox').fill(userId);
    await page.getByRole('checkbox', { name: userId }).check();
  }
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Suspend…', exact: true }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Suspend 4 users' }).click();
  await expect(page.getByText('Finished', { exact: true }).first()).toBeVisible();
  const suspended = async () => {
    const all = await Promise.all(some.map((userId) => userOf(synapse, userId)));
    return all.map((user) => user['suspended']);
  };
  expect(await suspended()).toEqual([true, true, true, true]);
  const [first = ''] = some;
  const put = { method: 'PUT', token, json: { suspend: false } };
  await must(baseUrl, path`/_synapse/admin/v1/suspend/${first}`, put);
  await page.getByRole('link', { name: 'Undo 4 changes…' }).click();
  await page.getByRole('button', { name: /^Undo 3 changes/ }).click();
  await expect(page.getByText('Finished', { exact: true }).first()).toBeVisible();
  expect(await suspended()).toEqual([false, false, false, false]);
});

test('many users: each signs in with the password that the file names', async ({ page, synapse, world }) => {
  const some = [14, 15, 16].map((index) => member(world, index));
  await signInAsAdmin(page, synapse, paths.bulk('user.reset-password'));
  await page.getByRole('textbox', { name: 'Users' }).fill(some.join('\n'));
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByLabel('Type 3 to confirm').fill('3');
  await page.getByRole('button', { name: 'Reset the passwords of 3 users' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download passwords as CSV' }).click();
  const lines = (await readFile(await (await saving).path(), 'utf8')).trim().split('\r\n').slice(1);
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    const [userId = '', password = ''] = line.split(',').map((cell) => cell.replaceAll('"', ''));
    expect([some.includes(userId), await signsIn(synapse, userId, password)]).toEqual([true, 200]);
  }
});
