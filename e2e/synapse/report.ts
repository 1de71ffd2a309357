import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { exportJson, isOver, seeOver } from '../jobs/job-page.ts';

/** What a wizard hands out as files, and the moments in the middle of its run. */

export interface ReportItem {
  id: string;
  columns: Record<string, string>;
  status: 'waiting' | 'running' | 'done' | 'skipped' | 'failed' | 'unknown';
  reason: string;
  before?: unknown;
  attempts: number;
}

export interface Report {
  homeserver: string;
  user: string;
  state: string;
  total: number;
  counts: Record<ReportItem['status'], number>;
  items: ReportItem[];
}

/** Clicks what downloads a file. @returns the file as JSON */
export async function saveJson<T>(page: Page, click: () => Promise<void>): Promise<T> {
  const downloading = page.waitForEvent('download');
  await click();
  return JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as T;
}

/** Waits until the run is over, goes to its report and downloads it. */
export async function savedReport(page: Page): Promise<Report> {
  await seeOver(page, 60_000);
  return downloadedReport(page);
}

/** Of the report that is shown. Its counts agree with its rows, or this throws. */
export async function downloadedReport(page: Page): Promise<Report> {
  const report = await saveJson<Report>(page, () => exportJson(page));
  expect(report.items).toHaveLength(report.total);
  for (const [status, count] of Object.entries(report.counts)) expect(withStatus(report, status)).toHaveLength(count);
  return report;
}

export const withStatus = ({ items }: Report, status: string): ReportItem[] =>
  items.filter((item) => item.status === status);

/** What the job changed: done, or found so after a request whose answer was lost, which may be anybody's doing. */
export const changedIn = ({ items }: Report): ReportItem[] =>
  items.filter(
    ({ status, reason }) =>
      status === 'done' || (status === 'skipped' && /this job( that got no answer,)? or by someone else/.test(reason)),
  );

/** Once `count` such requests were sent, `act` is called, a single time. @returns a promise of its end */
export function atRequest(
  page: Page,
  wanted: { method: string; path: RegExp },
  count: number,
  act: () => void | Promise<void>,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let seen = 0;
  page.on('request', (request) => {
    if (request.method() !== wanted.method || !wanted.path.test(new URL(request.url()).pathname)) return;
    seen += 1;
    if (seen !== count) return;
    Promise.resolve(act()).then(resolve, reject);
  });
  // It is awaited later; a test that fails before shall not end the worker.
  promise.catch(() => undefined);
  return promise;
}

/** Presses “Stop…” and says yes. */
export async function stopForGood(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop…' }).click();
  await page.getByRole('button', { name: 'Stop the job' }).click();
  await expect(page.getByText('Stopping: requests already sent will finish').first()).toBeVisible();
}

/** The sign-in that opened over the page takes a fresh token; then the job goes on. */
export async function signInAgainAndGoOn(page: Page, token: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Access token').fill(token);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Resume as ')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
}

/** Verifies what is unknown until nothing is, going on where something turned out not to have happened. */
export async function verifyToTheEnd(page: Page): Promise<void> {
  const verify = page.getByRole('button', { name: /^Verify / });
  const goOn = page.getByRole('button', { name: 'Resume' });
  await expect(async () => {
    if (await verify.isVisible()) await verify.click({ timeout: 1000 });
    else if (await goOn.isVisible()) await goOn.click({ timeout: 1000 });
    expect((await isOver(page)) && !(await verify.isVisible())).toBe(true);
  }).toPass({ timeout: 60_000, intervals: [500] });
}

/** The page goes away in the middle of its run, as in a crash, and is opened again; `meanwhile` happens in between. */
export async function crashAndGoOn(page: Page, meanwhile: () => void): Promise<void> {
  // A crash asks nobody.
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  meanwhile();
  await expect(page.getByText('The page closed while the job ran.')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('dt:has-text("unknown") + dd').first()).not.toHaveText('0');
  await page.getByRole('button', { name: 'Resume' }).click();
}
