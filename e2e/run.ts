import { spawnSync } from 'node:child_process';
import { chromiumPath, chromiumVersion } from './chromium.ts';

/** `npm run e2e [-- playwright's arguments]`: builds, then drives the build in a real Chromium. */
const executable = chromiumPath();
console.log(`End-to-end tests in ${chromiumVersion(executable)}`);
const env = { ...process.env, CHROMIUM: executable };
const build = spawnSync('vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit', env });
if (build.status !== 0) process.exit(build.status ?? 1);
const tests = spawnSync('playwright', ['test', '--config', 'e2e/playwright.config.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env,
});
process.exit(tests.status ?? 1);
