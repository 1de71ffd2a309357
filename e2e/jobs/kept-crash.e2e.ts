import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { chromiumArgs, chromiumPath } from '../chromium.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { seeAllEnded } from './kept-runs.ts';
import { seeOver } from './job-page.ts';

/** The browser's processes are killed, all of them and at once: no handler runs, nothing is flushed. */

const USERS = 240;
const CRASHES = 20;

interface Running {
  page: Page;
  crash(): Promise<void>;
}

/** A browser of our own, with its data in this folder. */
async function launch(folder: string): Promise<Running> {
  const child: ChildProcess = spawn(
    chromiumPath(),
    [...chromiumArgs, '--headless', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'],
    // A process group of its own, so that every process of it can be killed at once.
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', () => reject(new Error(`Chromium ended: ${said}`)));
  });
  const browser: Browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  if (!context || child.pid === undefined) throw new Error('Chromium has no window.');
  const group = -child.pid;
  return {
    page: await context.newPage(),
    async crash() {
      const gone = once(child, 'exit');
      process.kill(group, 'SIGKILL');
      await gone;
      await browser.close().catch(() => undefined);
    },
  };
}

async function begin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Read their external ids' }).click();
  await page.getByRole('radio', { name: 'oidc-old' }).check();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByLabel(`Type ${USERS} to confirm`).fill(String(USERS));
  await page.getByRole('button', { name: 'Download a backup of these IDs' }).click();
  await page.getByRole('button', { name: /^Remove the IDs of/ }).click();
}

async function goOn(page: Page): Promise<void> {
  await page
    .getByRole('table', { name: 'Jobs' })
    .getByRole('link', { name: /^Remove the oidc-old IDs/ })
    .click();
  await page.getByRole('button', { name: 'Resume' }).click();
}

test(`promise 7: the browser is killed ${CRASHES} times in one job; every item is told truthfully, nothing is done twice`, async ({
  model,
  homeserverUrl,
}) => {
  test.setTimeout(300_000);
  const names = Array.from(
    { length: USERS },
    (_, index) =>
      addUser(model, {
        localpart: `member${String(index).padStart(3, '0')}`,
        external_ids: [{ auth_provider: 'oidc-old', external_id: `o${index}` }],
      }).name,
  );
  const puts = () => model.log.of('PUT', /\/v2\/users\/@member/).map(({ path }) => path);
  model.faults.next({ match: /v2\/users\/@member/, answer: 'slow', delayMs: 25, times: 1_000_000 });
  const folder = await mkdtemp(join(tmpdir(), 'glia-crash-'));
  let running = await launch(folder);
  try {
    await signIn(running.page, homeserverUrl, model.adminToken, paths.externalIds());
    await begin(running.page);
    for (let crash = 1; crash <= CRASHES; crash += 1) {
      // Some more are changed, then any moment is as good as another.
      const least = Math.min(puts().length + 1 + (crash % 7), USERS - 2 * (CRASHES - crash) - 2);
      await expect.poll(() => puts().length, { intervals: [20], timeout: 30_000 }).toBeGreaterThanOrEqual(least);
      await new Promise((resolve) => setTimeout(resolve, 13 * crash));
      await running.crash();
      running = await launch(folder);
      await signIn(running.page, homeserverUrl, model.adminToken, paths.jobs());
      const row = running.page.getByRole('row').filter({ hasText: 'Remove the oidc-old IDs' });
      await expect(row).toContainText('paused');
      await goOn(running.page);
    }
    model.faults.clear();
    await seeOver(running.page, 60_000);
    await seeAllEnded(running.page, USERS);
    // As the homeserver tells: every item is as its row says, and each was changed once.
    const held = names.filter((name) => (model.state.users.get(name)?.external_ids.length ?? 0) > 0);
    expect(held).toEqual([]);
    expect(puts().toSorted()).toEqual([...new Set(puts())].toSorted());
    expect(puts()).toHaveLength(USERS);
  } finally {
    await running.crash();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
});
