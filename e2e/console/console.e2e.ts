import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { PHONE } from '../app/visits.ts';

const answer = (page: Page) => page.getByRole('region', { name: 'Answer' }).first();
const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true });

/** Chooses a request by its words, and the field of each part. */
async function choose(page: Page, words: string, parts: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('combobox', { name: 'Request', exact: true }).fill(words);
  await page.getByRole('option').first().click();
  for (const [name, value] of Object.entries(parts)) await page.getByLabel(name, { exact: false }).first().fill(value);
}

test('does each task of the scripts that admins start with, and changes nothing before it is allowed to', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, { localpart: 'anna/ü', displayname: 'Anna' });
  anna.external_ids.push({ auth_provider: 'oidc-old', external_id: '1' });
  const room = addRoom(model, { name: 'Lobby', creator: model.adminId, members: [model.adminId] });
  const file = addMedia(model, { user_id: anna.name });
  await signIn(page, homeserverUrl, model.adminToken, paths.console());

  // A user, and a profile.
  await choose(page, 'Shows one user', { user_id: anna.name });
  await send(page).click();
  await expect(answer(page)).toContainText('"oidc-old"');
  await choose(page, 'display name and avatar', { user_id: anna.name });
  await send(page).click();
  await expect(answer(page)).toContainText('"Anna"');

  // A join: not before changes are allowed.
  await choose(page, 'Joins a local user', { room_id_or_alias: room.room_id });
  await page.getByLabel('Body (JSON)').fill('{"user_id": }');
  await expect(page.getByText('Not valid JSON: line 1, column 13.')).toBeVisible();
  await page.getByLabel('Body (JSON)').fill(JSON.stringify({ user_id: anna.name }));
  await expect(send(page)).toHaveAttribute('aria-disabled', 'true');
  expect(model.log.count('POST', /./)).toBe(0);
  await page.getByRole('button', { name: 'Allow changes' }).click();
  await send(page).click();
  await expect(answer(page)).toContainText(room.room_id);
  expect(model.log.count('POST', /\/join\//)).toBe(1);

  // External IDs: it says first that the list is replaced.
  await choose(page, 'Creates a user, or changes', { user_id: anna.name });
  await page.getByLabel('Body (JSON)').fill('{"external_ids": []}');
  await send(page).click();
  const dialog = page.getByRole('dialog', { name: 'Send this request?' });
  await expect(dialog).toContainText('replaced as a whole');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(answer(page)).toContainText('"external_ids"');
  expect(model.state.users.get(anna.name)?.external_ids).toEqual([]);

  // A file.
  await choose(page, 'Deletes a local file', { server_name: model.serverName, media_id: file.media_id });
  await send(page).click();
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(answer(page)).toContainText('"deleted_media"');
  expect(model.state.media.has(file.media_id)).toBe(false);

  // What was sent is listed, and can be opened again.
  await expect(page.getByRole('button', { name: /^[45] succeeded/ })).toBeVisible();
  await page.getByRole('button', { name: /^POST .*join/ }).click();
  await expect(page.getByLabel('Path')).toHaveValue(/\/join\//);
  await seeNoAxeViolation(page, 'console');

  // A reload forgets that changes were allowed.
  await page.reload();
  await expect(page.getByRole('button', { name: 'Allow changes' })).toBeVisible();
});

test('is filled in by the dialog of a change, and by a curl command without its token', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const { name } = addUser(model, { localpart: 'anna' });
  await signIn(page, homeserverUrl, model.adminToken, paths.user(name));
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Lock', exact: true }).click();
  await page.getByRole('button', { name: 'Show the request in the API console' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'API console' })).toBeVisible();
  await expect(page.getByLabel('Body (JSON)')).toHaveValue(/"locked": true/);
  await expect(page.getByLabel('user_id')).toHaveValue(name);

  await page.getByRole('button', { name: 'Paste a curl command…' }).click();
  await page
    .getByRole('textbox', { name: 'Command' })
    .fill(`curl -H "Authorization: Bearer syt_pasted" '${homeserverUrl}/_synapse/admin/v1/rooms?limit=2'`);
  await page.getByRole('button', { name: 'Fill in the request' }).click();
  await expect(page.getByLabel('Path')).toHaveValue('/_synapse/admin/v1/rooms?limit=2');
  await expect(page.getByText('The access token was dropped.')).toBeVisible();
  await expect(page.locator('body')).not.toContainText('syt_pasted');
});

test('an answer of 6 MB can be searched, and only the lines in sight are made', async ({
  page,
  model,
  homeserverUrl,
}) => {
  for (let at = 0; at < 100; at += 1)
    addUser(model, { localpart: `u${at}`, displayname: `${'x'.repeat(60_000)} ${at}` });
  await signIn(page, homeserverUrl, model.adminToken, paths.console());
  await page.getByLabel('Path').fill('/_synapse/admin/v2/users?limit=100');
  await send(page).click();
  await expect(page.getByLabel('Search the answer')).toBeVisible();
  await page.getByLabel('Search the answer').fill('"@u42:');
  await expect(page.getByText('Line 1 of 1')).toBeVisible();
  // Only lines in sight are made, and no tree of it all.
  await expect(page.getByRole('tree')).toHaveCount(0);
  expect(
    await page
      .getByRole('region', { name: /^Answer, / })
      .locator('div')
      .count(),
  ).toBeLessThan(200);
});

test('nothing is offered and nothing sent in read-only mode', async ({ page, model, homeserverUrl }) => {
  const { name } = addUser(model, { localpart: 'anna' });
  await signIn(page, homeserverUrl, model.adminToken, paths.user(name));
  await page.getByRole('button', { name: 'Read-only mode' }).click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: /^Lock/ })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('menuitem', { name: /^Lock/ })).toContainText('Read-only mode is on');
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Read-only mode' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Read-only mode' }).click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Lock', exact: true })).not.toHaveAttribute('aria-disabled', 'true');
});

test('an event is found by its ID from the palette', async ({ page, model, homeserverUrl }) => {
  const room = addRoom(model, { name: 'Lobby', creator: model.adminId, members: [model.adminId] });
  const event = {
    event_id: '$a_message-1',
    type: 'm.room.message',
    sender: model.adminId,
    origin_server_ts: model.startedAt,
    content: { msgtype: 'm.text', body: 'Hello' },
  };
  room.events.push(event);
  await signIn(page, homeserverUrl, model.adminToken);
  await page.keyboard.press('Control+k');
  await page
    .getByRole('combobox', { name: 'Search and commands' })
    .fill(`https://matrix.to/#/${room.room_id}/${event.event_id}`);
  await expect(page.locator('[data-combobox-selected]')).toHaveText(/Event ID/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Event' })).toBeVisible();
  await expect(page.getByRole('tree', { name: 'The event as JSON' })).toContainText(event.type);
  await seeNoAxeViolation(page, 'event');
  await page.setViewportSize(PHONE);
  await seeNoSidewaysScrolling(page, 'event');
});
