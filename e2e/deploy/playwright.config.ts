import { defineConfig } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../chromium.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.deploy.ts',
  outputDir: '../../test-results/deploy',
  // One release, and a server for each file of tests.
  workers: 1,
  forbidOnly: true,
  // As in the other suites: see e2e/playwright.config.ts.
  retries: process.env.CI ? 2 : 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['line'], ['json', { outputFile: '../../.cache/results/deploy.json' }]],
  use: {
    launchOptions: { executablePath: chromiumPath(), args: [...chromiumArgs] },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
