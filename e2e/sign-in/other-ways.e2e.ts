import type { Page } from '@playwright/test';
import { addUser } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { appUrl, expect, test } from '../fixtures.ts';

async function offer(page: Page, homeserverUrl: string): Promise<void> {
  await page.goto(appUrl());
  await page.getByLabel('Homeserver URL').fill(homeserverUrl);
  await page.getByLabel('Homeserver URL').blur();
}

const deviceNames = (user: { devices: readonly { display_name: string | null }[] }) =>
  user.devices.map(({ display_name }) => display_name);

test('an admin signs in with a password, and signing out ends that session', async ({ page, homeserverUrl, model }) => {
  const root = addUser(model, { localpart: 'root', admin: true, password: 'secret' });
  await offer(page, homeserverUrl);
  const form = page.getByRole('form', { name: 'Sign in with a password' });
  await form.getByLabel('User name').fill('root');
  await form.getByRole('textbox', { name: 'Password' }).fill('wrong');
  await form.getByRole('button', { name: 'Continue with this password' }).click();
  await expect(form).toContainText('Invalid username or password');
  await form.getByRole('textbox', { name: 'Password' }).fill('secret');
  await form.getByRole('button', { name: 'Continue with this password' }).click();
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  expect(deviceNames(root)).toEqual(['Glia (Chrome on Linux)']);
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign out' });
  await expect(dialog.getByRole('checkbox', { name: 'Also end this session on the homeserver' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Homeserver URL')).toBeVisible();
  expect(root.devices).toEqual([]);
});

test('who is no admin is told so, and no session is left behind', async ({ page, homeserverUrl, model }) => {
  const anna = addUser(model, { localpart: 'anna', password: 'secret' });
  await offer(page, homeserverUrl);
  const form = page.getByRole('form', { name: 'Sign in with a password' });
  await form.getByLabel('User name').fill('anna');
  await form.getByRole('textbox', { name: 'Password' }).fill('secret');
  await form.getByRole('button', { name: 'Continue with this password' }).click();
  await expect(page.getByRole('heading', { name: 'Sign-in failed' })).toBeVisible();
  await expect.poll(() => anna.devices).toEqual([]);
});

test('single sign-on leads to the homeserver and back, and its token leaves the address before it is sent', async ({
  page,
  homeserverUrl,
  model,
  manners,
}) => {
  // The homeserver itself puts it there (Matrix specification, “Client login via SSO”).
  manners.expected.push(/^token in a URL: .*loginToken=/);
  const root = addUser(model, { localpart: 'root', admin: true });
  model.state.config.identity_providers = [{ id: 'oidc-google', name: 'Google' }];
  model.state.config.sso_user = root.name;
  await offer(page, homeserverUrl);
  await page
    .getByRole('group', { name: 'Single sign-on' })
    .getByRole('button', { name: 'Continue with Google' })
    .click();
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
  expect(deviceNames(root)).toEqual(['Glia (Chrome on Linux)']);
  const login = model.log.entries.find(({ method, path }) => method === 'POST' && path.endsWith('/login'));
  expect(login).toBeDefined();
});

/** The homeserver ends all sessions, and the page notices. */
async function expire(page: Page, model: MockHomeserver) {
  model.state.tokens.clear();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Rooms', exact: true }).click();
  const again = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(again).toBeVisible();
  return again;
}

test('a session made with a password is renewed with it, over the page as it stands', async ({
  page,
  homeserverUrl,
  model,
}) => {
  addUser(model, { localpart: 'root', admin: true, password: 'secret' });
  await offer(page, homeserverUrl);
  const form = page.getByRole('form', { name: 'Sign in with a password' });
  await form.getByLabel('User name').fill('root');
  await form.getByRole('textbox', { name: 'Password' }).fill('secret');
  await form.getByRole('button', { name: 'Continue with this password' }).click();
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  const again = await expire(page, model);
  await expect(again.getByLabel('User name')).toHaveValue('@root:demo.example');
  await expect(again.getByLabel('User name')).not.toBeEditable();
  await seeNoAxeViolation(page, 'signing in again with a password');
  await again.getByRole('textbox', { name: 'Password' }).fill('secret');
  await again.getByRole('button', { name: 'Continue with this password' }).click();
  await expect(again).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
});

test('a session made by single sign-on is renewed by it, on the page where one was', async ({
  page,
  homeserverUrl,
  model,
  manners,
}) => {
  manners.expected.push(/^token in a URL: .*loginToken=/);
  const root = addUser(model, { localpart: 'root', admin: true });
  model.state.config.identity_providers = [{ id: 'oidc-google', name: 'Google' }];
  model.state.config.sso_user = root.name;
  await offer(page, homeserverUrl);
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  const again = await expire(page, model);
  await expect(again).toContainText('This takes you to another site and back to this page.');
  await again.getByRole('button', { name: 'Continue with Google' }).click();
  await expect(again).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
});

test('an answer of single sign-on that this tab did not ask for is ignored', async ({ page, model, manners }) => {
  manners.expected.push(/^token in a URL: .*loginToken=/);
  await page.goto(appUrl().replace('#', '?sso=made-up&loginToken=of-somebody-else#'));
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
  expect(model.log.entries).toEqual([]);
});

const mas = test.extend({
  // Playwright asks for a destructured first argument, even an empty one.
  // oxlint-disable-next-line no-empty-pattern
  model: async ({}, use) => use(new MockHomeserver({ mas: true })),
});

mas('behind MAS neither is offered, with the reason', async ({ page, homeserverUrl }) => {
  await offer(page, homeserverUrl);
  await expect(page.getByRole('button', { name: 'Continue with MAS' })).toBeVisible();
  await expect(page.getByText('Matrix Authentication Service (MAS) manages the accounts')).toBeVisible();
  await expect(page.getByRole('form', { name: 'Sign in with a password' })).toHaveCount(0);
});
