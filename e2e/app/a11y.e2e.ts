import { fillDemoWorld } from '../../src/mocks/world.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { openMasDemo } from '../mas-demo.ts';
import { PHONE, settle, visitAll, visitMas, WIDE } from './visits.ts';

for (const scheme of ['light', 'dark'] as const) {
  test(`every page keeps the accessibility rules and the width of a phone, ${scheme}`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    test.slow();
    await fillDemoWorld(model, 'small');
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto(appUrl());
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    await seeNoAxeViolation(page, `sign-in ${scheme}`);
    await signIn(page, homeserverUrl, model.adminToken);
    await page.setViewportSize(WIDE);
    await visitAll(page, model, async (name) => {
      await seeNoAxeViolation(page, `${name} ${scheme}`);
      await page.setViewportSize(PHONE);
      await settle(page);
      await seeNoSidewaysScrolling(page, `${name} ${scheme}`);
      await seeNoAxeViolation(page, `${name} ${scheme} 390 px`);
      await page.setViewportSize(WIDE);
    });
  });
}

// Contrast hangs on the scheme, and all else on the width: each of both is looked at once.
for (const { scheme, size } of [
  { scheme: 'light', size: WIDE },
  { scheme: 'dark', size: PHONE },
] as const) {
  test(`so do the pages that differ behind MAS, ${scheme} at ${size.width} px`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await openMasDemo(page, '/mas');
    await page.setViewportSize(size);
    await visitMas(page, async (name) => {
      await seeNoSidewaysScrolling(page, name);
      await seeNoAxeViolation(page, `${name} ${scheme} ${size.width} px`);
    });
  });
}
