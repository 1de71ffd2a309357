import { addMedia, addRoom } from '../build';
import type { MockHomeserver } from '../homeserver';
import { URL_SAFE } from '../random';
import type { Member, Room } from '../state';
import { ROOM_PLACES, ROOM_TOPICS } from './names';
import type { Making, Size } from './plan';
import { YEAR_MS } from './plan';
import type { Cast } from './crowd';
import { crowd, extremities } from './crowd';
import { makeNamed } from './named-rooms';

export function* makeRooms(hs: MockHomeserver, size: Size): Making {
  const people = [...hs.state.users.values()]
    .filter((user) => !user.deactivated && !user.is_guest && user.name !== hs.adminId)
    .map(({ name }) => name);
  const cast: Cast = { people, admin: hs.adminId };
  makeNamed(hs, cast, size);
  yield;
  while (hs.state.rooms.size < size.rooms - size.spaces) {
    if (hs.random.chance(0.25)) makeDirect(hs, cast);
    else makeRoom(hs, cast, size);
    yield;
  }
  makeSpaces(hs, cast, size);
  yield;
  yield* makeTalk(hs);
}

function makeDirect(hs: MockHomeserver, { people }: Cast): void {
  const { random } = hs;
  const [a = '', b = ''] = [people[random.between(0, people.length - 1)], people[random.between(0, people.length - 1)]];
  const since = hs.startedAt - Math.floor(random.next() * 3 * YEAR_MS);
  const gone = random.chance(0.15);
  const member: Member = { membership: gone ? 'leave' : 'join', since };
  addRoom(hs, {
    created_ts: since,
    creator: a,
    version: random.pick(['9', '10', '11', '12']),
    encryption: random.chance(0.85) ? 'm.megolm.v1.aes-sha2' : null,
    members: { [a]: member, [b]: member },
    forward_extremities: extremities(hs, 1),
  });
}

function makeRoom(hs: MockHomeserver, cast: Cast, size: Size): void {
  const { random } = hs;
  const since = hs.startedAt - Math.floor(random.next() * 3 * YEAR_MS);
  const join_rules = random.pick([
    'public',
    'public',
    'public',
    'invite',
    'invite',
    'invite',
    'invite',
    'restricted',
    'knock',
    'knock_restricted',
  ]);
  const name = `${random.pick(ROOM_TOPICS)}${random.pick(ROOM_PLACES)}`;
  const alias = `${name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')}-${random.between(1, 999)}`;
  const count = Math.min(random.longTail(18, 1.3, size.users * 0.3), cast.people.length);
  const members = crowd(hs, cast, count, since);
  const local = (one: string): boolean => hs.isMine(one) && members[one]?.membership === 'join';
  const creator = Object.keys(members).find(local) ?? cast.admin;
  members[creator] ??= { membership: 'join', since };
  const version = random.pick(['6', '9', '10', '10', '11', '12']);
  const adminIsIn = random.chance(0.4);
  if (adminIsIn) members[cast.admin] = { membership: 'join', since };
  const adminHasPower = adminIsIn && random.chance(0.7);
  const creators = version === '12' ? {} : { [creator]: 100 };
  addRoom(hs, {
    created_ts: since,
    name: random.chance(0.95) ? name : null,
    topic: random.chance(0.6) ? `${name}: talk, files and dates` : null,
    ...(random.chance(0.7) ? { alias } : {}),
    version,
    creator,
    join_rules,
    public: join_rules === 'public' && random.chance(0.6),
    encryption: join_rules !== 'public' && random.chance(0.6) ? 'm.megolm.v1.aes-sha2' : null,
    history_visibility: random.pick(['shared', 'shared', 'shared', 'invited', 'joined', 'world_readable']),
    guest_access: random.pick(['can_join', 'forbidden']),
    federatable: random.chance(0.95),
    members,
    power_levels: {
      users: { ...creators, ...(adminHasPower ? { [cast.admin]: 100 } : {}) },
      invite: random.pick([0, 50, 50]),
    },
    forward_extremities: extremities(hs, random.chance(0.03) ? random.between(8, 20) : random.between(1, 3)),
    other_state_events: random.longTail(6, 1, 400),
  });
}

/** Spaces hold ten to forty rooms each; the first is the home of the others. */
function makeSpaces(hs: MockHomeserver, cast: Cast, size: Size): void {
  const { random } = hs;
  const rooms = [...hs.state.rooms.values()].filter((room) => room.name !== null);
  const since = hs.startedAt - 2 * YEAR_MS;
  const spaces: Room[] = [];
  for (let i = 0; i < size.spaces; i += 1) {
    const children = new Set<string>();
    const wanted = random.between(4, Math.min(40, rooms.length));
    for (let n = 0; n < wanted; n += 1) children.add(rooms[random.between(0, rooms.length - 1)]?.room_id ?? '');
    const members = crowd(hs, cast, Math.min(cast.people.length / 3, random.between(5, 400)), since);
    const label = i === 0 ? 'Company' : `${random.pick(ROOM_TOPICS)} space ${i}`;
    const space = addRoom(hs, {
      created_ts: since,
      name: label,
      topic: `All rooms of ${label}`,
      alias: i === 0 ? 'company' : `space-${i}`,
      room_type: 'm.space',
      version: random.pick(['9', '10', '12']),
      creator: cast.admin,
      join_rules: random.pick(['public', 'invite', 'restricted']),
      members: { ...members, [cast.admin]: { membership: 'join', since } },
      children: [...children],
      forward_extremities: extremities(hs, 1),
    });
    spaces.push(space);
  }
  const [home, ...rest] = spaces;
  home?.children.push(...rest.map(({ room_id }) => room_id));
  for (const room of rooms) {
    if (room.join_rules === 'restricted' || room.join_rules === 'knock_restricted')
      room.allow = home ? [home.room_id] : [];
  }
}

/** Some talk in every fifth room, with files in it. */
function* makeTalk(hs: MockHomeserver): Making {
  const { random } = hs;
  let index = 0;
  for (const room of hs.state.rooms.values()) {
    index += 1;
    if (index % 5 !== 1) continue;
    const locals = [...room.members].filter(([name, { membership }]) => membership === 'join' && hs.isMine(name));
    for (let i = 0; i < 24; i += 1) {
      const sender = locals[random.between(0, Math.max(0, locals.length - 1))]?.[0];
      if (sender === undefined) break;
      const at = hs.startedAt - (24 - i) * random.between(1, 20) * 3_600_000;
      const file = random.chance(0.2) && room.encryption === null;
      const body = file
        ? 'picture.jpg'
        : random.pick(['Good morning', 'Thanks!', 'Done.', 'Who has the minutes?', 'See you there', '👍']);
      const url = file ? talkFile(hs, sender, at) : null;
      room.events.push({
        event_id: `$${random.text(43, URL_SAFE)}`,
        type: room.encryption === null ? 'm.room.message' : 'm.room.encrypted',
        sender,
        origin_server_ts: at,
        content:
          room.encryption !== null
            ? { algorithm: room.encryption, ciphertext: random.text(60) }
            : { msgtype: url === null ? 'm.text' : 'm.image', body, ...(url === null ? {} : { url }) },
      });
    }
    room.events.sort((a, b) => a.origin_server_ts - b.origin_server_ts);
    yield;
  }
}

function talkFile(hs: MockHomeserver, sender: string, at: number): string {
  const media = addMedia(hs, {
    user_id: sender,
    created_ts: at,
    media_type: 'image/jpeg',
    upload_name: 'picture.jpg',
    media_length: 240_000,
  });
  return `mxc://${hs.serverName}/${media.media_id}`;
}
