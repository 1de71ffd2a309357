import { aliasId, aliasOf } from '~/actions/alias/alias';
import { eventItemId, eventOf } from '~/actions/event/event';
import { memberId, partsOf } from '~/actions/member/member';
import { runTasks } from '~/mocks/background';
import { addMedia, addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { mediaOfRoom } from '~/mocks/rules/media-facts';
import { setMembership } from '~/mocks/rules/membership';
import type { Room, RoomEvent } from '~/mocks/state';
import type { World } from '~/testing/action-worlds';

/** Where the actions on rooms are tried out. */

export function roomOf(model: MockHomeserver, id: string): Room {
  const room = model.state.rooms.get(id);
  if (!room) throw new Error(`The model has no room ${id}.`);
  return room;
}

const remove: World['remove'] = (model, id) => void model.state.rooms.delete(id);

const setBlocked = (model: MockHomeserver, id: string, on: boolean) =>
  on ? model.state.blockedRooms.set(id, '@other:demo.example') : model.state.blockedRooms.delete(id);

/** Whether a room is blocked: known for any ID, so that nothing of it is ever gone, and it is one of two things. */
function blocking(reached: boolean): World {
  return {
    make(model) {
      const { room_id } = addRoom(model, { name: 'Lobby' });
      setBlocked(model, room_id, !reached);
      return room_id;
    },
    set: (model, id, isReached) => void setBlocked(model, id, isReached === reached),
    isReached: (model, id) => model.state.blockedRooms.has(id) === reached,
    remove,
    whenGone: { status: 'done', reason: 'Now ' },
  };
}

function listing(reached: boolean): World {
  return {
    make: (model) => addRoom(model, { name: 'Lobby', public: !reached }).room_id,
    set(model, id, isReached) {
      roomOf(model, id).public = isReached === reached;
    },
    isReached: (model, id) => model.state.rooms.get(id)?.public === reached,
    remove,
  };
}

const loose = (count: number): Room['forward_extremities'] =>
  Array.from({ length: count }, (_, index) => ({
    event_id: `$end${index}`,
    state_group: 1,
    depth: index,
    received_ts: null,
  }));

const extremities: World = {
  make: (model) => addRoom(model, { name: 'Slow', forward_extremities: loose(12) }).room_id,
  set(model, id, isReached) {
    roomOf(model, id).forward_extremities = loose(isReached ? 1 : 12);
  },
  isReached: (model, id) => model.state.rooms.get(id)?.forward_extremities.length === 1,
  drift(model, id) {
    roomOf(model, id).forward_extremities = [];
  },
  remove,
  // An unknown room has none.
  whenGone: { status: 'skipped', reason: 'Changed since the plan: now 0 forward extremities' },
  refused: (model) => addRoom(model, { forward_extremities: [] }).room_id,
};

/** A room of a local member, who can hand on their power; and who gets it. */
const admins: World = {
  make(model, name = 'anna') {
    const creator = addUser(model, `owner-${name}`).name;
    return addRoom(model, { creator, members: [creator] }).room_id;
  },
  set(model, id, isReached) {
    const { power_levels } = roomOf(model, id);
    if (!power_levels) return;
    if (isReached) power_levels.users[model.adminId] = 100;
    else delete power_levels.users[model.adminId];
  },
  isReached: (model, id) => model.state.rooms.get(id)?.power_levels?.users[model.adminId] === 100,
  drift(model, id) {
    const { power_levels } = roomOf(model, id);
    if (power_levels) power_levels.users['@other:demo.example'] = 100;
  },
  remove,
  input: { user: null },
};

const now = Date.UTC(2024, 0, 1);

/** A room that goes, or is gone: nobody local is in it, until somebody joins. */
const deletion: World = {
  make(model, name = 'anna') {
    // As soon as it is looked at, the homeserver is done.
    model.taskMs = 0;
    const owner = addUser(model, `owner-${name}`).name;
    return addRoom(model, { creator: owner, members: { [owner]: 'leave' } }).room_id;
  },
  set: (model, id, isReached) => void (isReached && model.state.rooms.delete(id)),
  isReached(model, id) {
    runTasks(model);
    return !model.state.rooms.has(id);
  },
  drift(model, id) {
    const room = roomOf(model, id);
    room.members.set(room.creator, { membership: 'join', since: now });
  },
  remove,
  input: { block: false, replacement: null, force: false },
};

/** A room whose local members are in it, or out. */
const emptying: World = {
  make(model, name = 'anna') {
    model.taskMs = 0;
    const owner = addUser(model, `owner-${name}`).name;
    return addRoom(model, { creator: owner, members: [owner, '@far:far.example'] }).room_id;
  },
  set(model, id, isReached) {
    const room = roomOf(model, id);
    room.members.set(room.creator, { membership: isReached ? 'leave' : 'join', since: now });
  },
  isReached(model, id) {
    runTasks(model);
    const room = model.state.rooms.get(id);
    return room?.members.get(room.creator)?.membership === 'leave';
  },
  remove,
  input: { block: false, replacement: null },
};

const written = (room: Room, times: readonly number[]) => {
  room.events = times.map((time) => ({
    event_id: `$${time}`,
    type: 'm.room.message',
    sender: room.creator,
    origin_server_ts: time,
    content: { body: 'Hello' },
  }));
};

/** A room with old messages, or without all but the last of them. */
const purging: World = {
  make(model, name = 'anna') {
    model.taskMs = 0;
    const creator = addUser(model, `owner-${name}`).name;
    const room = addRoom(model, { creator, members: [creator] });
    written(room, [1000, 2000, 3000, 10_000]);
    return room.room_id;
  },
  set: (model, id, isReached) => written(roomOf(model, id), isReached ? [3000, 10_000] : [1000, 2000, 3000, 10_000]),
  isReached(model, id) {
    runTasks(model);
    return model.state.rooms.get(id)?.events.length === 2;
  },
  drift(model, id) {
    roomOf(model, id).tombstoned = true;
  },
  remove,
  input: { before: 5000, local: true },
};

const eventIn = (model: MockHomeserver, id: string): RoomEvent | undefined => {
  const { eventId, roomId } = eventOf(id);
  return model.state.rooms.get(roomId)?.events.find(({ event_id }) => event_id === eventId);
};

/** A message of somebody in a room where the admin may redact it, and one that is redacted. */
const redacting: World = {
  make(model, name = 'anna') {
    const sender = addUser(model, `writer-${name}`).name;
    const room = addRoom(model, { creator: model.adminId, members: [model.adminId, sender] });
    written(room, [1000, 2000]);
    for (const event of room.events) event.sender = sender;
    return eventItemId(`$1000`, room.room_id);
  },
  set(model, id, isReached) {
    const event = eventIn(model, id);
    if (!event) return;
    event.content = isReached ? {} : { body: 'Hello' };
    if (isReached) event.unsigned = { redacted_because: { type: 'm.room.redaction' } };
    else delete event.unsigned;
  },
  isReached: (model, id) => eventIn(model, id)?.unsigned?.redacted_because !== undefined,
  remove(model, id) {
    const room = roomOf(model, eventOf(id).roomId);
    room.events = room.events.filter(({ event_id }) => event_id !== eventOf(id).eventId);
  },
  input: { reason: 'Spam' },
};

/** A room that anyone may join, with the admin in it, or out. */
const joiningMyself: World = {
  make: (model) => addRoom(model, { name: 'Lobby', join_rules: 'public', members: [addUser(model).name] }).room_id,
  set(model, id, isReached) {
    const room = roomOf(model, id);
    setMembership(model, room, model.adminId, { membership: isReached ? 'join' : 'leave', sender: model.adminId });
  },
  isReached: (model, id) => model.state.rooms.get(id)?.members.get(model.adminId)?.membership === 'join',
  remove,
};

const memberIn = (model: MockHomeserver, id: string) => {
  const { userId, roomId } = partsOf(id);
  return { userId, room: roomOf(model, roomId) };
};

/** A member of a room of the admin's who is banned, or not. */
function banning(reached: boolean): World {
  const set: World['set'] = (model, id, isReached) => {
    const { userId, room } = memberIn(model, id);
    setMembership(model, room, userId, {
      membership: isReached === reached ? 'ban' : 'leave',
      sender: model.adminId,
    });
  };
  return {
    make(model, localpart = 'anna') {
      const { name } = addUser(model, localpart);
      const { room_id } = addRoom(model, { creator: model.adminId, members: [model.adminId, name] });
      const id = memberId(name, room_id);
      if (!reached) set(model, id, false);
      return id;
    },
    set,
    isReached: (model, id) =>
      (memberIn(model, id).room.members.get(memberIn(model, id).userId)?.membership === 'ban') === reached,
    remove(model, id) {
      const { userId, room } = memberIn(model, id);
      room.members.delete(userId);
    },
    ...(reached && { input: { reason: 'Spam' } }),
  };
}

/** An alias that leads to a room, or nowhere. */
function aliasing(reached: boolean): World {
  const set: World['set'] = (model, id, isReached) => {
    const { aliasId: alias, roomId } = aliasOf(id);
    if (isReached === reached) model.state.aliases.set(alias, { room_id: roomId, creator: null, servers: [] });
    else model.state.aliases.delete(alias);
  };
  return {
    make(model, name = 'anna') {
      const { room_id } = addRoom(model, { name: 'Lobby' });
      const id = aliasId(`#${name}-lobby:demo.example`, room_id);
      set(model, id, false);
      return id;
    },
    set,
    isReached: (model, id) =>
      (model.state.aliases.get(aliasOf(id).aliasId)?.room_id === aliasOf(id).roomId) === reached,
    remove: (model, id) => set(model, id, true),
    whenGone: { status: 'skipped', reason: 'Already ' },
  };
}

/** A room whose message names a file. */
const allMedia: World = {
  make(model) {
    const creator = addUser(model).name;
    const { media_id } = addMedia(model, { user_id: creator });
    const room = addRoom(model, { creator, members: [creator] });
    room.events.push({
      type: 'm.room.message',
      sender: creator,
      event_id: `$${media_id}`,
      origin_server_ts: model.now(),
      content: { msgtype: 'm.image', body: 'picture', url: `mxc://${model.serverName}/${media_id}` },
    });
    return room.room_id;
  },
  set(model, id, isReached) {
    for (const { id: file } of mediaOfRoom(model.state, id)) {
      const media = model.state.media.get(file);
      if (media) media.quarantined_by = isReached ? '@other:demo.example' : null;
    }
  },
  isReached: (model, id) =>
    mediaOfRoom(model.state, id).every(({ id: file }) => model.state.media.get(file)?.quarantined_by !== null),
  /** Made anew by someone else: in no room of today’s versions can that be. */
  drift(model, id) {
    roomOf(model, id).creator = '@other:demo.example';
  },
  remove,
};

export const ROOM_WORLDS: Readonly<Record<string, World>> = {
  'room.block': blocking(true),
  'room.unblock': blocking(false),
  'room.publish': listing(true),
  'room.unpublish': listing(false),
  'room.extremities-delete': extremities,
  'room.make-admin': admins,
  'room.delete': deletion,
  'room.empty': emptying,
  'room.purge-history': purging,
  'room.quarantine-media': allMedia,
  'alias.add': aliasing(true),
  'alias.remove': aliasing(false),
  'event.redact': redacting,
  'room.join-myself': joiningMyself,
  'member.ban': banning(true),
  'member.unban': banning(false),
};
