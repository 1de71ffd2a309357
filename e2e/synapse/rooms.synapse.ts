import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { ask, must, path } from './client.ts';
import { expect, signInAsAdmin, test } from './fixtures.ts';
import type { RealSynapse } from './server.ts';
import type { World } from './world.ts';

/** The rooms chapter on the real Synapse: what it then says is read past the app. */

const member = ({ crowd }: World, index: number): string => {
  const user = crowd[index];
  if (!user) throw new Error(`There is no crowd member ${index}.`);
  return user.userId;
};

/** A room of the admin's with this user in it. @param version of the room */
async function roomWith(synapse: RealSynapse, userId: string, version: string): Promise<string> {
  const { baseUrl, adminToken: token } = synapse;
  const { room_id: roomId } = await must<{ room_id: string }>(baseUrl, '/_matrix/client/v3/createRoom', {
    method: 'POST',
    token,
    json: { preset: 'public_chat', room_version: version, name: `Rooms ${version}` },
  });
  const json = { user_id: userId };
  await must(baseUrl, path`/_synapse/admin/v1/join/${roomId}`, { method: 'POST', token, json });
  return roomId;
}

async function tokenOf({ baseUrl, adminToken: token }: RealSynapse, userId: string): Promise<string> {
  const json = { new_password: 'a-long-enough-password', logout_devices: false };
  await must(baseUrl, path`/_synapse/admin/v1/reset_password/${userId}`, { method: 'POST', token, json });
  const signedIn = await must<{ access_token: string }>(baseUrl, '/_matrix/client/v3/login', {
    method: 'POST',
    json: { type: 'm.login.password', identifier: { type: 'm.id.user', user: userId }, password: json.new_password },
  });
  return signedIn.access_token;
}

/** Confirms the dialog that is open by what it asks for, and presses its button. */
async function confirm(page: Page, label: string, typed?: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: label });
  if (typed !== undefined) await dialog.getByRole('textbox', { name: /to confirm$/ }).fill(typed);
  await dialog.getByRole('button', { name: label, exact: true }).click();
  await expect(dialog).toHaveCount(0, { timeout: 30_000 });
}

for (const version of ['10', '12']) {
  test(`redacts one message in a room of version ${version}, and another stays`, async ({ page, synapse, world }) => {
    const { baseUrl, adminToken: token } = synapse;
    const userId = member(world, version === '10' ? 0 : 1);
    const roomId = await roomWith(synapse, userId, version);
    const own = await tokenOf(synapse, userId);
    const sent: string[] = [];
    for (const body of ['spam', 'fine']) {
      const route = path`/_matrix/client/v3/rooms/${roomId}/send/m.room.message/${body}`;
      const json = { msgtype: 'm.text', body };
      // oxlint-disable-next-line no-await-in-loop -- in this order
      sent.push((await must<{ event_id: string }>(baseUrl, route, { method: 'PUT', token: own, json })).event_id);
    }
    const [spam = '', fine = ''] = sent;
    await signInAsAdmin(page, synapse, `${paths.room(roomId)}?tab=messages`);
    await page.getByRole('button', { name: 'Read messages' }).click();
    await page.getByRole('button', { name: `Actions for ${spam}` }).click();
    await page.getByRole('menuitem', { name: 'Redact…' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Spam');
    await confirm(page, 'Redact', spam);
    const contentOf = async (eventId: string) =>
      (
        await must<{ content: Record<string, unknown> }>(
          baseUrl,
          path`/_matrix/client/v3/rooms/${roomId}/event/${eventId}`,
          { token },
        )
      ).content;
    expect(await contentOf(spam)).toEqual({});
    expect(await contentOf(fine)).toMatchObject({ body: 'fine' });
  });
}

test('bans a member with a reason, and lifts the ban again', async ({ page, synapse, world }) => {
  const { baseUrl, adminToken: token } = synapse;
  const userId = member(world, 2);
  const roomId = await roomWith(synapse, userId, '11');
  const membership = () =>
    must<{ membership: string }>(baseUrl, path`/_matrix/client/v3/rooms/${roomId}/state/m.room.member/${userId}`, {
      token,
    });
  await signInAsAdmin(page, synapse, `${paths.room(roomId)}?tab=members`);
  await page.getByRole('button', { name: `Actions for ${userId}` }).click();
  await page.getByRole('menuitem', { name: 'Ban from room…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Flooding');
  await confirm(page, 'Ban from room', userId);
  expect(await membership()).toMatchObject({ membership: 'ban', reason: 'Flooding' });
  await page.getByRole('button', { name: '1 invited, banned or left' }).click();
  await page.getByRole('button', { name: `Actions for ${userId}` }).click();
  await page.getByRole('menuitem', { name: 'Lift ban' }).click();
  await confirm(page, 'Lift ban');
  expect(await membership()).toMatchObject({ membership: 'leave' });
});

test('adds an alias to a room and removes it', async ({ page, synapse, world }) => {
  const { baseUrl } = synapse;
  const roomId = await roomWith(synapse, member(world, 3), '11');
  const alias = `#made-by-glia:${world.serverName}`;
  const holder = () => ask(baseUrl, path`/_matrix/client/v3/directory/room/${alias}`);
  await signInAsAdmin(page, synapse, paths.room(roomId));
  await page.getByRole('textbox', { name: 'New alias' }).fill('made-by-glia');
  await page.getByRole('button', { name: 'Add alias…' }).click();
  await confirm(page, 'Add alias');
  expect(await holder()).toMatchObject({ status: 200, body: { room_id: roomId } });
  await page.getByRole('button', { name: `Actions for ${alias}` }).click();
  await page.getByRole('menuitem', { name: 'Remove alias' }).click();
  await confirm(page, 'Remove alias');
  expect(await holder()).toMatchObject({ status: 404 });
});

test('deletes a room, and the report names who was removed', async ({ page, synapse, world }) => {
  const { baseUrl, adminToken: token } = synapse;
  const userId = member(world, 4);
  const roomId = await roomWith(synapse, userId, '11');
  await signInAsAdmin(page, synapse, paths.room(roomId));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete room…' }).click();
  await confirm(page, 'Delete room', roomId);
  await expect(page.getByText(/2 members removed: .*Now deleted\./)).toContainText(userId);
  expect((await ask(baseUrl, path`/_synapse/admin/v1/rooms/${roomId}`, { token })).status).toBe(404);
});
