import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addDestination, addRoom } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** Other servers: which can't be reached, and retrying them. */

const HOUR_MS = 3_600_000;
const table = (page: Page) => page.getByRole('table', { name: 'Servers' });

const addFailing = (model: MockHomeserver, name: string) =>
  addDestination(model, name, {
    retry_last_ts: model.now() - HOUR_MS,
    retry_interval: 2 * HOUR_MS,
    failure_ts: model.now() - 50 * HOUR_MS,
  });

test('lists the failing servers by one filter, says since when, and retries all of them by a plan', async ({
  page,
  model,
  homeserverUrl,
}) => {
  for (let index = 0; index < 120; index += 1) addDestination(model, `fine-${index}.example`);
  for (const name of ['down.example', 'lost.example']) addFailing(model, name);
  await signIn(page, homeserverUrl, model.adminToken, paths.federation());
  await expect(page.getByText('1–100 of 122 servers')).toBeVisible();
  await page.getByLabel('Status').selectOption('Failing');
  await expect(page.getByText('2 servers', { exact: true })).toBeVisible();
  const row = table(page).getByRole('row').filter({ hasText: 'down.example' });
  await expect(row).toContainText('failing');
  await expect(row).toContainText('days ago');
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await page.getByRole('button', { name: 'Retry now…' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText('Retry 2 servers. There is nothing to undo')).toBeVisible();
  expect(model.log.writes()).toEqual([]);
  await page.getByRole('button', { name: 'Retry 2 servers' }).click();
  await expect(page.getByText('not waiting').first()).toBeVisible();
  await expect.poll(() => model.state.destinations.get('lost.example')?.retry_last_ts).toBe(0);
});

test('the page of a server shows the rooms shared with it, and retries it with a click', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { room_id } = addRoom(model, { name: 'Lobby', creator: model.adminId, members: [model.adminId] });
  addFailing(model, 'down.example').rooms.push({ room_id, stream_ordering: 5 });
  await signIn(page, homeserverUrl, model.adminToken, paths.destination('down.example'));
  await page.getByRole('tab', { name: 'Shared rooms' }).click();
  await expect(page.getByRole('table', { name: 'Shared rooms' })).toContainText('Lobby');
  await page.getByRole('button', { name: 'Retry now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry now' }).click();
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Retry down.example: done');
  await page.getByRole('tab', { name: 'Connection' }).click();
  await expect(page.getByText('Not failing. Synapse has noted no failed attempt')).toBeVisible();
});

test('a server that was never sent anything is said to be unknown', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.destination('never.example'));
  await expect(page.getByText('Server not found')).toBeVisible();
});
