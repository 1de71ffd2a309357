import { spawnSync } from 'node:child_process';
import { chromiumPath, chromiumVersion } from '../chromium.ts';
import { debianPackages } from './debian-packages.ts';
import { makeRelease } from './release.ts';

/** `npm run test:deploy [-- playwright's arguments]`: makes the release, and opens it through each web server of `.deploy`. */
const executable = chromiumPath();
console.log(`The release, in ${chromiumVersion(executable)}`);
await debianPackages();
makeRelease();
const tests = spawnSync(
  'playwright',
  ['test', '--config', 'e2e/deploy/playwright.config.ts', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM: executable },
  },
);
process.exit(tests.status ?? 1);
