import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addDevice, addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** The pages of users and rooms, and the home page: what is shown, and that nothing is requested before it is opened. */

/** The requests since the log was cleared, without preflights and pictures. */
const asked = (model: MockHomeserver): string[] =>
  model.log.entries
    .filter(({ method, path }) => method !== 'OPTIONS' && !path.includes('/thumbnail/'))
    .map(({ method, path }) => `${method} ${path.replace('/_synapse/admin', '')}`);

const tab = (page: Page, name: string) => page.getByRole('tab', { name });

async function visit(page: Page, model: MockHomeserver, homeserverUrl: string, path: string): Promise<void> {
  await signIn(page, homeserverUrl, model.adminToken, '/rooms');
  await expect(page.getByRole('table', { name: 'Rooms' })).toHaveAttribute('aria-busy', 'false');
  model.log.clear();
  await page.goto(appUrl(path));
}

test('a user’s page requests each tab when it is opened, and shows what the homeserver says', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, {
    localpart: 'anna',
    displayname: 'Anna <b>A.</b>',
    locked: true,
    shadow_banned: true,
    creation_ts: Math.floor(Date.UTC(2020, 5, 1, 12) / 1000),
    external_ids: [{ auth_provider: 'oidc-keycloak', external_id: 'anna-at-work' }],
    threepids: [{ medium: 'email', address: 'anna@example.org', validated_at: 1, added_at: 1 }],
  });
  addDevice(model, anna, { device_id: 'PHONE1', display_name: 'Telephone' });
  anna.connections.push({ ip: '192.0.2.7', last_seen: model.now(), user_agent: 'Element' });
  anna.pushers.push({
    app_display_name: 'Element',
    app_id: 'im.element',
    data: { url: 'https://push.example/' },
    device_display_name: 'Telephone',
    kind: 'http',
    lang: 'en',
    profile_tag: '',
    pushkey: 'key',
    enabled: true,
    device_id: 'PHONE1',
  });
  addMedia(model, { user_id: anna.name, upload_name: 'holiday.png', media_length: 1_500_000 });
  const room = addRoom(model, { name: 'Lobby', members: [anna.name], creator: anna.name });
  const id = anna.name;
  await visit(page, model, homeserverUrl, paths.user(id));

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anna <b>A.</b>');
  await expect(page.getByRole('main')).toContainText('anna-at-work');
  await expect(page.getByRole('main')).toContainText('anna@example.org');
  await expect(page.getByText('shadow-banned', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('locked', { exact: true }).first()).toBeVisible();
  // Seconds in this one answer: as ms it would be 1970 (`store/registration.py:300`).
  await expect(page.locator('time[datetime="2020-06-01T12:00:00.000Z"]')).toBeVisible();
  await expect(page.getByText('limited like other users')).toBeVisible();
  expect(asked(model)).toEqual([`GET /v2/users/${id}`, `GET /v1/users/${id}/override_ratelimit`]);

  await tab(page, 'Sessions').click();
  await expect(page.getByRole('table', { name: 'Sessions' })).toContainText('PHONE1');
  await expect(page.getByRole('table', { name: 'IP addresses' })).toContainText('192.0.2.7');
  await expect(page.getByRole('table', { name: 'Pushers' })).toContainText('https://push.example/');
  await tab(page, 'Media').click();
  await expect(page.getByRole('table', { name: 'Media' })).toContainText('holiday.png');
  await expect(page.getByRole('table', { name: 'Media' })).toContainText('1.5 MB');
  await tab(page, 'Rooms').click();
  await expect(page.getByRole('link', { name: 'Lobby' })).toHaveAttribute('href', `#${paths.room(room.room_id)}`);
  // The two of the Media tab are sent side by side.
  expect(asked(model).toSorted()).toEqual(
    [
      `GET /v2/users/${id}`,
      `GET /v1/users/${id}/override_ratelimit`,
      `GET /v2/users/${id}/devices`,
      `GET /v1/whois/${id}`,
      `GET /v1/users/${id}/pushers`,
      `GET /v1/statistics/users/media`,
      `GET /v1/users/${id}/media`,
      `GET /v1/users/${id}/memberships`,
      `GET /v1/rooms/${room.room_id}`,
    ].toSorted(),
  );
  await page.reload();
  await expect(tab(page, 'Rooms')).toHaveAttribute('aria-selected', 'true');
});

