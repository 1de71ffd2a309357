import { paths } from '../../src/lib/paths.ts';
import { expect, signIn, test } from '../fixtures.ts';

/** What the homeserver does in the background. */

test('pauses updates, undoes that, and starts a job that then runs', async ({ page, model, homeserverUrl }) => {
  await signIn(page, homeserverUrl, model.adminToken, paths.background());
  await page.getByRole('button', { name: 'Pause updates' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pause updates' }).click();
  await expect(page.getByRole('button', { name: 'Resume updates' })).toBeVisible();
  expect(model.state.backgroundUpdates.enabled).toBe(false);
  await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Pause updates' })).toBeVisible();
  await page.getByRole('button', { name: 'Start: Rebuild the user directory' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('regenerate_directory: done');
  // The model ends its own run by itself: what it would end must not be the one below.
  await expect.poll(() => model.state.backgroundUpdates.current).toBeNull();
  model.state.backgroundUpdates.current = { name: 'regenerate_directory', total_item_count: 5, total_duration_ms: 10 };
  const running = page.getByRole('table', { name: 'Background updates' });
  // A reading that the start of the job asked for may be under way, and have begun before.
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh background tasks' }).click();
    await expect(running.getByRole('link', { name: 'Glia, in this browser' })).toBeVisible({ timeout: 2000 });
  }).toPass();
});

test('lists scheduled tasks with what they work on, and finds those that failed', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const task = { timestamp_ms: model.now(), resource_id: model.adminId, result: null, error: null };
  model.state.tasks.set('a', { ...task, id: 'a', action: 'redact_all_events', status: 'complete' });
  model.state.tasks.set('b', { ...task, id: 'b', action: 'purge_room', status: 'failed', error: 'It is stuck.' });
  await signIn(page, homeserverUrl, model.adminToken, paths.background());
  const table = page.getByRole('table', { name: 'Scheduled tasks' });
  await expect(table).toContainText('Redact a user’s messages');
  await page.getByRole('button', { name: '1 failed' }).click();
  await expect(table).toContainText('It is stuck.');
  await expect(table).not.toContainText('Redact a user’s messages');
});
