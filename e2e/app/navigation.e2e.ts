import { paths } from '../../src/lib/paths.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { PHONE } from './visits.ts';

const moving = () => document.getAnimations().filter(({ playState }) => playState === 'running').length;

test('on a phone the navigation is a drawer that closes when one has gone somewhere', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await page.setViewportSize(PHONE);
  await signIn(page, homeserverUrl, model.adminToken);
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await expect(navigation).toBeHidden();
  await page.getByRole('button', { name: 'Navigation' }).click();
  // Half faded in, nothing has the contrast that it gets.
  await expect.poll(() => page.evaluate(moving)).toBe(0);
  await seeNoAxeViolation(page, 'navigation');
  await page.keyboard.press('Escape');
  await expect(navigation).toBeHidden();
  await page.getByRole('button', { name: 'Navigation' }).click();
  await navigation.getByRole('link', { name: 'Federation' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Federation' })).toBeVisible();
  await expect(navigation).toBeHidden();
});

test.describe('behind MAS', () => {
  test.use({
    // Playwright asks for a destructured first argument, even an empty one.
    // oxlint-disable-next-line no-empty-pattern
    model: async ({}, use) => use(new MockHomeserver({ mas: true })),
  });

  test('what is not there stays in the navigation, and its page says why', async ({ page, model, homeserverUrl }) => {
    await signIn(page, homeserverUrl, model.adminToken);
    const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Registration tokens' });
    await expect(link).toHaveAccessibleDescription('Not available on this homeserver');
    await link.click();
    await expect(
      page.getByText('Matrix Authentication Service (MAS) handles this, and your access token can’t use its Admin API'),
    ).toBeVisible();
    await seeNoAxeViolation(page, 'registration tokens behind MAS');
    expect(model.log.count('GET', /registration_tokens/)).toBe(0);
  });
});

test('pages open at their own address', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.registrationTokens());
  await expect(page.getByRole('heading', { level: 1, name: 'Registration tokens' })).toBeVisible();
  await page.goto(appUrl(paths.federation()));
  await expect(page.getByRole('heading', { level: 1, name: 'Federation' })).toBeVisible();
});

test('a search that was just typed does not lead back from a page that is still loading', async ({
  page,
  model,
  homeserverUrl,
}) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await page.clock.install();
  let isHeld = false;
  await page.route(/assets\/FederationPage-.*js$/, async (route) => {
    isHeld = true;
    // Longer than the moment after which a search is asked for.
    await page.clock.runFor(2000);
    await route.continue();
  });
  await page.getByRole('searchbox', { name: 'Search' }).fill('nobody');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Federation' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Federation' })).toBeVisible();
  expect(isHeld).toBe(true);
  expect(model.log.entries.some(({ query }) => query.get('name') === 'nobody')).toBe(false);
});
