import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** What Synapse can't count is counted here: at a click, with its cost, and a table beside each plot. */

test('counts users by type at a click, and reads nothing before', async ({ page, model, homeserverUrl }) => {
  addUser(model, { localpart: 'robot', user_type: 'bot' });
  addUser(model, { localpart: 'gone', deactivated: true });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.statistics()}?tab=users`);
  const part = page.getByRole('region', { name: 'Users by type' });
  await expect(part).toContainText('one request for each 1,000 users');
  expect(model.log.count('GET', /\/users$/)).toBe(0);
  await part.getByRole('button', { name: 'Count users by type' }).click();
  await part.getByText('Show as a table').click();
  for (const [type, count] of [
    ['bot', '1'],
    ['deactivated', '1'],
    ['admin', '1'],
  ]) {
    await expect(part.getByRole('row', { name: `${type} ${count}` })).toBeVisible();
  }
});

test('a reading that was cancelled leaves the way to begin again', async ({ page, model, homeserverUrl }) => {
  addRoom(model, { name: 'One', version: '10' });
  const { promise: until, resolve: goOn } = Promise.withResolvers<void>();
  await signIn(page, homeserverUrl, model.adminToken, `${paths.statistics()}?tab=origins`);
  model.faults.next({ match: /v1\/rooms\?/, answer: 'slow', until });
  const part = page.getByRole('region', { name: 'Origin and version of rooms' });
  await part.getByRole('button', { name: 'Count rooms' }).click();
  await part.getByRole('button', { name: 'Cancel: Origin and version of rooms' }).click();
  goOn();
  await part.getByRole('button', { name: 'Count rooms' }).click();
  await expect(part.getByText('Rooms by version')).toBeVisible();
  const download = page.waitForEvent('download');
  await part.getByRole('button', { name: 'Export' }).last().click();
  await page.getByRole('menuitem', { name: 'Download CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^rooms-by-version.*\.csv$/);
});
