import { ask } from './client.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';

test('an admin signs in to a real Synapse from another origin', async ({ page, synapse }) => {
  await signInAsAdmin(page, synapse);
  // Which homeserver, version and account one acts as, on every page.
  const { body } = await ask(synapse.baseUrl, '/_synapse/admin/v1/server_version');
  const { server_version: version } = body as { server_version: string };
  await expect(page.getByText(version.split(' ')[0] ?? version).first()).toBeVisible();
  await expect(page.getByText(synapse.adminId).first()).toBeVisible();
});

test('someone who is no admin is told so, and is not let in', async ({ page, synapse, world }) => {
  await page.getByLabel('Homeserver URL').fill(synapse.baseUrl);
  await page.getByLabel('Access token').fill(world.userToken);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(/not a server admin/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
});

test('a token that the server does not know is told with its own reason', async ({ page, synapse }) => {
  await page.getByLabel('Homeserver URL').fill(synapse.baseUrl);
  await page.getByLabel('Access token').fill('syt_nobody_knows_this');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Invalid access token passed').first()).toBeVisible();
});

test('signing out leaves the pasted token alive', async ({ page, synapse }) => {
  await signInAsAdmin(page, synapse);
  const route = '/_matrix/client/v3/account/whoami';
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByLabel('Access token')).toBeVisible();
  expect((await ask(synapse.baseUrl, route, { token: synapse.adminToken })).status).toBe(200);
});
