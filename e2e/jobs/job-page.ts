import { expect, type Page } from '@playwright/test';

/** The page of a job, as tests of every kind read it. */

/** How many items ended or wait in this way, as the page says it. */
export const countOf = (page: Page, status: string) => page.locator(`dt:has-text("${status}") + dd`).first();

/** What the page says of a job that is over. */
export const overWords = (page: Page) => page.getByText(/^(Finished|Stopped)\b/).first();

/** Whether it is over by now. */
export const isOver = (page: Page): Promise<boolean> => overWords(page).isVisible();

/** Waits until the job that the page shows is over. Nothing has to be clicked to see what it did. */
export async function seeOver(page: Page, timeout = 20_000): Promise<void> {
  await expect(page).toHaveURL(/#\/jobs\/[^/]+$/, { timeout });
  await expect(overWords(page)).toBeVisible({ timeout });
}

/** Asks for the report as JSON: what downloads it is waited for by the test. */
export async function exportJson(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Download report' }).click();
  await page.getByRole('menuitem', { name: 'Download JSON' }).click();
}

/** In Activity, from the menu of its row: asks whether the record of this job is deleted. */
export async function askToDelete(page: Page, title: string | RegExp): Promise<void> {
  const row = page.getByRole('table', { name: 'Jobs' }).getByRole('row').filter({ hasText: title });
  await row.getByRole('button', { name: /^More actions: / }).click();
  await page.getByRole('menuitem', { name: 'Delete job…' }).click();
}

/** The same for all that are finished. */
export async function askToDeleteFinished(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More actions', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete finished jobs…' }).click();
}
