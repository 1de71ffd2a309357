import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect } from '../fixtures.ts';
import { letPass } from '../page-time.ts';
import { exportJson, isOver } from './job-page.ts';

/** Each wizard from its first field to the moment it runs; then to the end of its job, and its report as a file. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const field = (page: Page, name: string) => page.getByRole('textbox', { name });

/** Within the page: what was handed to it stays as it is. */
async function open(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
}

/** Up to the last click, which is handed back: from then on it runs. */
export async function planJoins(page: Page, rooms: readonly string[], users: readonly string[]) {
  await open(page, paths.joinRooms());
  await field(page, 'Rooms to join').fill(rooms.join('\n'));
  await field(page, 'Users who join').fill(users.join('\n'));
  await button(page, 'Review').click();
  const run = button(page, /^Run /);
  await expect(run).toBeVisible();
  return () => run.click();
}

export async function planDeletion(page: Page, files: number, method: 'exact' | 'sweep') {
  await open(page, paths.deleteMedia());
  if (method === 'sweep') await page.getByLabel('Let Synapse delete by date and size').check();
  await button(page, 'Review').click();
  await page.getByLabel(`Type ${files} to confirm`).fill(String(files));
  return () => button(page, `Delete ${counted(files, 'file')}`).click();
}

export async function planRemoval(page: Page, provider: string, users: number) {
  await open(page, paths.externalIds());
  await button(page, 'Read their external ids').click();
  await page.getByRole('radio', { name: provider }).check();
  await button(page, 'Review').click();
  await page.getByLabel(`Type ${users} to confirm`).fill(String(users));
  const downloading = page.waitForEvent('download');
  await button(page, 'Download a backup of these IDs').click();
  await downloading;
  return () => button(page, `Remove the IDs of ${counted(users, 'user')}`).click();
}

/**
 * What an admin does who wants it done: goes on whenever it asks, and has looked at what is unknown, until nothing is.
 * @param meanwhile what happens besides, again and again
 */
export async function seeItThrough(page: Page, meanwhile: () => Promise<void> = () => page.waitForTimeout(50)) {
  const verify = button(page, /^Verify /);
  const goOn = button(page, 'Resume');
  for (;;) {
    await meanwhile();
    const over = await isOver(page);
    const next = over ? verify : goOn;
    if (await next.isVisible()) {
      // It may be gone again before it is reached.
      await next.click({ timeout: 1000 }).catch(() => undefined);
    } else if (over && (await isOver(page))) break;
  }
}

/** To the end, the page's time running fast: but not while an honest answer is on its way, or it would come too late. */
export async function seeItThroughFast(page: Page, model: MockHomeserver): Promise<void> {
  const onTheWay = () =>
    model.log.entries.some(({ endedAt, fault }) => endedAt === null && fault !== 'late' && fault !== 'slow');
  await seeItThrough(page, async () => {
    if (!onTheWay()) await letPass(page, 10_000);
    await page.waitForTimeout(20);
  });
  // What the page gave up waiting for may still be at work.
  await expect
    .poll(() => model.log.entries.some(({ endedAt, fault }) => endedAt === null && fault === 'slow'))
    .toBe(false);
}

export interface ReportItem {
  id: string;
  status: string;
  reason: string;
  before?: unknown;
  attempts: number;
  time: string | null;
  unanswered?: true;
}

export async function downloadReport(page: Page): Promise<readonly ReportItem[]> {
  const downloading = page.waitForEvent('download');
  await exportJson(page);
  const text = await readFile(await (await downloading).path(), 'utf8');
  return (JSON.parse(text) as { items: ReportItem[] }).items;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
