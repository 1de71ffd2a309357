import type { BrowserContext, Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { appUrl, expect, signIn } from '../fixtures.ts';
import { countOf, seeOver } from './job-page.ts';

/** Removals of external ids that are cut off, watched and gone on with: what the tests of kept jobs have in common. */

const USER = /\/v2\/users\/@member/;
export const action = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
export const jobsTable = (page: Page) => page.getByRole('table', { name: 'Jobs' });
export const puts = (model: MockHomeserver) => model.log.of('PUT', USER).map(({ path }) => path);

/** Members who hold an id of the provider that goes. */
export function fill(model: MockHomeserver, count: number): void {
  for (let index = 0; index < count; index += 1) {
    addUser(model, {
      localpart: `member${String(index).padStart(3, '0')}`,
      external_ids: [{ auth_provider: 'oidc-old', external_id: `o${index}` }],
    });
  }
}

/** Each change takes a while from now on, so that a page can go away in the middle. */
export const slowDown = (model: MockHomeserver, delayMs = 300) =>
  model.faults.next({ match: /^PUT .*v2\/users/, answer: 'slow', delayMs, times: 100_000 });

/** From choose to a run that is under way. */
export async function begin(page: Page, count: number): Promise<void> {
  await page.goto(appUrl(paths.externalIds()));
  await action(page, 'Read their external ids').click();
  await page.getByRole('radio', { name: 'oidc-old' }).check();
  await action(page, 'Review').click();
  await page.getByLabel(`Type ${count} to confirm`).fill(String(count));
  const saving = page.waitForEvent('download');
  await action(page, 'Download a backup of these IDs').click();
  await saving;
  await action(page, /^Remove the IDs of/).click();
  await expect(page).toHaveURL(/#\/jobs\/[^/]+$/);
}

export const seeSome = (model: MockHomeserver, least: number) =>
  expect.poll(() => puts(model).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(least);

/**
 * A removal for so many members, from signing in on.
 * @param delayMs how long each change takes; 0: no time
 * @param seen how many are changed by then
 */
export async function underWay(
  page: Page,
  model: MockHomeserver,
  homeserverUrl: string,
  count: number,
  { delayMs = 0, seen = 0 } = {},
): Promise<void> {
  fill(model, count);
  await signIn(page, homeserverUrl, model.adminToken);
  if (delayMs > 0) slowDown(model, delayMs);
  await begin(page, count);
  await seeSome(model, seen);
}

/**
 * Each item is done, or was found done: what was cut off in flight may be anybody's doing, so it is skipped. Nothing failed, and
 * nothing is unknown.
 */
export async function seeAllEnded(page: Page, count: number): Promise<void> {
  await seeOver(page);
  const number = async (status: string) => Number((await countOf(page, status).innerText()).replaceAll(',', ''));
  expect((await number('done')) + (await number('skipped'))).toBe(count);
}

/** Everyone lost the id, and nobody was changed twice. */
export function seeAllDoneOnce(model: MockHomeserver, count: number): void {
  const holders = [...model.state.users.values()].filter(({ external_ids }) => external_ids.length > 0);
  expect(holders).toEqual([]);
  expect(puts(model)).toHaveLength(count);
  expect(new Set(puts(model)).size).toBe(count);
}

/** Leaves a page that warns, as a closed lid or a killed browser does: nobody answers the warning. */
export async function leave(page: Page): Promise<void> {
  await page.close({ runBeforeUnload: false });
}

export async function newTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Another tab of the same browser, signed in, at the list of jobs. */
export async function tabWithJobs(context: BrowserContext, homeserverUrl: string, token: string): Promise<Page> {
  const page = await newTab(context, appUrl());
  await signIn(page, homeserverUrl, token, paths.jobs());
  return page;
}

/** The state of each job as this browser's disk has it: a page that goes away before that is written leaves less. */
export function statesOnDisk(page: Page): Promise<{ phase: string }[]> {
  return page.evaluate(
    () =>
      new Promise<{ phase: string }[]>((resolve, reject) => {
        const opening = indexedDB.open('glia');
        opening.addEventListener('error', () => reject(new Error('It can’t be opened.')));
        opening.addEventListener('success', () => {
          const reading = opening.result.transaction('jobs').objectStore('jobs').getAll();
          reading.addEventListener('success', () => {
            opening.result.close();
            resolve(reading.result.map(({ snapshot }: { snapshot: { state: { phase: string } } }) => snapshot.state));
          });
        });
      }),
  );
}

/** Until it is, a reload finds a job that was cut off. */
export const seeAllOverOnDisk = (page: Page) =>
  expect.poll(async () => new Set((await statesOnDisk(page)).map(({ phase }) => phase))).toEqual(new Set(['finished']));
