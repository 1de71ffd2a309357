import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { ask, must, path } from './client.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';
import type { RealSynapse } from './server.ts';
import type { World } from './world.ts';

/** The users chapter on the real Synapse, many at once: what it then says is read past the app. */

const member = ({ crowd }: World, index: number): string => {
  const user = crowd[index];
  if (!user) throw new Error(`There is no crowd member ${index}.`);
  return user.userId;
};

const userOf = ({ baseUrl, adminToken: token }: RealSynapse, userId: string) =>
  must(baseUrl, path`/_synapse/admin/v2/users/${userId}`, { token });

const signIn = ({ baseUrl }: RealSynapse, user: string, password: string) =>
  must<{ access_token: string }>(baseUrl, '/_matrix/client/v3/login', {
    method: 'POST',
    json: { type: 'm.login.password', identifier: { type: 'm.id.user', user }, password },
  });

async function signedIn(synapse: RealSynapse, userId: string): Promise<string> {
  const { baseUrl, adminToken: token } = synapse;
  const json = { new_password: 'a-long-enough-password', logout_devices: false };
  await must(baseUrl, path`/_synapse/admin/v1/reset_password/${userId}`, { method: 'POST', token, json });
  return (await signIn(synapse, userId, json.new_password)).access_token;
}

/** The bulk page of an action, up to its review. */
async function plan(page: Page, kind: string, users: readonly string[], enter: () => Promise<void>): Promise<void> {
  await page.goto(page.url().replace(/#.*/, `#${paths.bulk(kind)}`));
  await page.getByRole('textbox', { name: 'Users' }).fill(users.join('\n'));
  await enter();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('button', { name: `${users.length} will change` })).toBeVisible();
}

/** Runs the plan to its end. @param name of its last button */
async function run(page: Page, name: RegExp, typed?: string): Promise<void> {
  if (typed !== undefined) await page.getByLabel(`Type ${typed} to confirm`).fill(typed);
  await page.getByRole('button', { name }).click();
  await expect(page.getByText('Finished', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
}

/** Puts back what the job on the screen changed. */
async function undo(page: Page, count: number): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^Undo ${count} changes?…`) }).click();
  await page.getByRole('button', { name: new RegExp(`^Undo ${count} change`) }).click();
  await expect(page.getByRole('heading', { name: /^Undo: / })).toBeVisible();
  await expect(page.getByText('Finished', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
}

test('sessions end: exactly those of the plan', async ({ page, synapse, world }) => {
  const userId = member(world, 4);
  const { baseUrl } = synapse;
  const older = await signedIn(synapse, userId);
  const newer = await signedIn(synapse, userId);
  const isAlive = async (token: string) => (await ask(baseUrl, '/_matrix/client/v3/account/whoami', { token })).status;
  await signInAsAdmin(page, synapse);
  await plan(page, 'user.end-sessions', [userId], async () => {
    await page.getByLabel('Only if not used for (days)').fill('0');
    await page.getByLabel('Keep at least').fill('0');
  });
  expect([await isAlive(older), await isAlive(newer)]).toEqual([200, 200]);
  await run(page, /^End sessions of 1 user/, '1');
  expect([await isAlive(older), await isAlive(newer)]).toEqual([401, 401]);
});

test('every message of a user is redacted, and the report says so', async ({ page, synapse, world }) => {
  const userId = member(world, 5);
  const { baseUrl, adminToken: token } = synapse;
  const own = await signedIn(synapse, userId);
  const { room_id: roomId } = await must<{ room_id: string }>(baseUrl, '/_matrix/client/v3/createRoom', {
    method: 'POST',
    token: own,
    json: { preset: 'public_chat' },
  });
  const sent: string[] = [];
  for (let index = 0; index < 8; index += 1) {
    const route = path`/_matrix/client/v3/rooms/${roomId}/send/m.room.message/${`t${index}`}`;
    const json = { msgtype: 'm.text', body: `spam ${index}` };
    sent.push((await must<{ event_id: string }>(baseUrl, route, { method: 'PUT', token: own, json })).event_id);
  }
  const contents = async () => {
    const events = sent.map((eventId) =>
      must<{ content: Record<string, unknown> }>(baseUrl, path`/_matrix/client/v3/rooms/${roomId}/event/${eventId}`, {
        token: own,
      }),
    );
    return (await Promise.all(events)).filter(({ content }) => 'body' in content).length;
  };
  expect(await contents()).toBe(8);
  await signInAsAdmin(page, synapse);
  await plan(page, 'user.redact', [userId], () => page.getByLabel('Reason').fill('Spam'));
  await run(page, /^Redact the messages of 1 user/, '1');
  const row = page.getByRole('row').filter({ hasText: userId });
  await expect(row).toContainText('The homeserver reports no failed redactions.');
  expect(await contents()).toBe(0);
  expect(await must(baseUrl, path`/_synapse/admin/v2/users/${userId}`, { token })).toMatchObject({
    deactivated: false,
  });
});

test('an experimental feature is switched for some, and put back', async ({ page, synapse, world }) => {
  const userId = member(world, 9);
  const { baseUrl, adminToken: token } = synapse;
  const route = path`/_synapse/admin/v1/experimental_features/${userId}`;
  const features = async () =>
    (await must<{ features: Record<string, boolean> }>(baseUrl, route, { token })).features['msc3881'];
  await signInAsAdmin(page, synapse);
  await plan(page, 'user.features', [userId], async () => {
    const isOn = page.getByRole('switch', { name: 'On for this user' });
    if (!(await isOn.isChecked())) await isOn.check();
  });
  await run(page, /^Switch .* for 1 user/);
  expect(await features()).toBe(true);
  await undo(page, 1);
  expect(await features()).toBe(false);
});

test('an account is created, signs in with the password that was shown, and has what was entered', async ({
  page,
  synapse,
  world,
}) => {
  await signInAsAdmin(page, synapse, paths.createUser());
  await page.getByLabel('Username').fill('new.hire');
  await expect(page.getByRole('img', { name: 'This username is free' })).toBeVisible();
  await page.getByLabel('Display name').fill('New Hire');
  await page.getByLabel('Email addresses').fill('hire@glia.test');
  await page.getByRole('button', { name: 'Create user', exact: true }).click();
  const password = page.locator('code').last();
  await expect(page.getByText('New password', { exact: true })).toBeVisible();
  const userId = `@new.hire:${world.serverName}`;
  await signIn(synapse, userId, (await password.textContent()) ?? '');
  expect(await userOf(synapse, userId)).toMatchObject({
    displayname: 'New Hire',
    admin: false,
    threepids: [{ medium: 'email', address: 'hire@glia.test' }],
  });
});

test('a CSV creates and changes accounts, each as its row says', async ({ page, synapse, world }) => {
  const known = member(world, 12);
  const file = ['user_id,displayname,is_admin', `${known},Known By File,no`, `@import-1:${world.serverName},One,no`];
  await signInAsAdmin(page, synapse, paths.importUsers());
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'staff.csv', mimeType: 'text/csv', buffer: Buffer.from(file.join('\n')) });
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.locator('[data-review]')).toContainText('This import creates 1 account and changes 1 account.');
  await page.getByRole('button', { name: 'Import 2 users' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download passwords as CSV' }).click();
  const saved = await readFile(await (await saving).path(), 'utf8');
  const [, made = '', password = ''] = /"?(@import-1:[^",]+)"?,"?([^",]+)"?/.exec(saved) ?? [];
  await signIn(synapse, made, password);
  expect(await userOf(synapse, known)).toMatchObject({ displayname: 'Known By File', admin: false });
  expect(await userOf(synapse, made)).toMatchObject({ displayname: 'One' });
});
