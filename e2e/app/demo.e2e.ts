import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { agreeAtMas } from '../mas-demo.ts';
import { fill, newTab, puts, seeAllDoneOnce, seeSome, begin, slowDown } from '../jobs/kept-runs.ts';
import { seeOver } from '../jobs/job-page.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The build as plain files below a path, as on a static host that knows nothing of Glia. @param more files beside it */
async function serveBelow(prefix: string, more: Record<string, string> = {}): Promise<{ url: string; close(): void }> {
  const dist = join(import.meta.dirname, '../../dist');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname === prefix ? 'index.html' : normalize(pathname.slice(prefix.length));
    if (!pathname.startsWith(prefix) || file.startsWith('..')) {
      response.writeHead(404).end();
      return;
    }
    const extra = more[file];
    if (extra !== undefined) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(extra);
      return;
    }
    readFile(join(dist, file)).then(
      (bytes) => response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function openDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the demo homeserver' }).click();
  await expect(page.getByRole('note')).toContainText('Demo homeserver');
}

test('the demo homeserver opens from the sign-in page, says that it is a demo, and is there after a reload', async ({
  page,
}) => {
  await page.goto(appUrl());
  await openDemo(page);
  await expect(page.getByText('10,000', { exact: true })).toBeVisible();
  await page.goto(appUrl('/rooms'));
  await expect(page.getByRole('table', { name: 'Rooms' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('note')).toContainText('Demo homeserver');
  await expect(page.getByRole('table', { name: 'Rooms' }).getByRole('row').nth(3)).toBeVisible();
});

/** Ticks the first `count` of what a pick dialog offers. */
async function pick(page: Page, what: 'rooms' | 'users', count: number): Promise<void> {
  await page.getByRole('button', { name: `Pick ${what}…` }).click();
  const dialog = page.getByRole('dialog', { name: `Pick ${what}` });
  for (let index = 0; index < count; index += 1) await dialog.getByRole('checkbox').nth(index).check();
  await dialog.getByRole('button', { name: `Add ${count} ${what}` }).click();
}

test('a job goes from choose to report in the demo, and a second plan finds nothing left to do', async ({ page }) => {
  await page.goto(appUrl());
  await openDemo(page);
  await page.goto(appUrl('/join-rooms/choose'));
  await pick(page, 'rooms', 3);
  await pick(page, 'users', 2);
  await page.getByRole('button', { name: 'Review' }).click();
  const verdicts = page.getByRole('group', { name: 'What happens' });
  await expect(page.getByText('6 items')).toBeVisible();
  // What the admin may not invite to by itself is part of the plan only when asked for.
  const makeAdmin = page.getByRole('checkbox', { name: /^Make me admin of/ });
  for (const box of await makeAdmin.all()) await box.check();
  await expect(verdicts).toContainText('0 can’t join');
  await page.getByRole('button', { name: /^Run \d+/ }).click();
  await seeOver(page);
  await expect(page.getByText('Finished', { exact: true })).toBeVisible();

  await page.goto(appUrl('/join-rooms/choose'));
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(verdicts).toContainText('6 already in');
});

test('the build works below any path, the demo too', async ({ page, manners }) => {
  const served = await serveBelow('/a/deeper/path/');
  manners.expected.push(new RegExp(`^third party: ${served.url}`));
  try {
    await page.goto(served.url);
    await openDemo(page);
    await expect(page.getByText('10,000', { exact: true })).toBeVisible();
  } finally {
    served.close();
  }
});

test('a wizard’s address without a step leads to its first step', async ({ page }) => {
  await page.goto(appUrl('/external-ids'));
  await openDemo(page);
  await expect(page.getByRole('heading', { name: 'Choose' })).toBeVisible();
  await expect(page).toHaveURL(/external-ids\/choose$/);
});

/** As the one that earlier versions of Glia registered: takes every page at once, and sees every request. */
const OLD_WORKER = `
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { url } = event.request;
  event.waitUntil(caches.open('seen').then((seen) => seen.put('/seen?' + encodeURIComponent(url), new Response(url))));
});`;

const seenByWorker = (page: Page) =>
  page.evaluate(async () => (await (await caches.open('seen')).keys()).map(({ url }) => decodeURIComponent(url)));
const workers = (page: Page) =>
  page.evaluate(async () => ({
    registered: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname),
    controls: navigator.serviceWorker.controller !== null,
  }));

test('a service worker of an earlier version is gone before a token is sent; other apps keep theirs', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  const served = await serveBelow('/glia/', { 'mockServiceWorker.js': OLD_WORKER, 'other/worker.js': OLD_WORKER });
  manners.expected.push(new RegExp(`^third party: ${served.url}`));
  try {
    await page.goto(served.url);
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('other/worker.js');
      await navigator.serviceWorker.register('mockServiceWorker.js');
      await navigator.serviceWorker.ready;
    });
    await page.reload();
    await expect(page.getByLabel('Access token')).toBeVisible();
    await expect.poll(() => workers(page)).toEqual({ registered: ['/glia/other/'], controls: false });
    await page.getByLabel('Homeserver URL').fill(homeserverUrl);
    await page.getByLabel('Access token').fill(model.adminToken);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('banner')).toContainText(model.adminId);
    await page.reload();
    await expect(page.getByRole('banner')).toContainText(model.adminId);
    const seen = await seenByWorker(page);
    // It did see the page that it controlled.
    expect(seen.some((url) => url.includes(served.url))).toBe(true);
    expect(seen.filter((url) => url.includes(homeserverUrl))).toEqual([]);
  } finally {
    served.close();
  }
});

