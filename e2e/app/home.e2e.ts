import type { Page } from '@playwright/test';
import { addDestination, addUser } from '../../src/mocks/build.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** The first page: what needs attention, at little cost. */

const attention = (page: Page) => page.getByRole('region', { name: 'Needs your attention' });
const DAY = 86_400_000;

test('says plainly that nothing needs attention, by at most six requests', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken, '/users');
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible();
  model.log.clear();
  await page.getByRole('link', { name: 'Overview' }).first().click();
  await expect(attention(page).getByText('Nothing needs your attention')).toBeVisible();
  await expect(attention(page).getByRole('list', { name: 'Looked at' })).toContainText('Background updates');
  await expect(page.getByRole('link', { name: /^Rooms/ }).first()).toBeVisible();
  const asked = model.log.entries.filter(({ method }) => method !== 'OPTIONS').map(({ path }) => path);
  expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(6);
});

test('names what needs attention, with the way to act', async ({ page, model, homeserverUrl }) => {
  const now = Date.now();
  model.state.backgroundUpdates.enabled = false;
  addDestination(model, 'gone.example', { retry_last_ts: now - DAY, failure_ts: now - 5 * DAY });
  addUser(model, { localpart: 'boss', admin: true });
  await signIn(page, homeserverUrl, model.adminToken);
  const items = attention(page).getByRole('listitem');
  await expect(items.filter({ hasText: 'Background updates are paused' })).toBeVisible();
  await expect(items.filter({ hasText: '1 admin account' }).getByRole('link', { name: '@boss' })).toBeVisible();
  await items.filter({ hasText: '1 server' }).getByRole('link', { name: 'Show failing servers' }).click();
  await expect(page.getByRole('table', { name: 'Servers' }).getByText('gone.example')).toBeVisible();
  await expect(page.getByLabel('Status')).toHaveValue('only');
});

test('a part that can’t be read says so, and hides no other', async ({ page, model, homeserverUrl }) => {
  model.state.backgroundUpdates.enabled = false;
  model.faults.next({ match: /event_reports/, answer: '403' });
  await signIn(page, homeserverUrl, model.adminToken);
  const items = attention(page).getByRole('listitem');
  await expect(items.filter({ hasText: 'Not looked at: Reports of messages' })).toContainText('Refused by a policy');
  await expect(items.filter({ hasText: 'Background updates are paused' })).toBeVisible();
  await expect(attention(page).getByText('Nothing needs your attention')).toHaveCount(0);
});

test('looks at registration tokens and reports of users when somebody asks for it, and says what that costs', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const token = { uses_allowed: null, pending: 0, completed: 0, expiry_time: Date.now() + DAY };
  model.state.registrationTokens.set('soon', { token: 'soon', ...token });
  const report = { target_user_id: model.adminId, user_id: model.adminId, reason: 'spam' };
  model.state.userReports.set(1, { id: 1, received_ts: Date.now(), ...report });
  await signIn(page, homeserverUrl, model.adminToken);
  expect(model.log.count('GET', /registration_tokens/)).toBe(0);
  await attention(page)
    .getByRole('button', { name: 'Also check: Reports of users, Registration tokens (2 requests)' })
    .click();
  await expect(attention(page).getByText('1 registration token expires within a week')).toBeVisible();
  await expect(attention(page).getByText('1 report of a user is open')).toBeVisible();
});

test('keeps today’s numbers in this browser, and forgets them when told to', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken);
  const trends = page.getByRole('region', { name: 'Trends' });
  await expect(trends).toContainText('this browser began to keep them');
  await trends.getByRole('button', { name: 'Delete trends…' }).click();
  await trends.getByRole('button', { name: 'Delete trends', exact: true }).click();
  await expect(trends).toContainText('This browser keeps a few numbers of each day');
});

test('counts what costs many requests at a click, and says before what it costs', async ({
  page,
  model,
  homeserverUrl,
}) => {
  for (let index = 0; index < 1500; index += 1) addUser(model, `user-${index}`);
  await signIn(page, homeserverUrl, model.adminToken);
  const active = page.getByRole('region', { name: 'Active users' });
  await expect(active).toContainText('about 2 requests');
  model.log.clear();
  await active.getByRole('button', { name: 'Count active users' }).click();
  await expect(active).toContainText('Active in 30 days');
  expect(model.log.count('GET', /v3\/users$/)).toBe(2);
  const rooms = page.getByRole('region', { name: 'Largest rooms' });
  model.state.config.sqlite = true;
  await rooms.getByRole('button', { name: 'Show largest rooms' }).click();
  await expect(rooms).toContainText('Only PostgreSQL can estimate the size of rooms');
});
