import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, signInToOld, test } from '../fixtures.ts';

/** What an admin of an older Synapse sees: all that works there works, and the rest says why it does not. */

const inUse = (version: string) => ({
  // oxlint-disable-next-line no-empty-pattern -- Playwright asks for a destructured first argument.
  model: async ({}: object, use: (model: MockHomeserver) => Promise<void>) => use(new MockHomeserver({ version })),
});

/** No endpoint was asked for that the version does not have. */
const unrecognized = (model: MockHomeserver) =>
  model.log.entries.filter(({ status, path }) => (status === 404 || status === 405) && !path.includes('auth_'));

const planned = (page: Page) => page.getByRole('table', { name: 'Who would join which room' }).getByRole('row');

test.describe('Synapse 1.95.1', () => {
  test.use(inUse('1.95.1'));

  test('sign-in says what does not work, in one list, before anything is begun; so does the first page', async ({
    page,
    model,
    homeserverUrl,
  }) => {
    await signInToOld(page, homeserverUrl, model.adminToken);
    const main = page.getByRole('main');
    await expect(
      main.getByText('Update Synapse: version 1.157.2 fixed 11 security issues, and this homeserver runs 1.95.1.'),
    ).toBeVisible();
    await expect(main.getByRole('listitem').filter({ hasText: /^listing only deactivated users$/ })).toBeVisible();
    await expect(main.getByRole('listitem').filter({ hasText: 'listing only admins' })).toHaveCount(0);
    await seeNoAxeViolation(page, 'home');
    await page.setViewportSize({ width: 390, height: 844 });
    await seeNoSidewaysScrolling(page, 'home');
    expect(unrecognized(model)).toEqual([]);
  });

  test('the users list is read in the older way, without the filters that it would get wrong', async ({
    page,
    model,
    homeserverUrl,
  }) => {
    addUser(model, { localpart: 'anna' });
    addUser(model, { localpart: 'gone', deactivated: true });
    addUser(model, { localpart: 'shut', locked: true });
    await signInToOld(page, homeserverUrl, model.adminToken, `${paths.users()}?deactivated=only`);
    const table = page.getByRole('table', { name: 'Users' });
    for (const name of ['anna', 'gone', 'shut']) await expect(table.getByText(`@${name}:`)).toBeVisible();
    await expect(
      page.getByText('Synapse 1.95.1 can’t filter by: deactivated only (needs Synapse 1.103).'),
    ).toBeVisible();
    await expect(page.getByLabel('Deactivated').getByRole('option')).toHaveText(['All', 'Active']);
    await page.getByLabel('Deactivated').selectOption('Active');
    await expect(table.getByText('@gone:')).toHaveCount(0);
    await expect(table.getByText('@shut:')).toBeVisible();
    // After a reload too, the version is known.
    await page.reload();
    await expect(table.getByText('@shut:')).toBeVisible();
    expect(model.log.count('GET', /v3\/users/)).toBe(0);
    expect(unrecognized(model)).toEqual([]);
  });

  test('rooms: filters that it would ignore are not offered, and the reason is said', async ({
    page,
    model,
    homeserverUrl,
  }) => {
    addRoom(model, { name: 'Attic', creator: model.adminId });
    addRoom(model, { name: 'Board', creator: model.adminId, public: true });
    await signInToOld(page, homeserverUrl, model.adminToken, `${paths.rooms()}?public_rooms=only`);
    const table = page.getByRole('table', { name: 'Rooms' });
    for (const name of ['Attic', 'Board']) await expect(table.getByText(name)).toBeVisible();
    await expect(page.getByLabel('Room directory')).toHaveCount(0);
    await expect(page.getByText('This needs Synapse 1.110 or newer. This homeserver runs 1.95.1.')).toBeVisible();
    expect(model.log.of('GET', /\/v1\/rooms$/).map(({ query }) => query.get('public_rooms'))).toEqual([null]);
  });

  test('a space’s rooms are found and joined, by its state instead of its hierarchy', async ({
    page,
    model,
    homeserverUrl,
  }) => {
    const owner = addUser(model, 'owner').name;
    const anna = addUser(model, 'anna').name;
    const lobby = addRoom(model, { name: 'Lobby', creator: owner, join_rules: 'public', members: [owner] });
    addRoom(model, {
      name: 'Space',
      alias: 'space',
      room_type: 'm.space',
      creator: owner,
      members: [owner],
      children: [lobby.room_id],
    });
    await signInToOld(page, homeserverUrl, model.adminToken, paths.joinRooms());
    await page.getByRole('button', { name: 'Rooms of a space…' }).click();
    const spaces = page.getByRole('dialog', { name: 'Add the rooms of a space' });
    await spaces.getByRole('checkbox', { name: 'Space' }).check();
    await spaces.getByRole('button', { name: 'Add the rooms of 1 space' }).click();
    await expect(page.getByRole('textbox', { name: 'Rooms to join' })).toHaveValue(
      new RegExp(lobby.room_id.slice(1, 9)),
    );
    await page.getByRole('textbox', { name: 'Users who join' }).fill(anna);
    await page.getByRole('button', { name: 'Review' }).click();
    await expect(planned(page).filter({ hasText: 'Lobby' })).toBeVisible();
    expect(unrecognized(model)).toEqual([]);
  });
});

