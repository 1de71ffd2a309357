import type { Page } from '@playwright/test';
import { ask } from './client.ts';
import { appUrl, expect, test } from './fixtures.ts';
import { startOidcProvider } from './oidc-provider.ts';
import type { RealSynapse } from './server.ts';

/** Sessions that Glia makes itself, at a real Synapse: by a password and by single sign-on, from the first click to a dead token. */

const whoami = (synapse: RealSynapse, token: string) =>
  ask(synapse.baseUrl, '/_matrix/client/v3/account/whoami', { token });

/** The token that Synapse hands out next. */
async function handedOut(page: Page): Promise<string> {
  const answer = await page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().endsWith('/_matrix/client/v3/login'),
  );
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function offer(page: Page, synapse: RealSynapse): Promise<void> {
  await page.getByLabel('Homeserver URL').fill(synapse.baseUrl);
  await page.getByLabel('Homeserver URL').blur();
}

/** Signed in as the admin, with a session of its own that is named after the browser; after signing out nobody can use it any more. */
async function seeItsSessionEnd(page: Page, synapse: RealSynapse, token: string): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  const { body } = await whoami(synapse, token);
  const { user_id: userId, device_id: deviceId } = body as { user_id: string; device_id: string };
  expect(userId).toBe(synapse.adminId);
  expect(token).not.toBe(synapse.adminToken);
  const device = await ask(synapse.baseUrl, `/_matrix/client/v3/devices/${deviceId}`, { token });
  expect(device.body).toMatchObject({ display_name: 'Glia (Chrome on Linux)' });

  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByLabel('Homeserver URL')).toBeVisible();
  expect(await whoami(synapse, token)).toMatchObject({ status: 401, body: { errcode: 'M_UNKNOWN_TOKEN' } });
  // No other session of the account was touched.
  expect((await whoami(synapse, synapse.adminToken)).status).toBe(200);
}

test('an admin signs in with a password, and signing out leaves a dead token', async ({ page, synapse }) => {
  test.skip(synapse.adminPassword === '', 'SYNAPSE_ADMIN_PASSWORD is not set');
  await offer(page, synapse);
  const form = page.getByRole('form', { name: 'Sign in with a password' });
  await form.getByLabel('User name').fill(synapse.adminId);
  await form.getByRole('textbox', { name: 'Password' }).fill('not the password');
  await form.getByRole('button', { name: 'Continue with this password' }).click();
  await expect(form).toContainText('Invalid username or password');
  await form.getByRole('textbox', { name: 'Password' }).fill(synapse.adminPassword);
  const token = handedOut(page);
  await form.getByRole('button', { name: 'Continue with this password' }).click();
  await seeItsSessionEnd(page, synapse, await token);
});

test('an admin signs in through the identity provider, and signing out leaves a dead token', async ({
  page,
  synapse,
  manners,
}) => {
  const { own } = synapse;
  test.skip(own === undefined, 'only a Synapse of ours can be given an identity provider');
  const provider = await startOidcProvider('admin');
  // Synapse itself puts the token into the address, and the browser visits the provider.
  manners.expected.push(/^token in a URL: .*loginToken=/, new RegExp(`^third party: ${provider.issuer}`));
  try {
    if (own) own.sso = { ...provider, whitelist: [appUrl().replace(/#.*/, '')] };
    await own?.restart();
    await offer(page, synapse);
    const ways = page.getByRole('group', { name: 'Single sign-on' });
    const token = handedOut(page);
    await ways.getByRole('button', { name: 'Continue with Our identity provider' }).click();
    const obtained = await token;
    expect(new URL(page.url()).search).toBe('');
    // The keys to check its signature by are read when Synapse starts, or then.
    expect(new Set(provider.asked)).toEqual(
      new Set(['/.well-known/openid-configuration', '/jwks', '/authorize', '/token']),
    );
    await seeItsSessionEnd(page, synapse, obtained);
  } finally {
    await provider.close();
  }
});
