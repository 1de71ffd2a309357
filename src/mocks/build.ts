/** Builders for tests and for the demo world: sensible rows, and overrides for what a test is about. */
import type { Server } from './call';
import { HEX, hashOf, URL_SAFE } from './random';
import type {
  Destination,
  Device,
  LocalMedia,
  Member,
  Membership,
  PowerLevels,
  RemoteMedia,
  Room,
  User,
} from './state';

/** How the model keeps a password: enough to tell a right one from a wrong one. */
export const passwordHash = (password: string): string => `$2b$12$${hashOf(`glia ${password}`).toString(36)}`;

type Fields<T> = { -readonly [K in keyof T]?: T[K] };

export function newUser(server: Server, fields: Fields<User> & { name: string }): User {
  const localpart = fields.name.slice(1, fields.name.indexOf(':'));
  return {
    displayname: localpart,
    avatar_url: null,
    password_hash: null,
    admin: false,
    deactivated: false,
    locked: false,
    suspended: false,
    shadow_banned: false,
    is_guest: false,
    erased: false,
    user_type: null,
    appservice_id: null,
    creation_ts: Math.floor(server.now() / 1000),
    consent_version: null,
    consent_ts: null,
    consent_server_notice_sent: null,
    threepids: [],
    external_ids: [],
    devices: [],
    connections: [],
    pushers: [],
    account_data: { global: {}, rooms: {} },
    ratelimit: null,
    experimental_features: {},
    expiration_ts: null,
    keys_updatable_ts: null,
    has_master_key: false,
    invites_sent_ts: [],
    ...fields,
  };
}

let serial = 0;

/** `'alice'` and `{ localpart: 'alice' }` and `{ name: '@alice:elsewhere' }` all do. `password` makes a hash. */
export function addUser(
  server: Server,
  given: string | (Fields<User> & { localpart?: string; password?: string }) = {},
): User {
  const { localpart, password, ...fields } = typeof given === 'string' ? { localpart: given } : given;
  serial += 1;
  const name =
    'name' in fields && fields.name !== undefined
      ? fields.name
      : `@${localpart ?? `user${serial}`}:${server.serverName}`;
  const user = newUser(server, {
    ...fields,
    name,
    ...(password === undefined ? {} : { password_hash: passwordHash(password) }),
  });
  server.state.users.set(name, user);
  return user;
}

export function addDevice(server: Server, user: User, fields: Partial<Device> = {}): Device {
  const device: Device = {
    device_id: server.random.text(10, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
    display_name: 'Element Web',
    last_seen_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
    last_seen_ts: server.now(),
    last_seen_ip: '192.0.2.23',
    ...fields,
  };
  user.devices.push(device);
  return device;
}

export const isCreatorRanked = (version: string): boolean => Number.parseInt(version, 10) >= 12;

/** A room id of this version: from 12 on without a server part (§5.4). */
export function newRoomId(server: Server, version: string): string {
  return isCreatorRanked(version)
    ? `!${server.random.text(43, URL_SAFE)}`
    : `!${server.random.text(18)}:${server.serverName}`;
}

type RoomFields = Omit<Fields<Room>, 'members' | 'power_levels'> & {
  /** `board` or `#board:demo.example`: the canonical alias, entered in the directory too. */
  alias?: string;
  aliases?: string[];
  members?: readonly string[] | Readonly<Record<string, Membership | Member>>;
  power_levels?: Partial<PowerLevels> | null;
};

/** The creator is in the room with power 100 unless the overrides say otherwise. */
export function addRoom(server: Server, given: RoomFields = {}): Room {
  const { alias, aliases = [], members = {}, power_levels, ...fields } = given;
  const version = fields.version ?? '10';
  const now = server.now();
  const creator = fields.creator ?? `@creator:${server.serverName}`;
  const full = (name: string): string => (name.startsWith('#') ? name : `#${name}:${server.serverName}`);
  const canonical = alias === undefined ? null : full(alias);
  const listed: Readonly<Record<string, Membership | Member>> = Array.isArray(members)
    ? Object.fromEntries(members.map((name: string) => [name, 'join' as const]))
    : (members as Readonly<Record<string, Membership | Member>>);
  const room: Room = {
    room_id: newRoomId(server, version),
    name: null,
    topic: null,
    avatar: null,
    canonical_alias: canonical,
    version,
    creator,
    additional_creators: [],
    created_ts: now,
    encryption: null,
    federatable: true,
    public: false,
    join_rules: 'invite',
    allow: [],
    guest_access: 'can_join',
    history_visibility: 'shared',
    room_type: null,
    members: new Map(
      Object.entries(listed).map(([name, member]) => [
        name,
        typeof member === 'string' ? { membership: member, since: now } : member,
      ]),
    ),
    power_levels:
      power_levels === null
        ? null
        : {
            users: isCreatorRanked(version) ? {} : { [creator]: 100 },
            users_default: 0,
            invite: 50,
            kick: 50,
            state_default: 50,
            events: {},
            ...power_levels,
          },
    children: [],
    replacement_room: null,
    tombstoned: false,
    other_state_events: 0,
    events: [],
    forward_extremities: [
      { event_id: `$${server.random.text(43, URL_SAFE)}`, state_group: 1, depth: 12, received_ts: now },
    ],
    in_stats: true,
    ...fields,
  };
  if (!room.members.has(creator) && Object.keys(listed).length === 0 && server.state.users.has(creator)) {
    room.members.set(creator, { membership: 'join', since: now });
  }
  server.state.rooms.set(room.room_id, room);
  for (const name of [...(canonical === null ? [] : [canonical]), ...aliases.map(full)]) {
    server.state.aliases.set(name, { room_id: room.room_id, creator, servers: [server.serverName] });
  }
  return room;
}

export function addMedia(server: Server, fields: Fields<LocalMedia> = {}): LocalMedia {
  const now = server.now();
  const media: LocalMedia = {
    media_id: server.random.text(24),
    user_id: `@admin:${server.serverName}`,
    media_type: 'image/png',
    media_length: 120_000,
    upload_name: 'picture.png',
    created_ts: now,
    last_access_ts: null,
    url_cache: null,
    quarantined_by: null,
    safe_from_quarantine: false,
    authenticated: true,
    sha256: server.random.text(64, HEX),
    ...fields,
  };
  server.state.media.set(media.media_id, media);
  return media;
}

export function addRemoteMedia(server: Server, fields: Fields<RemoteMedia> = {}): RemoteMedia {
  const now = server.now();
  const media: RemoteMedia = {
    media_origin: 'remote.example',
    media_id: server.random.text(24),
    filesystem_id: server.random.text(24),
    media_type: 'image/jpeg',
    media_length: 80_000,
    upload_name: null,
    created_ts: now,
    last_access_ts: now,
    quarantined_by: null,
    authenticated: true,
    sha256: server.random.text(64, HEX),
    ...fields,
  };
  server.state.remoteMedia.set(`${media.media_origin}/${media.media_id}`, media);
  return media;
}

/** Another server that this one has sent something to. It is reached, unless said otherwise. */
export function addDestination(server: Server, destination: string, given: Partial<Destination> = {}): Destination {
  const row: Destination = {
    destination,
    retry_last_ts: 0,
    retry_interval: 0,
    failure_ts: null,
    last_successful_stream_ordering: 1,
    rooms: [],
    ...given,
  };
  server.state.destinations.set(destination, row);
  return row;
}
