import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { addRoom, addUser } from '../../src/mocks/build.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';

/** A full ID, address or link that was copied from Glia, a mail or a client and pasted into a search. */

const rows = (page: Page) => page.getByRole('table').locator('[role=row][data-index]');
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search' });

test('a full user ID, an email address or a link finds that one user, even one that lists leave out', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const anna = addUser(model, {
    localpart: 'anna',
    deactivated: true,
    threepids: [{ medium: 'email', address: 'anna@mail.example', added_at: 1, validated_at: 1 }],
  }).name;
  addUser(model, 'anna.other');
  await signIn(page, homeserverUrl, model.adminToken, `${paths.users()}?deactivated=none`);
  await expect(rows(page)).toHaveCount(2);
  for (const text of [anna, '@anna', 'Anna@mail.example', `https://matrix.to/#/${anna}`, `<${anna}>`]) {
    await search(page).fill(text);
    await expect(page.getByText('Exact match')).toBeVisible();
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText([anna]);
    await search(page).fill('');
    await expect(rows(page)).toHaveCount(2);
  }
  await search(page).fill(anna);
  await page.getByRole('checkbox', { name: `Select ${anna}` }).check();
  await page.getByRole('button', { name: 'Remove external IDs…' }).click();
  await expect(page.getByRole('radio', { name: new RegExp(anna) })).toBeChecked();

  await page.goto(appUrl(`${paths.users()}?name=%40anna.ot`));
  await expect(page.getByText('There is no user @anna.ot:demo.example on this homeserver.')).toBeVisible();
  await expect(rows(page)).toContainText(['@anna.other:demo.example']);
  await search(page).fill('@anna:far.example');
  await expect(page.getByText('is a user of far.example')).toBeVisible();
  await search(page).fill('nobody@mail.example');
  await expect(page.getByText('No user of this homeserver has the email address')).toBeVisible();
});

test('a room’s alias, ID or link finds that one room, in the list and in the picker', async ({
  page,
  model,
  homeserverUrl,
}) => {
  const creator = addUser(model, 'creator').name;
  const lobby = addRoom(model, { name: 'Lobby', alias: 'general', creator, members: [creator] });
  addRoom(model, { name: 'general talk', creator, members: [creator] });
  await signIn(page, homeserverUrl, model.adminToken, paths.rooms());
  await expect(rows(page)).toHaveCount(2);
  const whole = [
    '#general:demo.example',
    '#general',
    lobby.room_id,
    'https://app.element.io/#/room/#general:demo.example',
  ];
  for (const text of whole) {
    await search(page).fill(text);
    await expect(page.getByText('Exact match')).toBeVisible();
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText(['Lobby']);
    await search(page).fill('');
    await expect(rows(page)).toHaveCount(2);
  }
  await search(page).fill('#genera');
  await expect(page.getByText('There is no room #genera:demo.example on this homeserver.')).toBeVisible();
  await expect(rows(page)).toHaveCount(2);

  await page.goto(appUrl(paths.joinRooms()));
  await page.getByRole('button', { name: 'Pick rooms…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pick rooms' });
  for (const text of whole) {
    await dialog.getByRole('textbox', { name: 'Search' }).fill(text);
    await expect(dialog.getByText('Found by its exact ID')).toBeVisible();
    await expect(dialog.getByRole('checkbox')).toHaveCount(1);
    await dialog.getByRole('textbox', { name: 'Search' }).fill('');
    await expect(dialog.getByRole('checkbox')).toHaveCount(2);
  }
});

test('a search with an SQL wildcard says how Synapse reads it, and a job takes only what really matches', async ({
  page,
  model,
  homeserverUrl,
}) => {
  for (const localpart of ['john_doe', 'johnxdoe']) addUser(model, localpart);
  for (let index = 0; index < 30; index += 1) addUser(model, `x${index}.john_doe`);
  const creator = addUser(model, 'creator').name;
  addRoom(model, { name: 'Lobby', alias: 'lobby', creator, members: [creator], public: true });
  await signIn(page, homeserverUrl, model.adminToken, `${paths.users()}?name=john_doe&size=25`);
  await expect(page.getByText('Synapse reads “_” as any one character')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await page.getByRole('button', { name: /^Select all.*32/ }).click();
  await page.getByRole('button', { name: 'Join to rooms…' }).click();
  await expect(page.getByRole('radio', { name: 'All users that match the list’s filter (at most 32)' })).toBeChecked();
  await page.getByRole('textbox', { name: 'Rooms to join' }).fill('#lobby:demo.example');
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByRole('table')).toContainText('@john_doe:demo.example');
  await expect(page.getByText('31 items')).toBeVisible();
  await expect(page.getByText('@johnxdoe:demo.example')).toHaveCount(0);
});
