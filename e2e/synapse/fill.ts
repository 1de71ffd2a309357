import { randomBytes } from 'node:crypto';
import { isAtLeast } from '../../src/lib/versions.ts';
import * as alike from './alike.ts';
import type { AlikeMedia, AlikeRoom, AlikeUser, RoomKey, UserKey, Who } from './alike.ts';
import { setAges } from './ages.ts';
import { must, path } from './client.ts';
import type { RealSynapse } from './server.ts';
import { roomsCounted, upToDate } from './settle.ts';
import { DAY_MS, whoIs } from './world.ts';
import type { World, WorldMedia, WorldRoom, WorldUser } from './world.ts';

const CLIENT = '/_matrix/client/v3';

/** `count` workers over the items, in order of the list; the first failure ends it. */
async function each<T>(
  items: readonly T[],
  count: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) await work(item, index);
  };
  await Promise.all(Array.from({ length: count }, worker));
}

const wholeSeconds = (ms: number): number => Math.floor(ms / 1000) * 1000;

class Filler {
  readonly synapse: RealSynapse;
  readonly world: World;
  /** Added to names on a server that is not ours, so that filling it twice does not clash. */
  readonly tag: string;
  #roomVersion: Promise<number> | undefined;
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(synapse: RealSynapse, tag: string) {
    this.synapse = synapse;
    this.tag = tag;
    const { serverName, adminId, adminToken } = synapse;
    const now = Date.now();
    this.world = {
      serverName,
      adminId,
      adminToken,
      userToken: '',
      guestToken: undefined,
      guestId: '',
      adminCreatedTs: wholeSeconds(now - 1100 * DAY_MS),
      users: {} as Record<UserKey, WorldUser>,
      crowd: [],
      rooms: {} as Record<RoomKey, WorldRoom>,
      media: [],
      aged: false,
      now,
    };
  }

  call<T = Record<string, unknown>>(method: string, route: string, json?: unknown, token?: string): Promise<T> {
    const asking = {
      method,
      json: json ?? (method === 'GET' ? undefined : {}),
      token: token ?? this.synapse.adminToken,
    };
    return must<T>(this.synapse.baseUrl, route, asking);
  }

  /** The admin's token, or one of "login as user": the admin's lifted rate limit covers those too. */
  tokenOf(who: Who): Promise<string> {
    if (who === 'admin') return Promise.resolve(this.synapse.adminToken);
    const userId = whoIs(this.world, who);
    const known = this.#tokens.get(userId);
    if (known) return known;
    const fresh = this.call<{ access_token: string }>('POST', path`/_synapse/admin/v1/users/${userId}/login`).then(
      (answer) => answer.access_token,
    );
    this.#tokens.set(userId, fresh);
    return fresh;
  }

  worldUser(user: AlikeUser, index: number): WorldUser {
    const tagged = (user.externalIds ?? []).map(({ auth_provider, external_id }) => ({
      auth_provider,
      external_id: external_id + this.tag,
    }));
    // Each a week younger than the one before: no two of an age.
    const createdTs = wholeSeconds(this.world.now - (1050 - 7 * index) * DAY_MS);
    const localpart = user.localpart + this.tag;
    const userId = `@${localpart}:${this.synapse.serverName}`;
    return { ...user, localpart, externalIds: tagged, userId, createdTs };
  }

  async makeUser({ userId, displayname, externalIds, password, admin, email, userType }: WorldUser): Promise<void> {
    await this.call('PUT', path`/_synapse/admin/v2/users/${userId}`, {
      displayname,
      password,
      admin,
      external_ids: externalIds,
      user_type: userType,
      threepids: email ? [{ medium: 'email', address: this.tag + email }] : undefined,
    });
  }

  async setState({ userId, state }: WorldUser): Promise<void> {
    const user = path`/_synapse/admin/v2/users/${userId}`;
    if (state === 'deactivated') await this.call('PUT', user, { deactivated: true });
    if (state === 'erased') await this.call('POST', path`/_synapse/admin/v1/deactivate/${userId}`, { erase: true });
    if (state === 'locked') await this.call('PUT', user, { locked: true });
    if (state === 'suspended' && isAtLeast(this.synapse.version, '1.122'))
      await this.call('PUT', path`/_synapse/admin/v1/suspend/${userId}`, { suspend: true });
    if (state === 'shadow-banned') await this.call('POST', path`/_synapse/admin/v1/users/${userId}/shadow_ban`);
  }