test.describe('Synapse 1.70.1', () => {
  test.use(inUse('1.70.1'));

  test('media are swept where that version has it, in the path with the server’s name', async ({
    page,
    model,
    homeserverUrl,
  }) => {
    const old = addMedia(model, { created_ts: Date.now() - 1000 * 86_400_000 });
    await signInToOld(page, homeserverUrl, model.adminToken, paths.deleteMedia());
    await page.getByLabel('Let Synapse delete by date and size').check();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByLabel('Type 1 to confirm').fill('1');
    await page.getByRole('button', { name: 'Delete 1 file' }).click();
    await expect.poll(() => model.state.media.has(old.media_id)).toBe(false);
    expect(model.log.writes().map(({ path }) => path)).toEqual([`/_synapse/admin/v1/media/${model.serverName}/delete`]);
  });
});

test.describe('Synapse 1.42.0', () => {
  test.use(inUse('1.42.0 (b=matrix-org-hotfixes,abc)'));

  test('signs in, reads users and rooms, and says that external IDs can’t be removed', async ({
    page,
    model,
    homeserverUrl,
  }) => {
    const { room_id } = addRoom(model, { name: 'Attic', creator: model.adminId, members: [model.adminId] });
    await signInToOld(page, homeserverUrl, model.adminToken, paths.room(room_id));
    await expect(page.getByText('unknown. This needs Synapse 1.48 or newer')).toBeVisible();
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await expect(page.getByRole('table', { name: 'Users' }).getByText(model.adminId)).toBeVisible();
    const navigation = page.getByRole('navigation', { name: 'Main' });
    await navigation.getByRole('button', { name: 'New bulk job' }).click();
    await navigation.getByRole('link', { name: 'Remove external IDs' }).click();
    await expect(page.getByText('This needs Synapse 1.46 or newer')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
    // How one can sign in is asked before the version is known.
    const refused = model.log.entries.filter(({ status, path }) => status === 400 && !/auth_|\/login$/.test(path));
    expect(refused).toEqual([]);
  });
});

test.describe('Synapse 1.157.0', () => {
  test.use(inUse('1.157.0'));

  test('has all of it: sign-in goes straight on, and the first page advises an update', async ({
    page,
    model,
    homeserverUrl,
  }) => {
    await signIn(page, homeserverUrl, model.adminToken);
    await expect(page.getByRole('main').getByText('Update Synapse: version 1.157.2')).toBeVisible();
    await expect(page.getByText('These don’t work')).toHaveCount(0);
  });
});
