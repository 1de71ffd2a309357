import { paths } from '../../src/lib/paths.ts';
import { addDevice, addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import { fillDemoWorld } from '../../src/mocks/world.ts';
import { PHONE, settle, WIDE } from '../app/visits.ts';
import { seeNoAxeViolationInEitherScheme, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** The tabs of a user's page: readable for everyone, on a phone too, and quick with a lot in them. */

test('every tab of a user keeps the accessibility rules and the width of a phone', async ({
  page,
  model,
  homeserverUrl,
}) => {
  test.slow();
  await fillDemoWorld(model, 'small');
  const admin = model.state.users.get(model.adminId);
  if (admin) addDevice(model, admin, { display_name: '\u202Ephone', last_seen_user_agent: 'x'.repeat(3000) });
  await signIn(page, homeserverUrl, model.adminToken);
  for (const tab of ['account', 'rooms', 'devices', 'media&view=grid', 'activity']) {
    await page.setViewportSize(WIDE);
    await page.goto(appUrl(`${paths.user(model.adminId)}?tab=${tab}`));
    await settle(page);
    if (tab === 'account') {
      await page.getByRole('button', { name: 'Show entries' }).click();
      await page.getByRole('button', { name: 'Show experimental features' }).click();
      await settle(page);
    }
    await seeNoAxeViolationInEitherScheme(page, tab);
    await page.setViewportSize(PHONE);
    await settle(page);
    await seeNoSidewaysScrolling(page, tab);
    await seeNoAxeViolationInEitherScheme(page, `${tab} 390 px`);
  }
});

test('a user in 10,000 rooms with 1,000 devices holds few elements, whatever tab is open', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna');
  for (let index = 0; index < 10_000; index += 1) {
    addRoom(model, { creator: anna.name, members: { [anna.name]: index % 3 === 0 ? 'leave' : 'join' } });
  }
  for (let index = 0; index < 1000; index += 1) {
    addDevice(model, anna);
    addMedia(model, { user_id: anna.name });
    anna.connections.push({ ip: `192.0.2.${index % 250}`, last_seen: model.now() - index, user_agent: `x${index}` });
  }
  const elements = () => page.locator('*').count();
  await signIn(page, homeserverUrl, model.adminToken, `${paths.user(anna.name)}?tab=rooms`);
  await expect(page.getByText('In 6,666 rooms')).toBeVisible();
  expect(await elements()).toBeLessThan(3000);
  await page.getByRole('group', { name: 'Membership' }).getByRole('button', { name: 'left' }).click();
  await expect(page.getByRole('table', { name: 'Rooms' })).toHaveAttribute('aria-rowcount', '3335');
  await page.getByRole('tab', { name: 'Sessions' }).click();
  await expect(page.getByText('1,000 sessions')).toBeVisible();
  await expect(page.getByText('250 IP addresses')).toBeVisible();
  expect(await elements()).toBeLessThan(3000);
  await page.goto(appUrl(`${paths.user(anna.name)}?tab=media&view=grid&size=1000`));
  await expect(page.getByRole('region', { name: 'Files' }).getByRole('listitem').first()).toBeVisible();
  expect(await elements()).toBeLessThan(3000);
});
