import { defineConfig } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../chromium.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.synapse.ts',
  globalSetup: '../global-setup.ts',
  outputDir: '../../test-results/synapse',
  // One Synapse, put back before each test: the tests take turns.
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  // As in the other suite: see e2e/playwright.config.ts.
  retries: process.env.CI ? 2 : 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['line'], ['json', { outputFile: '../../.cache/results/synapse-e2e.json' }]],
  use: {
    launchOptions: { executablePath: chromiumPath(), args: [...chromiumArgs] },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
