import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium, expect as patient, type Browser, type Page } from '@playwright/test';
import { preview } from 'vite';
import { paths } from '../src/lib/paths.ts';
import { chromiumArgs, chromiumPath } from './chromium.ts';

/**
 * `npm run pictures`: the pictures of the README, of the demo homeserver, light and dark. The clock is set, so that the made-up world
 * and the times in it are the same each time. Text is drawn by this machine's fonts: a picture changes a little from one to another.
 */

const expect = patient.configure({ timeout: 60_000 });
const FOLDER = '.github/pictures';
const LARGEST = 150_000;
const NOW = new Date('2026-11-26T10:00:00Z');

interface Scene {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  open(page: Page): Promise<void>;
}

async function go(page: Page, path: string, heading: string | RegExp): Promise<void> {
  // Inside the page: another load would sign the demo in anew.
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, path);
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  // Nothing lies under the pointer.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
}

const WIDE = { width: 1366, height: 820 };

async function searchUsers(page: Page, words: string): Promise<void> {
  await go(page, paths.users(), 'Users');
  await page.getByLabel('Search', { exact: true }).fill(words);
  await expect(page.getByRole('row').nth(1)).toContainText(words, { ignoreCase: true });
  await settled(page);
}

/** Some of those that a search finds, as they are pasted for a change of many. */
async function planOfMany(page: Page): Promise<void> {
  await searchUsers(page, 'marie');
  const text = await page.getByRole('table').innerText();
  const ids = [...new Set(text.match(/@[\w.=/-]+:demo\.example/g))].slice(0, 24);
  await go(page, paths.bulk('user.suspend'), /^Suspend/);
  await page.getByRole('textbox', { name: 'Users' }).fill(ids.join('\n'));
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: 'Include all items shown' })).toBeVisible();
  await settled(page);
}

async function planOfPlaybook(page: Page): Promise<void> {
  await go(page, paths.spamWave(), /spam/i);
  await page.getByLabel('Name contains').fill('marie.h');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('table', { name: 'What would happen to each account' })).toBeVisible();
  await settled(page);
}

const SCENES: readonly Scene[] = [
  { name: 'home', ...WIDE, open: (page) => go(page, paths.home(), /demo/) },
  { name: 'users', ...WIDE, open: (page) => searchUsers(page, 'mar') },
  { name: 'users-phone', width: 390, height: 780, open: (page) => searchUsers(page, 'mar') },
  { name: 'plan', ...WIDE, open: planOfMany },
  {
    name: 'report',
    ...WIDE,
    async open(page) {
      await planOfMany(page);
      await page.getByRole('button', { name: /^Suspend \d+ users/ }).click();
      await expect(page.getByText('Finished', { exact: true }).first()).toBeVisible();
      await settled(page);
    },
  },
  { name: 'playbook', ...WIDE, open: planOfPlaybook },
  {
    name: 'console',
    ...WIDE,
    async open(page) {
      await go(page, paths.console(), /console/i);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await settled(page);
    },
  },
];

/** As a smaller file: the browser itself can write WebP. */
async function asWebp(page: Page, png: Buffer): Promise<Buffer> {
  const url = await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.86);
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

async function take(browser: Browser, address: string, scene: Scene, colorScheme: 'light' | 'dark'): Promise<void> {
  const { name, width, height } = scene;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.clock.install({ time: NOW });
  await page.goto(address);
  await page.getByRole('button', { name: 'Try the demo homeserver' }).click();
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  await scene.open(page);
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const blank = await context.newPage();
  const bytes = await asWebp(blank, png);
  const file = `${FOLDER}/${name}-${colorScheme}.webp`;
  if (bytes.length > LARGEST) throw new Error(`${file} has ${bytes.length} bytes, and may have ${LARGEST}.`);
  writeFileSync(file, bytes);
  console.log(`${String(bytes.length).padStart(7)} B  ${file}`);
  await context.close();
}

const only = process.argv[2];
mkdirSync(FOLDER, { recursive: true });
const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 41731, strictPort: false } });
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs] });
try {
  const address = server.resolvedUrls?.local[0] ?? '';
  for (const scene of SCENES.filter(({ name }) => only === undefined || name === only))
    for (const scheme of ['light', 'dark'] as const) await take(browser, address, scene, scheme);
} finally {
  await browser.close();
  await server.close();
}
