import * as homeserver from '../../src/api/homeserver.ts';
import * as media from '../../src/api/media.ts';
import * as rooms from '../../src/api/rooms.ts';
import * as statistics from '../../src/api/statistics.ts';
import { has } from '../../src/api/since.ts';
import * as users from '../../src/api/users.ts';
import { roomsOfSpace } from '../../src/data/room-lookups.ts';
import { remoteMedia } from './alike.ts';
import { expect, test } from './fixtures.ts';
import type { RealSynapse } from './server.ts';
import { DAY_MS, mediaOf } from './world.ts';

const homeserverOf = ({ baseUrl, adminToken, version }: RealSynapse) => ({ baseUrl, token: adminToken, version });

/** The stairs themselves, without a page: what src/api makes of a real Synapse's answers. */

test('every user is read, none of them odd', async ({ synapse, world }) => {
  const hs = homeserverOf(synapse);
  const page = await users.listUsers(hs, { guests: false, locked: true, limit: 1000 });
  expect(page.odd).toEqual([]);
  const expected = [...Object.values(world.users), ...world.crowd];
  expect(page.users.map((user) => user.name)).toEqual(expect.arrayContaining(expected.map((user) => user.userId)));
  for (const { userId, externalIds = [] } of expected) {
    const user = await users.getUser(hs, userId);
    expect(new Set(user.external_ids.map((id) => `${id.auth_provider} ${id.external_id}`))).toEqual(
      new Set(externalIds.map((id) => `${id.auth_provider} ${id.external_id}`)),
    );
    const listed = page.users.find((row) => row.name === userId);
    expect(user.creation_ts, 'the same unit in the list and in the single answer').toBe(listed?.creation_ts);
  }
});

test('every room is read, none of them odd', async ({ synapse, world }) => {
  const hs = homeserverOf(synapse);
  const page = await rooms.listRooms(hs, { limit: 1000 });
  expect(page.odd).toEqual([]);
  for (const { roomId } of Object.values(world.rooms)) {
    expect(page.rooms.map((room) => room.room_id)).toContain(roomId);
    expect((await rooms.getRoom(hs, roomId)).room_id).toBe(roomId);
    await rooms.roomMembers(hs, roomId);
    await rooms.roomState(hs, roomId, 'm.room.power_levels');
  }
  expect((await rooms.roomBlock(hs, world.rooms.blocked.roomId))?.block).toBe(true);
  // By `hierarchy`, or where the homeserver is too old for it by the state of each space.
  expect(await roomsOfSpace(hs, world.rooms.space.roomId)).toContain(world.rooms.private.roomId);
});

test('every file is read, in its list and alone', async ({ synapse, world }) => {
  const hs = homeserverOf(synapse);
  const uploaders = await statistics.listUploaders(hs, { limit: 1000 });
  expect(uploaders.odd).toEqual([]);
  for (const { user_id: userId } of uploaders.users) {
    const page = await media.listUserMedia(hs, userId, { limit: 1000 });
    expect(page.odd).toEqual([]);
  }
  if (!has(synapse.version, 'media-info')) return;
  for (const item of world.media) {
    const info = await media.mediaInfo(hs, world.serverName, item.mediaId);
    expect({ length: info.media_length, guarded: info.safe_from_quarantine }).toEqual({
      length: item.length,
      guarded: item.state === 'protected',
    });
    if (world.aged) expect(info.last_access_ts).toBe(item.lastAccessTs);
  }
});

test('deleting one file, the sweep and the remote cache answer with what they did', async ({ synapse, world }) => {
  test.skip(!world.aged, 'The sweep would take files of a server that is not ours.');
  const hs = homeserverOf(synapse);
  const one = mediaOf(world, 'of-the-gone');
  expect((await media.deleteMedia(hs, world.serverName, one.mediaId)).deleted_media).toEqual([one.mediaId]);
  const before = world.now - 600 * DAY_MS;
  const old = world.media.filter(
    (item) => (item.lastAccessTs ?? item.createdTs) < before && !item.avatarOf && !item.state && item !== one,
  );
  const swept = await media.sweepMedia(hs, world.serverName, { before_ts: before, size_gt: 0, keep_profiles: true });
  expect(new Set(swept.deleted_media)).toEqual(new Set(old.map((item) => item.mediaId)));
  expect(old.length).toBeGreaterThan(0);
  expect(await media.purgeRemoteMedia(hs, world.now)).toBe(remoteMedia.length);
});

test('who one is, which version, which ways to sign in', async ({ synapse, world }) => {
  const hs = homeserverOf(synapse);
  expect((await homeserver.whoami(hs)).user_id).toBe(world.adminId);
  expect(await homeserver.serverVersion(hs)).toMatch(/^\d+\.\d+/);
  await homeserver.clientVersions(hs);
  await homeserver.mediaConfig(hs);
  const flows = await homeserver.loginFlows(hs);
  // The ids are those that external ids carry, prefix and all.
  const providers = flows.flatMap((flow) => (flow.identity_providers ?? []).map((provider) => provider.id));
  if (synapse.own) expect(providers).toEqual(['oidc-google', 'oidc-keycloak']);
});

test('no answer to an admin may be kept by a cache: Synapse says so itself', async ({ synapse, world }) => {
  const id = encodeURIComponent(synapse.adminId);
  const room = encodeURIComponent(world.rooms.private.roomId);
  for (const path of [`/v2/users?limit=1`, `/v2/users/${id}`, `/v1/users/${id}/joined_rooms`, `/v1/rooms/${room}`]) {
    const response = await fetch(`${synapse.baseUrl}/_synapse/admin${path}`, {
      headers: { authorization: `Bearer ${synapse.adminToken}` },
    });
    expect(response.ok, path).toBe(true);
    expect(response.headers.get('cache-control'), path).toContain('no-store');
  }
});
