import type { Page } from '@playwright/test';
import { fillDemoWorld } from '../../src/mocks/world.ts';
import { seeNoAxeViolationInEitherScheme, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { openMasDemo } from '../mas-demo.ts';
import { PHONE, settle, visitAll, visitMas, WIDE } from './visits.ts';

/** Both schemes at both widths. The page is left at the wide one. */
async function seeOne(page: Page, name: string): Promise<void> {
  await seeNoAxeViolationInEitherScheme(page, name);
  await page.setViewportSize(PHONE);
  await settle(page);
  await seeNoSidewaysScrolling(page, name);
  await seeNoAxeViolationInEitherScheme(page, `${name} 390 px`);
  await page.setViewportSize(WIDE);
}

test('every page keeps the accessibility rules and the width of a phone', async ({ page, model, homeserverUrl }) => {
  test.slow();
  await fillDemoWorld(model, 'small');
  await page.goto(appUrl());
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await seeNoAxeViolationInEitherScheme(page, 'sign-in');
  await signIn(page, homeserverUrl, model.adminToken);
  await page.setViewportSize(WIDE);
  await visitAll(page, model, (name) => seeOne(page, name));
});

test('so do the pages that differ behind MAS', async ({ page }) => {
  test.slow();
  await openMasDemo(page, '/mas');
  await page.setViewportSize(WIDE);
  await visitMas(page, (name) => seeOne(page, name));
});