test('listing a user’s files does not count as opening them', async ({ page, model, homeserverUrl }) => {
  const anna = addUser(model, 'anna').name;
  const file = addMedia(model, { user_id: anna, upload_name: 'old.png', last_access_ts: null });
  await visit(page, model, homeserverUrl, `${paths.user(anna)}?tab=media`);
  await expect(page.getByRole('table', { name: 'Media' })).toContainText('old.png');
  await page.waitForLoadState('networkidle');
  expect(file.last_access_ts).toBeNull();
});

test('every file of a user can be reached and sorted, and the selected ones go into a bulk job', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna').name;
  const files = Array.from({ length: 130 }, (_, index) =>
    addMedia(model, { user_id: anna, upload_name: `file ${index}.png`, media_length: 1000 + index }),
  );
  await visit(page, model, homeserverUrl, `${paths.user(anna)}?tab=media`);
  const table = page.getByRole('table', { name: 'Media' });
  await expect(page.getByText('1–100 of 130 files')).toBeVisible();
  await expect(page.getByText(/^Total size: .*, according to the homeserver’s statistics$/)).toBeVisible();
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
  await expect(table.getByRole('row').nth(1)).toContainText('file 0.png');
  await page.getByRole('checkbox', { name: `Select ${files[0]?.media_id}` }).check();
  await page.getByRole('button', { name: 'Page 2', exact: true }).click();
  await expect(table.getByRole('row').nth(1)).toContainText('file 100.png');
  await page.getByRole('checkbox', { name: `Select ${files[100]?.media_id}` }).check();
  const selection = page.getByRole('region', { name: 'Selection' });
  await expect(selection).toContainText('2 selected, 1 not shown');
  await selection.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Quarantine…', exact: true }).click();
  await expect(page.getByText(`The 2 files of ${anna}`)).toBeVisible();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('table')).toContainText(`mxc://${model.serverName}/${files[100]?.media_id}`);
  expect(model.log.writes()).toEqual([]);
});

test('unknown users and rooms are reported as not found; for users of other homeservers the shared rooms are shown', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const creator = addUser(model, 'creator').name;
  const room = addRoom(model, { name: 'Bridge', creator, members: [creator, '@far:elsewhere.example'] });
  await visit(page, model, homeserverUrl, paths.user(`@nobody:${model.serverName}`));
  await expect(page.getByText('User not found')).toBeVisible();
  await expect(page.getByRole('tab')).toHaveCount(0);

  model.log.clear();
  await page.goto(appUrl(paths.user('@far:elsewhere.example')));
  await expect(page.getByText(/This user belongs to elsewhere\.example/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Bridge' })).toBeVisible();
  expect(asked(model)).toEqual(['GET /v1/users/@far:elsewhere.example/memberships', `GET /v1/rooms/${room.room_id}`]);

  await page.goto(appUrl(paths.room('!none:elsewhere.example')));
  await expect(page.getByText('Room not found')).toBeVisible();
});

test('a room’s page requests members and state when they are opened; a room ID of version 12 has no server name', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const creator = addUser(model, 'creator').name;
  const room = addRoom(model, {
    name: 'Council',
    topic: '<i>of elders</i>',
    version: '12',
    creator,
    join_rules: 'restricted',
    members: [creator, '@far:elsewhere.example'],
  });
  const id = room.room_id;
  expect(id).not.toContain(':');
  model.state.blockedRooms.set(id, creator);
  await visit(page, model, homeserverUrl, paths.room(id));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Council');
  await expect(page.getByText('<i>of elders</i>', { exact: true })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/yes, by @creator:demo\.example/);
  // Each of its facts that has a request of its own: who may do what is in three events of its state.
  const facts = ['', '/block', '/forward_extremities', '/state', '/state', '/state'].map(
    (of) => `GET /v1/rooms/${id}${of}`,
  );
  await expect
    .poll(() => asked(model).toSorted())
    .toEqual([`GET /_matrix/client/v3/rooms/${id}/aliases`, ...facts].toSorted());
  model.log.clear();

  await tab(page, 'Members').click();
  const members = page.getByRole('table', { name: 'Members' });
  await expect(members).toContainText('@far:elsewhere.example');
  await expect(members.getByRole('link', { name: 'creator' })).toHaveAttribute('href', `#${paths.user(creator)}`);
  await tab(page, 'State').click();
  const rule = page.getByRole('row').filter({ hasText: 'm.room.join_rules' });
  await rule.locator('summary').click();
  await expect(rule.locator('pre')).toContainText('"join_rule": "restricted"');
  // The names of all members come with the state: one request, which the State tab shows too.
  expect(asked(model).toSorted()).toEqual([`GET /v1/rooms/${id}/members`, `GET /v1/rooms/${id}/state`]);
});

