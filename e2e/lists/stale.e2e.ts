import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** What is shown stays when a refresh fails, and never passes for new. */

interface Place {
  where: string;
  path: string;
  /** The button that reads it again. */
  refresh: string;
  /** The request that fails. */
  match: RegExp;
  /** Something that was read and stays. */
  shown: string | RegExp;
}

const USER = '@anna:demo.example';
const ROOM = '!lobby:demo.example';

const places: readonly Place[] = [
  { where: 'the users list', path: paths.users(), refresh: 'Refresh users', match: /v3\/users/, shown: USER },
  { where: 'the rooms list', path: paths.rooms(), refresh: 'Refresh rooms', match: /v1\/rooms/, shown: 'Lobby' },
  { where: 'a user', path: paths.user(USER), refresh: 'Refresh user', match: /v2\/users/, shown: 'Display name' },
  {
    where: 'a user’s rooms',
    path: `${paths.user(USER)}?tab=rooms`,
    refresh: 'Refresh rooms',
    match: /memberships/,
    shown: 'In 1 room',
  },
  {
    where: 'a user’s sessions',
    path: `${paths.user(USER)}?tab=devices`,
    refresh: 'Refresh sessions',
    match: /devices/,
    shown: 'My phone',
  },
  {
    where: 'a user’s media',
    path: `${paths.user(USER)}?tab=media`,
    refresh: 'Refresh files',
    match: /users\/[^/]+\/media/,
    shown: 'cat.png',
  },
  {
    where: 'a room',
    path: paths.room(ROOM),
    refresh: 'Refresh room',
    match: /rooms\/[^/]+$/,
    shown: 'History visibility',
  },
  {
    where: 'a room’s members',
    path: `${paths.room(ROOM)}?tab=members`,
    refresh: 'Refresh members',
    match: /\/members/,
    shown: '1 member',
  },
  {
    where: 'a room’s state',
    path: `${paths.room(ROOM)}?tab=state`,
    refresh: 'Refresh state',
    match: /\/state/,
    shown: 'm.room.create',
  },
  {
    where: 'the home page',
    path: paths.home(),
    refresh: 'Refresh overview',
    match: /v1\/rooms/,
    shown: 'Recent activity',
  },
];

const stale = (page: Page) => page.getByRole('alert').filter({ hasText: 'Could not refresh' });

for (const { where, path, refresh, match, shown } of places) {
  test(`a failed refresh of ${where} is reported above the old data, and a successful retry removes the note`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    const user = addUser(model, { name: USER, displayname: 'Anna' });
    user.devices.push({
      device_id: 'PHONE',
      display_name: 'My phone',
      last_seen_ts: model.startedAt,
      last_seen_ip: null,
      last_seen_user_agent: null,
    });
    addRoom(model, { room_id: ROOM, name: 'Lobby', creator: USER, members: [USER] });
    addMedia(model, { user_id: USER, upload_name: 'cat.png' });
    await signIn(page, homeserverUrl, model.adminToken, path);
    await expect(page.getByText(shown).first()).toBeVisible();
    await expect(page.getByText(/^as of \d\d:\d\d$/).first()).toBeVisible();
    await expect(stale(page)).toHaveCount(0);

    for (const [answer, words] of [
      ['403', 'Refused by a policy of this homeserver (403 M_FORBIDDEN)'],
      ['500', 'Internal server error (500 M_UNKNOWN)'],
    ] as const) {
      model.faults.next({ match, answer });
      await page.getByRole('button', { name: refresh, exact: true }).click();
      await expect(stale(page)).toContainText(words);
      await expect(stale(page)).toContainText(/Showing data from \d\d:\d\d\./);
      await expect(page.getByText(shown).first()).toBeVisible();
    }
    await stale(page).getByRole('button', { name: 'Try again' }).click();
    await expect(stale(page)).toHaveCount(0);
    await expect(page.getByText(shown).first()).toBeVisible();
  });
}

test('the Activity page says when it was read, and reads again on request', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.jobs());
  await expect(page.getByText(/^as of \d\d:\d\d$/)).toBeVisible();
  await page.getByRole('button', { name: 'Refresh jobs', exact: true }).click();
  await expect(page.getByText('No jobs yet')).toBeVisible();
});
