import { aliasId, aliasOf } from '../../../src/actions/alias/alias.ts';
import { eventItemId, eventOf } from '../../../src/actions/event/event.ts';
import { memberId, partsOf } from '../../../src/actions/member/member.ts';
import { ask, path } from '../client.ts';
import {
  adminsRoom,
  asAdmin,
  askAsAdmin,
  asThem,
  fileOf,
  message,
  newRoom,
  newUser,
  person,
  roomOf,
  upload,
  type At,
  type Place,
} from './place.ts';

/** Rooms, and what is in them. */

const blocked: Place['truth'] = async (at, roomId) =>
  (await asAdmin<{ block: boolean }>(at, path`/_synapse/admin/v1/rooms/${roomId}/block`)).block;

const block = (at: At, roomId: string, on: boolean) =>
  asAdmin(at, path`/_synapse/admin/v1/rooms/${roomId}/block`, { method: 'PUT', json: { block: on } });

const listed: Place['truth'] = async (at, roomId) =>
  (await asAdmin<{ public: boolean }>(at, path`/_synapse/admin/v1/rooms/${roomId}`)).public;

const isThere: Place['truth'] = async (at, roomId) =>
  (await askAsAdmin(at, path`/_synapse/admin/v1/rooms/${roomId}`)).status === 200;

const membersOf = async (at: At, roomId: string) =>
  (await asAdmin<{ members: string[] }>(at, path`/_synapse/admin/v1/rooms/${roomId}/members`)).members;

const stateOf = <T>(at: At, roomId: string, type: string, key = ''): Promise<T> =>
  asAdmin<{ state: { type: string; state_key: string; content: T }[] }>(
    at,
    path`/_synapse/admin/v1/rooms/${roomId}/state`,
  ).then(({ state }) => {
    const found = state.find((event) => event.type === type && event.state_key === key);
    if (!found) throw new Error(`There is no ${type} in ${roomId}.`);
    return found.content;
  });

const aliasHolder: Place['truth'] = async ({ synapse }, id) => {
  const { aliasId: alias } = aliasOf(id);
  return (await ask(synapse.baseUrl, path`/_matrix/client/v3/directory/room/${alias}`)).status;
};

/** Somebody in a room of the admin's. */
async function member(at: At, name: string): Promise<string> {
  const { userId, token } = await person(at, name);
  const roomId = await adminsRoom(at);
  await asThem(at, { token }, path`/join/${roomId}`, { method: 'POST', json: {} });
  return memberId(userId, roomId);
}

const membership: Place['truth'] = async (at, id) => {
  const { userId, roomId } = partsOf(id);
  return (await stateOf<{ membership: string }>(at, roomId, 'm.room.member', userId)).membership;
};

/** A room with a file that a message shows. */
async function withFile(at: At, name: string): Promise<string> {
  const owner = await person(at, `owner-of-${name}`);
  const roomId = await roomOf(at, owner);
  const url = await upload(at, owner, name);
  const json = { msgtype: 'm.file', body: name, url };
  await asThem(at, owner, path`/rooms/${roomId}/send/m.room.message/file`, { method: 'PUT', json });
  return roomId;
}

const filesOf = async (at: At, roomId: string) =>
  (await asAdmin<{ local: string[] }>(at, path`/_synapse/admin/v1/room/${roomId}/media`)).local;

/** Of messages that a user wrote. */
async function written(at: At, name: string): Promise<string> {
  const owner = await person(at, `owner-of-${name}`);
  const roomId = await roomOf(at, owner);
  await message(at, owner, roomId, 'first');
  await message(at, owner, roomId, 'last');
  return roomId;
}

const bodiesOf: Place['truth'] = async (at, roomId) => {
  const { chunk } = await asAdmin<{ chunk: { type: string; content: { body?: string } }[] }>(
    at,
    path`/_synapse/admin/v1/rooms/${roomId}/messages?dir=b&limit=100`,
  );
  return chunk.flatMap(({ type, content }) => (type === 'm.room.message' ? (content.body ?? 'redacted') : []));
};

export const ROOM_PLACES: Readonly<Record<string, Place>> = {
  'room.block': { make: newRoom, truth: blocked, reached: true },
  'room.unblock': {
    async make(at, name) {
      const roomId = await newRoom(at, name);
      await block(at, roomId, true);
      return roomId;
    },
    truth: blocked,
    reached: false,
  },
  // The admin of a homeserver is not let in by that alone: the room is the admin's own.
  'room.publish': { make: (at) => adminsRoom(at), truth: listed, reached: true },
  'room.unpublish': { make: (at) => adminsRoom(at, { visibility: 'public' }), truth: listed, reached: false },
  'room.join-myself': {
    make: newRoom,
    truth: async (at, roomId) => (await membersOf(at, roomId)).includes(at.world.adminId),
    reached: true,
  },
  'room.make-admin': {
    make: newRoom,
    input: { user: null },
    truth: async (at, roomId) =>
      (await stateOf<{ users: Record<string, number> }>(at, roomId, 'm.room.power_levels')).users[at.world.adminId],
    reached: 100,
  },
  'room.empty': {
    make: newRoom,
    input: { block: false, replacement: null },
    truth: async (at, roomId) => (await membersOf(at, roomId)).length,
    reached: 0,
  },
  'room.delete': {
    make: newRoom,
    input: { block: false, replacement: null, force: false },
    truth: isThere,
    reached: false,
  },
  'room.purge-history': {
    make: written,
    input: () => ({ before: Date.now(), local: true }),
    truth: bodiesOf,
    // The newest event of a room always stays.
    reached: ['last'],
  },
  'room.quarantine-media': {
    make: withFile,
    async truth(at, roomId) {
      const [mxc = ''] = await filesOf(at, roomId);
      return (await fileOf(at, mxc))['quarantined_by'] !== null;
    },
    reached: true,
  },
  'alias.add': {
    make: async (at, name) => aliasId(`#${name}:${at.world.serverName}`, await adminsRoom(at)),
    truth: aliasHolder,
    reached: 200,
  },
  'alias.remove': {
    async make(at, name) {
      const roomId = await adminsRoom(at, { room_alias_name: name });
      return aliasId(`#${name}:${at.world.serverName}`, roomId);
    },
    truth: aliasHolder,
    reached: 404,
  },
  'member.remove': {
    make: member,
    input: { reason: 'Wrong room', unlimited: false },
    truth: membership,
    reached: 'leave',
  },
  'member.ban': {
    make: member,
    input: { reason: 'Spam' },
    truth: membership,
    reached: 'ban',
    // They may come back, and are not brought back.
    undone: 'leave',
  },
  'member.unban': {
    async make(at, name) {
      const userId = await newUser(at, name);
      const roomId = await adminsRoom(at);
      const json = { user_id: userId };
      await asAdmin(at, path`/_matrix/client/v3/rooms/${roomId}/ban`, { method: 'POST', json });
      return memberId(userId, roomId);
    },
    truth: membership,
    reached: 'leave',
  },
  'event.redact': {
    async make(at, name) {
      const sender = await person(at, name);
      const roomId = await adminsRoom(at);
      await asThem(at, sender, path`/join/${roomId}`, { method: 'POST', json: {} });
      return eventItemId(await message(at, sender, roomId, 'Spam'), roomId);
    },
    input: { reason: 'Spam' },
    async truth(at, id) {
      const { eventId, roomId } = eventOf(id);
      // The Admin API’s own look-up shows what a redaction took from others.
      const route = path`/_matrix/client/v3/rooms/${roomId}/event/${eventId}`;
      return (await asAdmin<{ content: object }>(at, route)).content;
    },
    reached: {},
  },
};
