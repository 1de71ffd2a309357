import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../chromium.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { paths } from '../../src/lib/paths.ts';

/** What the browser brings back when somebody presses Back. Playwright turns that off unless told. */
test.use({
  launchOptions: {
    executablePath: chromiumPath(),
    args: [...chromiumArgs],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

/** Some other site. */
async function serveSite(): Promise<{ url: string; close(): void }> {
  const server = createServer((_incoming, outgoing) => {
    outgoing.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Another site</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}

/** Notes what the page that is open now shows at the moment when the browser brings it back. */
const watchReturn = (page: Page) =>
  page.evaluate(() =>
    window.addEventListener('pageshow', ({ persisted }) => {
      const isVisible = document.body.checkVisibility();
      sessionStorage.setItem('returned', JSON.stringify({ persisted, isVisible }));
    }),
  );
const returned = (page: Page) =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('returned') ?? 'null') as unknown);
/** `page.goBack` waits for a load, which a page from the cache has not. */
const goBack = (page: Page) => page.evaluate(() => history.back());

test('after a sign-out, Back brings no page of before: it is not seen, sends nothing and asks for the token', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  const site = await serveSite();
  manners.expected.push(new RegExp(`third party: ${site.url}`));
  await signIn(page, homeserverUrl, model.adminToken, paths.user(model.adminId));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await watchReturn(page);
  await page.goto(site.url);
  await page.goto(appUrl());
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Access token')).toBeVisible();
  const asked = model.log.entries.length;

  await goBack(page);
  await expect(page.getByRole('heading', { name: 'Another site' })).toBeVisible();
  await goBack(page);
  await expect(page.getByLabel('Access token')).toBeVisible();
  // Some browsers give up a kept page that another tab sends a word: then it is loaded anew.
  expect([null, { persisted: true, isVisible: false }]).toContainEqual(await returned(page));
  await expect(page.getByText(model.adminId)).toHaveCount(0);
  expect(model.log.entries.slice(asked).filter(({ who }) => who !== null)).toEqual([]);
  site.close();
});

test('a token in memory only does not outlive the page: Back asks for it', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  const site = await serveSite();
  manners.expected.push(new RegExp(`third party: ${site.url}`));
  await page.goto(appUrl());
  await page.getByLabel('Forget the token when the page reloads').check();
  await page.getByLabel('Homeserver URL').fill(homeserverUrl);
  await page.getByLabel('Access token').fill(model.adminToken);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  await watchReturn(page);
  await page.goto(site.url);
  const asked = model.log.entries.length;
  await goBack(page);
  await expect(page.getByLabel('Access token')).toBeVisible();
  expect(await returned(page)).toEqual({ persisted: true, isVisible: false });
  expect(model.log.entries.slice(asked)).toEqual([]);
  site.close();
});

test('without a sign-out, Back comes back signed in, as a reload does', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  const site = await serveSite();
  manners.expected.push(new RegExp(`third party: ${site.url}`));
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible();
  await page.goto(site.url);
  await goBack(page);
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible();
  site.close();
});
