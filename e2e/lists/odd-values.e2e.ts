import { paths } from '../../src/lib/paths.ts';
import { addMedia, addUser } from '../../src/mocks/build.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** One odd value among good ones: its cell says so, and the page still works, also after a reload. */

const NANOSECONDS = 1_700_000_000_000_000_000;

test('a user whose times are in no year of the calendar is still shown, and the odd times are reported', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const good = addUser(model, 'anna').name;
  const odd = addUser(model, { localpart: 'ben', creation_ts: NANOSECONDS });
  odd.connections.push({ ip: '192.0.2.1', user_agent: 'x', last_seen: NANOSECONDS });
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  const row = page.getByRole('row').filter({ hasText: odd.name });
  for (const time of ['first', 'after a reload']) {
    await expect(row, time).toContainText('invalid time: 1700000000000000000');
    await expect(page.getByRole('row').filter({ hasText: good })).toBeVisible();
    await page.reload();
  }
  await row.getByRole('link').click();
  await expect(page.getByText('invalid time: 1700000000000000000').first()).toBeVisible();
});

test('a file with a negative size and an impossible time is still shown, and both are reported', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const user = addUser(model, 'anna').name;
  addMedia(model, { user_id: user, upload_name: 'odd.png', created_ts: NANOSECONDS, media_length: -5 });
  addMedia(model, { user_id: user, upload_name: 'good.png' });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.user(user)}?tab=media`);
  const row = page.getByRole('row').filter({ hasText: 'odd.png' });
  await expect(row).toContainText('invalid size: -5');
  await expect(row).toContainText('invalid time: 1700000000000000000');
  await expect(page.getByRole('row').filter({ hasText: 'good.png' })).toBeVisible();
});

test('a field of the wrong type is reported, and the rest of its row is shown', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const odd = addUser(model, { localpart: 'odd', displayname: 42 as unknown as string, locked: true }).name;
  await signIn(page, homeserverUrl, model.adminToken, paths.users());
  await expect(page.getByText(/Row \d of the answer: .*displayname/)).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: odd })).toContainText('locked');
  await page.getByRole('row').filter({ hasText: odd }).getByRole('link').click();
  await expect(page.getByText('Part of the answer could not be read')).toBeVisible();
  await expect(page.getByText('User ID', { exact: true })).toBeVisible();
});
