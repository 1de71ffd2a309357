import { fillDemoWorld } from '../../src/mocks/world.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { PHONE, settle, visitAll, WIDE } from './visits.ts';

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