  async upload(item: AlikeMedia): Promise<WorldMedia> {
    // Every file has its own bytes: quarantining one takes all of the same hash along.
    const bytes = Buffer.alloc(item.length, `${item.key}${this.tag} `);
    const query = item.name === null ? '' : `?filename=${encodeURIComponent(item.name)}`;
    const { content_uri: mxc } = await must<{ content_uri: string }>(
      this.synapse.baseUrl,
      `/_matrix/media/v3/upload${query}`,
      { method: 'POST', raw: bytes, token: await this.tokenOf(item.owner), headers: { 'Content-Type': item.type } },
    );
    const ago = (days: number): number => this.world.now - days * DAY_MS;
    return {
      ...item,
      mxc,
      mediaId: mxc.slice(mxc.lastIndexOf('/') + 1),
      userId: whoIs(this.world, item.owner),
      createdTs: ago(item.createdDaysAgo),
      lastAccessTs: item.openedDaysAgo === null ? null : ago(item.openedDaysAgo),
    };
  }

  async makeRoom(key: RoomKey, room: AlikeRoom): Promise<WorldRoom> {
    const { serverName } = this.synapse;
    const alias = room.alias && room.alias + this.tag;
    const version = String(Math.min(Number(room.version), await this.#newestRoomVersion()));
    const initial_state: object[] = [];
    const state = (type: string, content: object, state_key = ''): void => {
      initial_state.push({ type, state_key, content });
    };
    if (room.joinRule === 'restricted' && room.allow) {
      const allow = [{ type: 'm.room_membership', room_id: this.world.rooms[room.allow as RoomKey].roomId }];
      state('m.room.join_rules', { join_rule: 'restricted', allow });
    } else {
      state('m.room.join_rules', { join_rule: room.joinRule });
    }
    if (room.encrypted) state('m.room.encryption', { algorithm: 'm.megolm.v1.aes-sha2' });
    const picture = this.world.media.find(({ avatarOf }) => typeof avatarOf === 'object' && avatarOf.room === key);
    if (picture) state('m.room.avatar', { url: picture.mxc });
    const { room_id: roomId } = await this.call<{ room_id: string }>(
      'POST',
      `${CLIENT}/createRoom`,
      {
        preset: room.joinRule === 'public' ? 'public_chat' : 'private_chat',
        visibility: room.listed ? 'public' : 'private',
        room_version: version,
        name: room.name,
        topic: room.topic,
        room_alias_name: alias,
        creation_content: room.space ? { type: 'm.space' } : undefined,
        power_level_content_override: room.invitePower === undefined ? undefined : { invite: room.invitePower },
        initial_state,
      },
      await this.tokenOf(room.creator),
    );
    return { ...room, version, roomId, roomAlias: alias && `#${alias}:${serverName}` };
  }

  #newestRoomVersion(): Promise<number> {
    this.#roomVersion ??= this.call<{
      capabilities: { 'm.room_versions': { available: Record<string, string> } };
    }>('GET', `${CLIENT}/capabilities`).then(({ capabilities: { 'm.room_versions': versions } }) => {
      const numbers = Object.keys(versions.available).map(Number);
      return Math.max(...numbers.filter((one) => !Number.isNaN(one)));
    });
    return this.#roomVersion;
  }

  async enter(room: WorldRoom): Promise<void> {
    const { roomId } = room;
    const creator = await this.tokenOf(room.creator);
    for (const who of room.members ?? []) {
      const user_id = whoIs(this.world, who);
      if (room.joinRule !== 'public')
        await this.call('POST', path`/_matrix/client/v3/rooms/${roomId}/invite`, { user_id }, creator);
      await this.call('POST', path`/_matrix/client/v3/rooms/${roomId}/join`, {}, await this.tokenOf(who));
    }
    for (const who of room.banned ?? []) {
      const user_id = whoIs(this.world, who);
      await this.call('POST', path`/_matrix/client/v3/rooms/${roomId}/join`, {}, await this.tokenOf(who));
      await this.call('POST', path`/_matrix/client/v3/rooms/${roomId}/ban`, { user_id }, creator);
    }
    for (const child of room.children ?? []) {
      const route = path`/_matrix/client/v3/rooms/${roomId}/state/m.space.child/${this.world.rooms[child as RoomKey].roomId}`;
      await this.call('PUT', route, { via: [this.synapse.serverName] }, creator);
    }
    if (room.deserted) await this.call('POST', path`/_matrix/client/v3/rooms/${roomId}/leave`, {}, creator);
    if (room.blocked) await this.call('PUT', path`/_synapse/admin/v1/rooms/${roomId}/block`, { block: true });
  }

