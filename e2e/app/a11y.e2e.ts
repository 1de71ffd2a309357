import { fillDemoWorld } from '../../src/mocks/world.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { settle, VISITS } from './visits.ts';

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
    const roomId = [...model.state.rooms.keys()][0] ?? '';
    for (const [name, visit] of Object.entries(VISITS)) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(appUrl(visit({ adminId: model.adminId, roomId })));
      await settle(page);
      await seeNoAxeViolation(page, `${name} ${scheme}`);
      await page.setViewportSize({ width: 390, height: 844 });
      await settle(page);
      await seeNoSidewaysScrolling(page, `${name} ${scheme}`);
      await seeNoAxeViolation(page, `${name} ${scheme} 390 px`);
    }
  });
}
