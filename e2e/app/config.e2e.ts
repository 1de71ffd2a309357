import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** As if this file lay beside the page. */
async function configure(page: Page, source: string): Promise<void> {
  await page.route('**/config.json', (route) => route.fulfill({ contentType: 'application/json', body: source }));
}

test('a config.json that can’t be used stops Glia, and names the key', async ({ page }) => {
  await configure(page, '{"menu": [{"label": "Help", "url": "javascript:alert(1)"}]}');
  await page.goto(appUrl());
  await expect(page.getByRole('heading', { name: 'Glia is not configured correctly' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('“menu[0].url”: not an https or http URL');
  await expect(page.getByLabel('Access token')).toHaveCount(0);
});

test('a config.json that can’t be read is not taken for none', async ({ page }) => {
  await page.route('**/config.json', (route) => route.fulfill({ status: 500, body: 'no' }));
  await page.goto(appUrl());
  await expect(page.getByRole('alert')).toContainText('config.json could not be read: HTTP 500');
});

test('with one homeserver allowed, its URL is filled in and can’t be changed', async ({ page }) => {
  await configure(page, '{"restrictBaseUrl": "https://matrix.example.org"}');
  await page.goto(appUrl());
  await expect(page.getByLabel('Homeserver URL')).toHaveValue('https://matrix.example.org');
  await expect(page.getByLabel('Homeserver URL')).not.toBeEditable();
  await expect(page.getByRole('textbox', { name: 'Access token' })).toBeFocused();
});

test('with several allowed, no other one is asked anything', async ({ page, homeserverUrl, model }) => {
  await configure(page, '{"restrictBaseUrl": ["https://a.example", "https://b.example"]}');
  await page.goto(appUrl());
  await page.getByLabel('Homeserver URL').fill(homeserverUrl);
  await page.getByRole('textbox', { name: 'Access token' }).fill('syt_x');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText(/This Glia is for .*a\.example, .*b\.example.* only\./)).toBeVisible();
  expect(model.log.entries).toEqual([]);
});

test('where config.json says read-only, no page offers a change, and nobody can switch it', async ({
  page,
  homeserverUrl,
  model,
}) => {
  await configure(page, '{"readOnly": true}');
  await signIn(page, homeserverUrl, model.adminToken, paths.notices());
  const why = /“readOnly” in its config\.json/;
  await page.getByLabel('Text of the notice').fill('Hello');
  for (const [path, name] of [
    [paths.notices(), 'Send a test to yourself'],
    [paths.registrationTokens(), 'Create tokens…'],
  ] as const) {
    await page.goto(appUrl(path));
    const button = page.getByRole('button', { name });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAccessibleDescription(why);
  }
  await page.goto(appUrl(paths.bulk('user.lock')));
  await expect(page.getByText(why)).toBeVisible();
  await page.getByRole('button', { name: 'Read-only mode' }).click({ force: true });
  await expect(page.getByText(why)).toBeVisible();
  expect(model.log.writes()).toEqual([]);
});

test('links of config.json stand below the screens', async ({ page }) => {
  await configure(page, '{"menu": [{"label": "Our handbook", "url": "https://handbook.example/"}]}');
  await page.goto(appUrl());
  await page.getByRole('button', { name: 'Try the demo homeserver' }).click();
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Our handbook' });
  await expect(link).toHaveAttribute('href', 'https://handbook.example/');
  await expect(link).toHaveAttribute('rel', 'noreferrer');
});
