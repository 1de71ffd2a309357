import { test as base, expect, type Page } from '@playwright/test';
import { MockHomeserver } from '../src/mocks/homeserver.ts';
import { serveModel, type ServedModel } from './model-server.ts';

interface Fixtures {
  /** The homeserver of this test: an empty world with one admin. Fill it with src/mocks/build.ts or world.ts. */
  model: MockHomeserver;
  /** The model behind real HTTP: to take it away and bring it back. */
  served: ServedModel;
  /** Where the model is served, over real HTTP and another origin than the app. */
  homeserverUrl: string;
  /** What no page may do; looked at when each test ends. */
  manners: Manners;
}

interface Manners {
  /** Patterns of console errors that this test provokes on purpose. */
  expected: RegExp[];
}

export const appUrl = (hash = '/'): string => `${process.env.GLIA_URL ?? 'http://127.0.0.1:4173/'}#${hash}`;

export const test = base.extend<Fixtures>({
  // Playwright asks for a destructured first argument, even an empty one.
  // oxlint-disable-next-line no-empty-pattern
  model: async ({}, use) => use(new MockHomeserver()),
  served: async ({ model }, use) => {
    const served = await serveModel(model);
    await use(served);
    await served.close();
  },
  homeserverUrl: async ({ served }, use) => use(served.url),
  manners: [
    async ({ page, homeserverUrl }, use) => {
      const faults: string[] = [];
      // The browser itself reports each refused answer; that is the model's word, not a fault of the page.
      const expected: RegExp[] = [/^Failed to load resource/];
      // The demo homeserver answers inside the page: a request to it that is seen here has left it.
      const origins = new Set([new URL(appUrl()).origin, new URL(homeserverUrl).origin]);
      page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(`console: ${message.text()}`);
      });
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && !origins.has(url.origin)) faults.push(`third party: ${request.url()}`);
        if (/token|syt_/i.test(url.search + url.hash)) faults.push(`token in a URL: ${request.url()}`);
      });
      await use({ expected });
      expect(
        faults.filter((fault) => !expected.some((pattern) => pattern.test(fault.replace(/^console: /, '')))),
      ).toEqual([]);
    },
    { auto: true },
  ],
});

/** Signs in as a person does. */
export async function signIn(page: Page, homeserverUrl: string, token: string, hash = '/'): Promise<void> {
  await sendSignIn(page, homeserverUrl, token, hash);
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
}

async function sendSignIn(page: Page, homeserverUrl: string, token: string, hash: string): Promise<void> {
  await page.goto(appUrl(hash));
  await page.getByLabel('Homeserver URL').fill(homeserverUrl);
  await page.getByLabel('Access token').fill(token);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The same on an old Synapse: what does not work there is said first. */
export async function signInToOld(page: Page, homeserverUrl: string, token: string, hash = '/'): Promise<void> {
  await sendSignIn(page, homeserverUrl, token, hash);
  await expect(page.getByRole('list', { name: 'Checks' })).toContainText('These don’t work with Synapse');
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
}

export { expect };
