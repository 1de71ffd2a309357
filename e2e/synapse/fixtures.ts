import { test as base, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { lostOn } from '../../src/api/since.ts';
import { appUrl } from '../fixtures.ts';
import { startFilled, startNoted } from './filled.ts';
import type { Filled } from './filled.ts';
import type { RealSynapse } from './server.ts';
import type { World } from './world.ts';

interface TestFixtures {
  /** A real Synapse on another origin than the app, in the state right after filling. */
  synapse: RealSynapse;
  /** What it holds. */
  world: World;
  /** Looks over the page's shoulder: no uncaught error, no third party. */
  manners: Manners;
}

interface Manners {
  /** What this test provokes on purpose. */
  expected: RegExp[];
}

interface WorkerFixtures {
  filled: Filled;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  filled: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright asks for a destructured first argument.
    async ({}, use) => {
      const noted = process.env.SYNAPSE_NOTE;
      const filled = noted ? await startNoted(noted) : await startFilled();
      await use(filled);
      await filled.synapse.stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  synapse: async ({ filled }, use) => {
    if (filled.synapse.own && filled.saved) await filled.synapse.own.restore(filled.saved.folder);
    await use(filled.synapse);
  },
  world: async ({ filled }, use) => use(filled.world),
  /** The app, signed out. */
  page: async ({ page }, use) => {
    await page.goto(appUrl());
    await use(page);
  },
  manners: [
    async ({ page, synapse }, use) => {
      const faults: string[] = [];
      const expected: RegExp[] = [];
      const origins = new Set([new URL(appUrl()).origin, new URL(synapse.baseUrl).origin]);
      page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && !origins.has(url.origin)) faults.push(`third party: ${request.url()}`);
        if (/token|syt_/i.test(url.search + url.hash)) faults.push(`token in a URL: ${request.url()}`);
      });
      await use({ expected });
      expect(faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)))).toEqual([]);
    },
    { auto: true },
  ],
});

/** Signs in as the admin, at a place of the app such as `paths.joinRooms()`. */
export async function signInAsAdmin(page: Page, synapse: RealSynapse, hash = '/'): Promise<void> {
  await page.goto(appUrl(hash));
  await page.getByLabel('Homeserver URL').fill(synapse.baseUrl);
  await page.getByLabel('Access token').fill(synapse.adminToken);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  // An old Synapse: what does not work on it is said first.
  if (lostOn(synapse.version).length > 0) await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

export { appUrl, expect };
