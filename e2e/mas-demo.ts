import type { Page } from '@playwright/test';
import { appUrl, expect } from './fixtures.ts';

/** Through the demo's made-up page of MAS, which is in the page itself. What follows is the sign-in's own checks. */
export async function agreeAtMas(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the demo homeserver' }).click();
  const mas = page.getByRole('dialog', { name: /made-up sign-in page/ });
  await mas.getByRole('button', { name: 'Sign in as admin' }).click();
  await mas.getByRole('button', { name: 'Continue' }).click();
}

/** The demo homeserver with MAS in front, at this page. */
export async function openMasDemo(page: Page, hash: string): Promise<void> {
  await page.goto(appUrl(hash).replace('#', '?mas=true#'));
  await agreeAtMas(page);
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}
