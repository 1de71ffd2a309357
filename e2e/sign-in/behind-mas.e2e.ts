import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** Behind MAS: what changes by it is said where the choice is made, and what follows agrees. */

const mas = test.extend({
  // Playwright asks for a destructured first argument, even an empty one.
  // oxlint-disable-next-line no-empty-pattern
  model: async ({}, use) => use(new MockHomeserver({ mas: true })),
});

mas(
  'external ids: says before anybody is read that they don’t matter for signing in, and never the contrary',
  async ({ page, model, homeserverUrl }) => {
    const anna = addUser(model, 'anna');
    const admin = model.state.users.get(model.adminId);
    for (const user of [anna, admin]) user?.external_ids.push({ auth_provider: 'oidc-x', external_id: user.name });
    await signIn(page, homeserverUrl, model.adminToken, paths.externalIds());
    const note = page.getByText('External IDs in Synapse don’t affect sign-in here');
    await expect(note).toBeVisible();
    expect(model.log.count('GET', /\/v3\/users$/)).toBe(0);
    await page.getByRole('button', { name: 'Read their external ids' }).click();
    await page.getByRole('radio', { name: 'oidc-x' }).check();
    await expect(note).toHaveCount(1);
    await page.getByRole('button', { name: 'Review' }).click();
    await expect(page.getByText('Your own account is in this plan')).toBeVisible();
    await expect(note).toBeVisible();
    await expect(page.getByText(/password|locked out/)).toHaveCount(0);
    await expect(page.getByText('Nobody’s sign-in changes, because users sign in through MAS.')).toBeVisible();
    await expect(page.getByText(/new account|password|sign in again/)).toHaveCount(0);
    await expect(page.getByRole('checkbox', { name: /without this ID/ })).toHaveCount(0);
  },
);

mas(
  'joins: says where “only server admins” is chosen that MAS decides who is one',
  async ({ page, model, homeserverUrl }) => {
    addRoom(model, { creator: model.adminId, members: [model.adminId] });
    await signIn(page, homeserverUrl, model.adminToken, paths.joinRooms());
    await page.getByRole('radio', { name: /^All users that match a filter/ }).check();
    await expect(page.getByText('MAS decides who is an admin.')).toBeVisible();
  },
);
