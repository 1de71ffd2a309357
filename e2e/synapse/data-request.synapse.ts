import { readFile } from 'node:fs/promises';
import { paths } from '../../src/lib/paths.ts';
import { textIn, unzip } from '../../src/testing/unzip.ts';
import { ask, must, path } from './client.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';
import type { RealSynapse } from './server.ts';

/** A copy of what a real Synapse has of a user, and the erasure: what it then says is read past the app. */

const NOTE = 'Words of a file\n';

async function prepare(synapse: RealSynapse, userId: string) {
  const { baseUrl, adminToken: token } = synapse;
  const json = { new_password: 'a-long-enough-password', logout_devices: false };
  await must(baseUrl, path`/_synapse/admin/v1/reset_password/${userId}`, { method: 'POST', token, json });
  const { access_token: own } = await must<{ access_token: string }>(baseUrl, '/_matrix/client/v3/login', {
    method: 'POST',
    json: { type: 'm.login.password', identifier: { type: 'm.id.user', user: userId }, password: json.new_password },
  });
  const post = (route: string, body: unknown) =>
    must<Record<string, string>>(baseUrl, route, { method: 'POST', token: own, json: body });
  const { room_id: roomId = '' } = await post('/_matrix/client/v3/createRoom', { preset: 'public_chat' });
  const { event_id: eventId } = await must<{ event_id: string }>(
    baseUrl,
    path`/_matrix/client/v3/rooms/${roomId}/send/m.room.message/t1`,
    { method: 'PUT', token: own, json: { msgtype: 'm.text', body: 'personal' } },
  );
  await must(baseUrl, `/_matrix/media/v3/upload?filename=${encodeURIComponent('../../note.txt')}`, {
    method: 'POST',
    token: own,
    raw: NOTE,
    headers: { 'Content-Type': 'text/plain' },
  });
  await must(baseUrl, path`/_synapse/admin/v2/users/${userId}`, {
    method: 'PUT',
    token,
    json: {
      threepids: [{ medium: 'email', address: 'erase.me@example.org' }],
      external_ids: [{ auth_provider: 'oidc-x', external_id: 'erase-me' }],
    },
  });
  return { roomId, eventId, own };
}

test('the archive of a user has what Synapse has of them, and an erasure in one job leaves nothing of it', async ({
  page,
  synapse,
  world,
}) => {
  const userId = world.crowd[7]?.userId ?? '';
  const { baseUrl, adminToken: token } = synapse;
  const { roomId, eventId, own } = await prepare(synapse, userId);
  await signInAsAdmin(page, synapse);
  await page.goto(page.url().replace(/#.*/, `#${paths.dataRequest(userId)}`));
  await expect(page.getByText(/^1 file/)).toBeVisible();
  // Statistics are counted later: of an unknown size, the archive would go to a place that the system's own dialog asks for.
  await page.evaluate(() => {
    Object.defineProperty(window, 'showSaveFilePicker', { value: undefined });
  });
  await page.getByLabel('Also include the files themselves').check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Make the archive' }).click(),
  ]);
  await expect(page.getByText('The archive is saved', { exact: true })).toBeVisible();
  const files = unzip(new Uint8Array(await readFile(await download.path())));
  const jsonIn = (name: string) => JSON.parse(textIn(files, name)) as Record<string, unknown>;
  expect(jsonIn('manifest.json')).toMatchObject({ complete: true, user: userId });
  expect(jsonIn('account.json')).toMatchObject({
    name: userId,
    external_ids: [{ auth_provider: 'oidc-x', external_id: 'erase-me' }],
  });
  expect(jsonIn('rooms.json')).toMatchObject({ memberships: { [roomId]: 'join' } });
  expect(jsonIn('sessions.json')).toMatchObject({ total: 1 });
  const name = [...files.keys()].find((one) => one.startsWith('files/'));
  expect(name).toMatch(/^files\/0001-[^/]*note\.txt$/);
  expect(textIn(files, name ?? '')).toBe(NOTE);
  const all = [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('');
  expect(all).not.toContain(token);
  expect(all).not.toContain(own);

  await page.getByRole('tab', { name: 'Erasure' }).click();
  await page.getByRole('button', { name: 'All steps as one job…' }).click();
  await page.getByLabel('Type the user ID to confirm').fill(userId);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Erase/ })
    .click();
  await expect(page.getByText('Finished', { exact: true }).first()).toBeVisible({ timeout: 100_000 });
  expect(await must(baseUrl, path`/_synapse/admin/v2/users/${userId}`, { token })).toMatchObject({
    deactivated: true,
    erased: true,
    displayname: null,
    threepids: [],
    external_ids: [],
  });
  expect(await must(baseUrl, path`/_synapse/admin/v1/users/${userId}/media`, { token })).toMatchObject({ total: 0 });
  expect(await must(baseUrl, path`/_synapse/admin/v1/users/${userId}/joined_rooms`, { token })).toMatchObject({
    total: 0,
  });
  const { body } = await ask(baseUrl, path`/_synapse/admin/v1/rooms/${roomId}/context/${eventId}`, { token });
  expect((body as { event?: { content?: unknown } }).event?.content).toEqual({});
});