test('a user’s page and a room’s page open the wizards with that user or room chosen', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, 'anna').name;
  const room = addRoom(model, { name: 'Lobby', creator: anna, members: [anna] });
  await visit(page, model, homeserverUrl, paths.user(anna));
  // The rooms list has a button of that name, too.
  await expect(page.getByRole('heading', { level: 1, name: 'anna' })).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Join to rooms…' }).click();
  await expect(page.getByRole('textbox', { name: 'Users who join' })).toHaveValue(`${anna}\n`);
  await page.goto(appUrl(paths.room(room.room_id)));
  await page.getByRole('button', { name: /^Join users/ }).click();
  await expect(page.getByRole('textbox', { name: 'Rooms to join' })).toHaveValue(`${room.room_id}\n`);
});

test('the home page sends six small requests', async ({ page, model, homeserverUrl }) => {
  addUser(model, { localpart: 'gone', deactivated: true });
  addUser(model, { localpart: 'locked', locked: true });
  addRoom(model, { name: 'Lobby', creator: addUser(model, 'anna').name });
  await visit(page, model, homeserverUrl, paths.home());
  await expect(page.getByRole('link', { name: /Users\s*4/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Rooms\s*1/ })).toBeVisible();
  await expect(page.getByText('No jobs yet')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(asked(model).toSorted()).toEqual([
    'GET /v1/background_updates/status',
    'GET /v1/event_reports',
    'GET /v1/federation/destinations',
    'GET /v1/rooms',
    'GET /v1/scheduled_tasks',
    'GET /v3/users',
  ]);
  const limits = model.log.of('GET', /\/(users|rooms)$/).map(({ query }) => query.get('limit'));
  expect(new Set(limits)).toEqual(new Set(['1', '100']));
});

for (const [status, words] of [
  [404, '404 page not found'],
  [401, '<h1>Sign in to continue</h1>'],
] as const) {
  test(`promise 4: a proxy’s ${status} does not say that there is no such user or room, and signs nobody out`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    await page.route(/\/_synapse\/admin\/(v2\/users\/|v1\/rooms\/)/, (route) => {
      // The request for the admin's own account at sign-in.
      if (route.request().url().includes('admin%3A')) return route.fallback();
      const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Authorization' };
      return route.fulfill({ status, headers, contentType: 'text/html', body: words });
    });
    await visit(page, model, homeserverUrl, paths.user('@a/b:demo.example'));
    const said = `Something in front of the homeserver, not Synapse, answered ${status}`;
    await expect(page.getByRole('alert')).toContainText(said);
    await expect(page.getByRole('main')).not.toContainText('User not found');
    await page.goto(appUrl(paths.room('!gone:demo.example')));
    await expect(page.getByRole('alert')).toContainText(said);
    await expect(page.getByRole('main')).not.toContainText('Room not found');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  });
}
