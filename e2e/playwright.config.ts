import { defineConfig } from '@playwright/test';
import { chromiumArgs, chromiumPath } from './chromium.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  globalSetup: './global-setup.ts',
  outputDir: '../test-results/e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // In CI a failed test is tried again: one that passes then counts, and `tally.ts` prints its name as flaky. Locally it fails.
  retries: process.env.CI ? 2 : 0,
  // For what hangs. How fast it is, is the benchmark's to say: a slow machine fails nothing here.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['line'], ['json', { outputFile: '../.cache/results/e2e.json' }]],
  use: {
    launchOptions: { executablePath: chromiumPath(), args: [...chromiumArgs] },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
