import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Page } from '@playwright/test';
import { appUrl, expect, test } from './fixtures.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The build as plain files below a path, as on a static host that knows nothing of Glia. */
async function serveBelow(prefix: string): Promise<{ url: string; close(): void }> {
  const dist = join(import.meta.dirname, '../dist');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname === prefix ? 'index.html' : normalize(pathname.slice(prefix.length));
    if (!pathname.startsWith(prefix) || file.startsWith('..')) {
      response.writeHead(404).end();
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
  await page.getByRole('button', { name: 'Make the plan' }).click();
  const verdicts = page.getByRole('group', { name: 'Verdict' });
  await expect(page.getByText('6 rows')).toBeVisible();
  // What the admin may not invite to by itself is part of the plan only when asked for.
  const makeAdmin = page.getByRole('checkbox', { name: /^Make me admin of/ });
  for (const box of await makeAdmin.all()) await box.check();
  await expect(verdicts).toContainText('0 can’t join');
  await page.getByRole('link', { name: 'Look once more' }).click();
  await page.getByRole('button', { name: /^Run \d+/ }).click();
  await page.getByRole('link', { name: 'See the report' }).click();
  await expect(page.getByText('Finished', { exact: true })).toBeVisible();

  await page.goto(appUrl('/join-rooms/choose'));
  await page.getByRole('button', { name: 'Make the plan' }).click();
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