  async post(item: WorldMedia): Promise<void> {
    if (!item.postedIn) return;
    const { roomId } = this.world.rooms[item.postedIn];
    const content = { msgtype: 'm.image', body: item.name ?? 'file', url: item.mxc };
    const route = path`/_matrix/client/v3/rooms/${roomId}/send/m.room.message/${item.key}`;
    await this.call('PUT', route, content, await this.tokenOf(item.owner));
  }

  async guard(item: WorldMedia): Promise<void> {
    const { serverName } = this.synapse;
    if (item.state === 'protected') await this.call('POST', path`/_synapse/admin/v1/media/protect/${item.mediaId}`);
    if (item.state === 'quarantined') {
      await this.call('POST', path`/_synapse/admin/v1/media/quarantine/${serverName}/${item.mediaId}`);
    }
  }

  async fillUsers(): Promise<void> {
    const { world } = this;
    for (const [index, key] of alike.userKeys.entries()) {
      world.users[key] = this.worldUser(alike.alikeUser(key), index);
    }
    world.crowd = alike.crowd.map((user, index) => this.worldUser(user, alike.userKeys.length + index));
    await each([...Object.values(world.users), ...world.crowd], 4, (user) => this.makeUser(user));
    world.userToken = await this.tokenOf('ada');
    if (this.synapse.own) {
      const guest = await must<{ access_token: string; user_id: string }>(
        this.synapse.baseUrl,
        `${CLIENT}/register?kind=guest`,
        {
          method: 'POST',
          json: {},
        },
      );
      world.guestToken = guest.access_token;
      world.guestId = guest.user_id;
    }
  }

  async fillMedia(): Promise<void> {
    const { world } = this;
    world.media = Array.from({ length: alike.media.length });
    await each(alike.media, 4, async (item, index) => {
      world.media[index] = await this.upload(item);
    });
    for (const { avatarOf, mxc } of world.media) {
      if (typeof avatarOf !== 'string') continue;
      const { userId } = world.users[avatarOf];
      await this.call('PUT', path`/_synapse/admin/v2/users/${userId}`, { avatar_url: mxc });
    }
  }

  async fillRooms(): Promise<void> {
    const { world } = this;
    const first = alike.roomKeys.filter((key) => !alike.alikeRoom(key).allow);
    const second = alike.roomKeys.filter((key) => alike.alikeRoom(key).allow);
    for (const keys of [first, second]) {
      await each(keys, 3, async (key) => {
        world.rooms[key] = await this.makeRoom(key, alike.alikeRoom(key));
      });
    }
    await each(Object.values(world.rooms), 3, (room) => this.enter(room));
  }
}

/**
 * Fills a Synapse with what alike.ts describes. Ours is stopped in between, to give the media their
 * ages in SQLite; on a server that runs elsewhere the names get a tag and the media stay new.
 * `saveTo`: a folder for a copy of ours, to restore later.
 */
export async function fill(synapse: RealSynapse, saveTo?: string): Promise<World> {
  const filler = new Filler(synapse, synapse.own ? '' : `-${randomBytes(3).toString('hex')}`);
  const { world } = filler;
  await filler.call('POST', path`/_synapse/admin/v1/users/${synapse.adminId}/override_ratelimit`, {
    messages_per_second: 0,
    burst_count: 0,
  });
  await filler.fillUsers();
  await filler.fillMedia();
  await filler.fillRooms();
  for (const item of world.media) await filler.post(item);
  for (const item of world.media) await filler.guard(item);
  for (const user of Object.values(world.users)) await filler.setState(user);
  if (synapse.own) {
    await upToDate(synapse);
    await roomsCounted(synapse, Object.values(world.rooms));
    await synapse.own.stop();
    await setAges(synapse.own, world);
    world.aged = true;
    if (saveTo) await synapse.own.save(saveTo);
    await synapse.own.start();
  }
  return world;
}
