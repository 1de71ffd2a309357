import { fillDemoWorld } from '../../src/mocks/world.ts';
import { seeNoAxeViolationInEitherScheme, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { PHONE, settle, visitAll, WIDE } from './visits.ts';

test('every page keeps the accessibility rules and the width of a phone', async ({ page, model, homeserverUrl }) => {
  test.slow();
  await fillDemoWorld(model, 'small');
  await page.goto(appUrl());
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await seeNoAxeViolationInEitherScheme(page, 'sign-in');
  await signIn(page, homeserverUrl, model.adminToken);
  await page.setViewportSize(WIDE);
  await visitAll(page, model, async (name) => {
    await seeNoAxeViolationInEitherScheme(page, name);
    await page.setViewportSize(PHONE);
    await settle(page);
    await seeNoSidewaysScrolling(page, name);
    await seeNoAxeViolationInEitherScheme(page, `${name} 390 px`);
    await page.setViewportSize(WIDE);
  });
});
