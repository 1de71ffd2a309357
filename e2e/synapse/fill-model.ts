import { addMedia, addRemoteMedia, addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { remoteMedia, roomKeys } from './alike.ts';
import type { AlikeRoom } from './alike.ts';
import { DAY_MS, mediaOf, whoIs } from './world.ts';
import type { World, WorldRoom, WorldUser } from './world.ts';

type Model = MockHomeserver;
type Memberships = Record<string, 'join' | 'leave' | 'ban'>;

function fillConfig({ state: { config } }: Model): void {
  config.identity_providers = [
    { id: 'oidc-google', name: 'Google' },
    { id: 'oidc-keycloak', name: 'Keycloak' },
  ];
  config.well_known = { 'm.homeserver': { base_url: 'http://127.0.0.1/' } };
  config.server_notices = false;
  config.sqlite = true;
}

function addToken(
  model: Model,
  token: string,
  user_id: string,
  facts: { device: string | null; by: string | null },
): void {
  const { device, by } = facts;
  model.state.tokens.set(token, {
    user_id,
    device_id: device,
    valid_until_ms: null,
    puppeted_by: by,
    scopes: [],
    active: true,
  });
}

function fillUser(model: Model, world: World, user: WorldUser): void {
  const { userId, state, displayname, password, admin = false, externalIds = [], email, userType = null } = user;
  const gone = state === 'deactivated' || state === 'erased';
  const picture = world.media.find(({ avatarOf }) => typeof avatarOf === 'string' && world.users[avatarOf] === user);
  const added = addUser(model, {
    name: userId,
    admin,
    user_type: userType,
    creation_ts: Math.floor(user.createdTs / 1000),
    external_ids: externalIds.map(({ auth_provider, external_id }) => ({ auth_provider, external_id })),
    threepids: email ? [{ medium: 'email', address: email, validated_at: world.now, added_at: world.now }] : [],
    deactivated: gone,
    erased: state === 'erased',
    locked: state === 'locked' && model.atLeast('1.91'),
    suspended: state === 'suspended' && model.atLeast('1.122'),
    shadow_banned: state === 'shadow-banned',
    avatar_url: picture?.mxc ?? null,
    ...(displayname === undefined ? {} : { displayname }),
    ...(password === undefined || gone ? {} : { password }),
  });
  // Erasing takes the profile along, deactivating does not.
  if (state === 'erased') added.displayname = null;
}

function fillUsers(model: Model, world: World): void {
  const { adminId } = world;
  const admin = model.state.users.get(adminId);
  if (!admin) throw new Error(`The model has no ${adminId}.`);
  admin.displayname = 'admin';
  admin.ratelimit = { messages_per_second: 0, burst_count: 0 };
  admin.connections.push({ ip: '127.0.0.1', last_seen: world.now, user_agent: 'node' });
  admin.creation_ts = Math.floor(world.adminCreatedTs / 1000);
  addToken(model, world.adminToken, adminId, { device: admin.devices[0]?.device_id ?? null, by: null });
  for (const user of [...Object.values(world.users), ...world.crowd]) fillUser(model, world, user);
  addToken(model, world.userToken, world.users.ada.userId, { device: null, by: adminId });
  if (world.guestToken) {
    const guest = addUser(model, {
      name: world.guestId,
      is_guest: true,
      creation_ts: Math.floor(world.adminCreatedTs / 1000),
    });
    addToken(model, world.guestToken, guest.name, { device: 'guest_device', by: null });
  }
}

/** What the presets of createRoom leave behind, as far as the Admin API shows it. */
const preset = (room: AlikeRoom): { guest_access: string | null; history_visibility: string } => ({
  guest_access: room.joinRule === 'public' ? null : 'can_join',
  history_visibility: 'shared',
});

/** When the last of ours leaves, Synapse forgets the current state: the room has no name and no rules any more. */
function desert(model: Model, roomId: string): void {
  const room = model.state.rooms.get(roomId);
  if (!room) throw new Error(`The model has no ${roomId}.`);
  room.name = null;
  room.join_rules = null;
  room.guest_access = null;
  room.history_visibility = null;
}

function fillRoom(model: Model, world: World, room: WorldRoom): void {
  const creator = whoIs(world, room.creator);
  const members: Memberships = { [creator]: room.deserted ? 'leave' : 'join' };
  for (const who of room.members ?? []) members[whoIs(world, who)] = 'join';
  for (const who of room.banned ?? []) members[whoIs(world, who)] = 'ban';
  const picture = world.media.find(
    ({ avatarOf }) => typeof avatarOf === 'object' && world.rooms[avatarOf.room] === room,
  );
  addRoom(model, {
    room_id: room.roomId,
    name: room.name ?? null,
    topic: room.topic ?? null,
    avatar: picture?.mxc ?? null,
    version: room.version,
    creator,
    encryption: room.encrypted ? 'm.megolm.v1.aes-sha2' : null,
    public: room.listed ?? false,
    join_rules: room.joinRule,
    allow: room.allow ? [world.rooms[room.allow as keyof World['rooms']].roomId] : [],
    room_type: room.space ? 'm.space' : null,
    members,
    power_levels: { invite: room.invitePower ?? 0 },
    children: (room.children ?? []).map((key) => world.rooms[key as keyof World['rooms']].roomId),
    ...(room.roomAlias ? { alias: room.roomAlias } : {}),
    ...preset(room),
  });
  if (room.deserted) desert(model, room.roomId);
  if (picture) {
    // The state event is what quarantining a room's media finds the picture by.
    model.state.rooms.get(room.roomId)?.events.push({
      event_id: `$avatar-${picture.key}`,
      type: 'm.room.avatar',
      state_key: '',
      sender: creator,
      origin_server_ts: world.now,
      content: { url: picture.mxc },
    });
  }
  if (room.blocked) model.state.blockedRooms.set(room.roomId, world.adminId);
}

function fillMedia(model: Model, world: World): void {
  for (const item of world.media) {
    addMedia(model, {
      media_id: item.mediaId,
      user_id: item.userId,
      media_type: item.type,
      media_length: item.length,
      upload_name: item.name,
      created_ts: item.createdTs,
      last_access_ts: item.lastAccessTs,
      safe_from_quarantine: item.state === 'protected',
      quarantined_by: item.state === 'quarantined' ? world.adminId : null,
    });
    if (item.state === 'quarantined') {
      model.state.quarantineChanges.push({ origin: world.serverName, media_id: item.mediaId, quarantined: true });
    }
  }
  for (const { origin, mediaId, length, openedDaysAgo } of remoteMedia) {
    const ts = world.now - openedDaysAgo * DAY_MS;
    addRemoteMedia(model, {
      media_origin: origin,
      media_id: mediaId,
      filesystem_id: mediaId,
      media_type: 'image/png',
      media_length: length,
      created_ts: ts,
      last_access_ts: ts,
      sha256: null,
    });
  }
}

function fillEvents(model: Model, world: World): void {
  for (const item of world.media) {
    if (!item.postedIn) continue;
    model.state.rooms.get(world.rooms[item.postedIn].roomId)?.events.push({
      event_id: `$${item.key}`,
      type: 'm.room.message',
      sender: item.userId,
      origin_server_ts: world.now,
      content: { msgtype: 'm.image', body: item.name ?? 'file', url: mediaOf(world, item.key).mxc },
    });
  }
}

/** The model filled with what the real Synapse of this version holds: the same names, ids and tokens. */
export function filledModel(world: World, version: string): MockHomeserver {
  const { serverName, now } = world;
  const model = new MockHomeserver({ serverName, version, adminLocalpart: 'admin', now });
  fillConfig(model);
  fillUsers(model, world);
  for (const key of roomKeys) fillRoom(model, world, world.rooms[key]);
  fillMedia(model, world);
  fillEvents(model, world);
  return model;
}
