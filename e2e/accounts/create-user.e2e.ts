import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser, passwordHash } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** One new user: the name is checked while it is typed, the password is shown once, the job is in Activity. */

test('a user is created: the homeserver says that the name is free, and the password is shown once and kept nowhere', async ({
  page,
  model,
  homeserverUrl,
}) => {
  addUser(model, 'anna');
  addRoom(model, { alias: 'lobby', join_rules: 'public', members: [model.adminId] });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await page.getByRole('link', { name: 'Create user' }).click();
  const create = page.getByRole('button', { name: 'Create user' });
  const username = page.getByRole('textbox', { name: 'Username' });
  await username.fill('anna');
  await expect(page.getByText('User ID already taken. (400 M_USER_IN_USE)')).toBeVisible();
  await expect(create).toHaveAttribute('aria-disabled', 'true');
  await username.fill('ben');
  await expect(page.getByRole('img', { name: 'This username is free' })).toBeVisible();
  await page.getByLabel('Display name').fill('Ben B.');
  await page.getByLabel('Rooms to join afterwards').fill(`#lobby:${model.serverName}`);
  await seeNoAxeViolation(page, 'the form of a new user');
  expect(model.log.writes()).toEqual([]);
  await create.click();

  const id = `@ben:${model.serverName}`;
  await expect(page.getByText(`${id} was created`)).toBeVisible();
  await seeNoAxeViolation(page, 'a user that was created');
  const password = await page.locator('code').first().innerText();
  expect(model.state.users.get(id)).toMatchObject({ displayname: 'Ben B.', password_hash: passwordHash(password) });
  expect(model.log.writes()).toHaveLength(1);
  await page.getByRole('button', { name: 'I have saved it' }).click();
  await expect(page.getByText(password)).toHaveCount(0);

  await page.getByRole('link', { name: 'Open job' }).click();
  await expect(page.getByRole('heading', { name: `Create ${id}` })).toBeVisible();
  await expect(page.getByText('no account')).toBeVisible();
  expect(await page.content()).not.toContain(password);
  await page.getByRole('button', { name: 'Join the users to their rooms: 1 join…' }).click();
  await expect(page.getByRole('heading', { name: 'Join users to rooms' })).toBeVisible();
  await expect(page.getByLabel('Users and rooms')).toHaveValue(new RegExp(`${id}.*#lobby`));
});

test('an answer of a proxy in the place of “not found” creates nothing, and the form can be sent again', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  manners.expected.push(/blocked by CORS policy/);
  await signIn(page, homeserverUrl, model.adminToken, paths.createUser());
  await page.getByRole('textbox', { name: 'Username' }).fill('ben');
  await expect(page.getByRole('img', { name: 'This username is free' })).toBeVisible();
  model.faults.next({ match: /^GET .*\/v2\/users\//, answer: '404-traefik', times: 50 });
  await page.getByRole('button', { name: 'Create user' }).click();
  await expect(page.getByRole('alert')).toContainText('Glia could not read an answer');
  expect(model.log.writes()).toEqual([]);
  model.faults.clear();
  await page.getByRole('button', { name: 'Back to the form' }).click();
  await expect(page.getByRole('textbox', { name: 'Username' })).toHaveValue('ben');
  await page.getByRole('button', { name: 'Create user' }).click();
  await expect(page.getByText(`@ben:${model.serverName} was created`)).toBeVisible();
});

test.describe('behind MAS', () => {
  test.use({
    // Playwright asks for a destructured first argument, even an empty one.
    // oxlint-disable-next-line no-empty-pattern
    model: async ({}, use) => use(new MockHomeserver({ mas: true })),
  });
  test('the page stays, and says that MAS creates the accounts', async ({ page, model, homeserverUrl }) => {
    await signIn(page, homeserverUrl, model.adminToken, paths.createUser());
    await expect(page.getByText('Only MAS can create accounts here')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Username' })).toHaveCount(0);
  });
});
