import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Finds a real Chromium, or gets one: an installed one, else Playwright's, else Debian's when apt may be used. */

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * What Chromium loads into each window beside the page: the drop-down of its address bar is two pages with a process of their
 * own, for each test, and no test sees them.
 */
const ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** What Playwright turns off itself: of several such lists Chromium reads the last one only, which is ours. */
const TURNED_OFF_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** Quiet on the network: a browser that is tested makes no request of its own. Root has no sandbox to give. */
export const chromiumArgs: readonly string[] = [
  `--disable-features=${[...TURNED_OFF_BY_PLAYWRIGHT, ...ADDRESS_BAR].join(',')}`,
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

function onPath(name: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

function installed(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM names ${named}, and there is no such file.`);
    return named;
  }
  for (const name of NAMES) {
    const found = onPath(name);
    if (found) return found;
  }
  if (existsSync(MAC)) return MAC;
  const playwrights = chromium.executablePath();
  return existsSync(playwrights) ? playwrights : undefined;
}

function attempt(command: string, args: readonly string[]): boolean {
  console.log(`No Chromium found; trying: ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** @returns the path of a Chromium. @throws an Error that says what to do when none can be had. */
export function chromiumPath(): string {
  const first = installed();
  if (first) return first;
  attempt('npx', ['playwright', 'install', 'chromium']);
  const second = installed();
  if (second) return second;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    attempt('apt-get', ['update']);
    attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    const third = installed();
    if (third) return third;
  }
  throw new Error(
    'The end-to-end tests need a Chromium, and none could be had. Install one (Debian: apt-get install chromium; ' +
      'anywhere: npx playwright install chromium), or name one: CHROMIUM=/path/to/chromium npm test',
  );
}

/** Says which browser the tests run in. */
export function chromiumVersion(executable: string): string {
  return execFileSync(executable, ['--version', ...chromiumArgs], { encoding: 'utf8' }).trim();
}