test('a demo in a second tab leaves the first tab’s real job alone, and after the demo real requests are real', async ({
  page,
  context,
  model,
  homeserverUrl,
}) => {
  fill(model, 200);
  await signIn(page, homeserverUrl, model.adminToken);
  slowDown(model);
  await begin(page, 200);
  await seeSome(model, 2);
  const second = await newTab(context, appUrl());
  await openDemo(second);
  await expect(second.getByText('10,000', { exact: true })).toBeVisible();
  expect(await workers(second)).toEqual({ registered: [], controls: false });
  const before = puts(model).length;
  await seeSome(model, before + 2);
  model.faults.clear();
  await seeOver(page);
  seeAllDoneOnce(model, 200);

  await second.getByRole('button', { name: 'Account', exact: true }).click();
  await second.getByRole('menuitem', { name: 'Sign out…' }).click();
  await second.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await signIn(second, homeserverUrl, model.adminToken, paths.users());
  await expect(second.getByRole('banner')).toContainText(model.adminId);
  await expect(second.getByText('member000').first()).toBeVisible();
  // Signed out of the demo, not of the real homeserver.
  await expect(page.getByRole('banner')).toContainText(model.adminId);
});

test('a demo that can’t be loaded again says so, and leads out', async ({ page, manners }) => {
  manners.expected.push(/Failed to fetch dynamically imported module/);
  await page.goto(appUrl());
  await openDemo(page);
  await page.route(/assets\/demo-/, (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'The demo could not be opened' })).toBeVisible();
  await page.getByRole('button', { name: 'Leave the demo' }).click();
  await expect(page.getByLabel('Access token')).toBeVisible();
  await page.unroute(/assets\/demo-/);
  await page.reload();
  await openDemo(page);
});

test('while the console is loading, and where it can’t be, the page says so: no empty window', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  manners.expected.push(/Failed to fetch dynamically imported module/);
  const opening = page.getByText('Opening Glia…');
  await page.route(/assets\/Console-.*js$/, async (route) => {
    await expect(opening).toBeVisible();
    await route.fulfill({ status: 404 });
  });
  await page.goto(appUrl());
  await page.getByLabel('Homeserver URL').fill(homeserverUrl);
  await page.getByLabel('Access token').fill(model.adminToken);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Glia could not be loaded' })).toBeVisible();
  await page.unroute(/assets\/Console-.*js$/);
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(page.getByRole('banner')).toContainText(model.adminId);
});

test('the demo is what its address asks for', async ({ page }) => {
  await page.goto(appUrl().replace('#', '?mas=true&latency=5#').replace('#/', '#/?version=1.130.0'));
  await agreeAtMas(page);
  // What an old Synapse lacks is said first.
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page.getByRole('note')).toContainText('Demo homeserver');
  await expect(page.getByRole('banner')).toContainText('Synapse 1.130.0');
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out…' }).click();
  await expect(page.getByLabel('Also end this session on the homeserver')).toBeChecked();
});
