import type { Page } from '@playwright/test';
import { appUrl, expect } from '../fixtures.ts';

/** The demo homeserver with MAS in front, at this page. */
export async function openMasDemo(page: Page, hash: string): Promise<void> {
  await page.goto(appUrl(hash).replace('#', '?mas=true#'));
  await page.getByRole('button', { name: 'Try the demo homeserver' }).click();
  await expect(page.getByRole('button', { name: 'Account' })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}
