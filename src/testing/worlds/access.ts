import { runTasks } from '~/mocks/background';
import { addDevice, addMedia, addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import type { RoomEvent } from '~/mocks/state';
import type { World } from '~/testing/action-worlds';

/** Worlds of the actions on what accounts can do, and on what they left. */

const userOf = (model: MockHomeserver, id: string) => {
  const user = model.state.users.get(id);
  if (!user) throw new Error(`The model has no user ${id}.`);
  return user;
};

const madeAnew: World['drift'] = (model, id) => {
  userOf(model, id).creation_ts += 60;
};

let events = 0;

const message = (model: MockHomeserver, sender: string): RoomEvent => ({
  event_id: `$message-${(events += 1)}`,
  type: 'm.room.message',
  sender,
  origin_server_ts: model.now(),
  content: { msgtype: 'm.text', body: 'Hello' },
});

/** A room in which this user wrote something. */
export function addWriting(model: MockHomeserver, sender: string, version = '11') {
  const room = addRoom(model, { version, members: [sender], creator: sender });
  room.events.push(message(model, sender), message(model, sender));
  return room;
}

const messagesOf = (model: MockHomeserver, sender: string): RoomEvent[] =>
  [...model.state.rooms.values()].flatMap((room) =>
    room.events.filter((event) => event.sender === sender && event.type !== 'm.room.redaction'),
  );

/** A user whose messages are there, or redacted. */
const redaction: World = {
  make(model, localpart = 'anna') {
    // As soon as it is looked at, the homeserver is done.
    model.taskMs = 0;
    const { name } = addUser(model, { localpart });
    addWriting(model, name);
    return name;
  },
  set(model, id, isReached) {
    for (const event of messagesOf(model, id)) event.content = isReached ? {} : { body: 'Hello' };
  },
  isReached(model, id) {
    runTasks(model);
    return messagesOf(model, id).every(({ content }) => Object.keys(content).length === 0);
  },
  drift: madeAnew,
  remove: (model, id) => void model.state.users.delete(id),
  input: { rooms: [], after: null, before: null, limit: 1000, reason: 'Spam', use_admin: false },
};

const deactivated = (model: MockHomeserver) => addUser(model, { localpart: 'closed', deactivated: true }).name;
const removeUser: World['remove'] = (model, id) => void model.state.users.delete(id);

const partsOf = (id: string): [name: string, device: string] => id.split(' ') as [string, string];
const devicesOf = (model: MockHomeserver, id: string) => userOf(model, partsOf(id)[0]).devices;

/** A session that goes, or is gone. */
const session: World = {
  make(model, localpart = 'anna') {
    const user = addUser(model, { localpart });
    addDevice(model, user);
    return `${user.name} ${addDevice(model, user).device_id}`;
  },
  set(model, id, isReached) {
    const [name, device_id] = partsOf(id);
    if (isReached) this.remove(model, id);
    else if (!this.isReached(model, id)) return;
    else addDevice(model, userOf(model, name), { device_id });
  },
  isReached: (model, id) => !devicesOf(model, id).some(({ device_id }) => device_id === partsOf(id)[1]),
  remove(model, id) {
    const [name, device] = partsOf(id);
    const user = userOf(model, name);
    user.devices = user.devices.filter(({ device_id }) => device_id !== device);
  },
};

/** A session that has another name than before. */
const named: World = {
  ...session,
  set(model, id, isReached) {
    const device = devicesOf(model, id).find(({ device_id }) => device_id === partsOf(id)[1]);
    if (device) device.display_name = isReached ? 'Phone at the desk' : 'Element Web';
  },
  isReached: (model, id) => devicesOf(model, id).some(({ display_name }) => display_name === 'Phone at the desk'),
  drift(model, id) {
    for (const device of devicesOf(model, id)) device.display_name = 'Another name';
  },
  input: { display_name: 'Phone at the desk' },
};

/** A user of whose two sessions the older one goes, or is gone. */
const oldSessions: World = {
  make(model, localpart = 'anna') {
    const user = addUser(model, { localpart });
    addDevice(model, user, { device_id: 'OLD', last_seen_ts: model.now() - 90 * DAY_MS });
    addDevice(model, user, { device_id: 'NEW' });
    return user.name;
  },
  set(model, id, isReached) {
    const user = userOf(model, id);
    user.devices = user.devices.filter(({ device_id }) => device_id !== 'OLD');
    if (!isReached) addDevice(model, user, { device_id: 'OLD', last_seen_ts: model.now() - 90 * DAY_MS });
  },
  isReached: (model, id) => userOf(model, id).devices.every(({ device_id }) => device_id !== 'OLD'),
  drift(model, id) {
    addDevice(model, userOf(model, id));
  },
  remove: removeUser,
  input: { days: 0, keep: 1 },
};
const DAY_MS = 86_400_000;

const puppetsOf = (model: MockHomeserver, id: string) =>
  [...model.state.tokens].filter(([, token]) => token.user_id === id && token.puppeted_by !== null);

function addPuppet(model: MockHomeserver, id: string): string {
  const token = model.issueToken(id);
  const made = model.state.tokens.get(token);
  if (made) made.puppeted_by = model.adminId;
  return token;
}

function endPuppets(model: MockHomeserver, id: string): void {
  for (const [token] of puppetsOf(model, id)) model.state.tokens.delete(token);
}

/** A user as whom somebody is signed in, or not. */
function signIn(reached: boolean): World {
  return {
    make: (model, localpart = 'anna') => addUser(model, { localpart }).name,
    set(model, id, isReached) {
      endPuppets(model, id);
      if (isReached === reached) addPuppet(model, id);
    },
    isReached: (model, id) => puppetsOf(model, id).length > 0 === reached,
    drift: madeAnew,
    remove: removeUser,
    ...(reached
      ? { input: { minutes: 15 }, refused: deactivated }
      : { secret: (model, id) => puppetsOf(model, id)[0]?.[0] ?? addPuppet(model, id) }),
  };
}

/** A user who got a notice, or none. */
const notice: World = {
  make: (model, localpart = 'anna') => addUser(model, { localpart }).name,
  set(model, id, isReached) {
    const { notices } = model.state;
    const others = notices.filter(({ user_id }) => user_id !== id);
    notices.splice(0, notices.length, ...others);
    if (isReached) notices.push({ user_id: id, content: {}, type: 'm.room.message', state_key: null });
  },
  isReached: (model, id) => model.state.notices.some(({ user_id }) => user_id === id),
  drift: madeAnew,
  remove: removeUser,
  refused: deactivated,
  input: { text: 'We update the homeserver tonight.' },
};

/** A user whose files can be opened, or are quarantined. */
const allMedia: World = {
  make(model, localpart = 'anna') {
    const { name } = addUser(model, { localpart });
    addMedia(model, { user_id: name });
    return name;
  },
  set(model, id, isReached) {
    for (const media of model.state.media.values())
      if (media.user_id === id) media.quarantined_by = isReached ? '@other:demo.example' : null;
  },
  isReached: (model, id) =>
    [...model.state.media.values()].every((media) => media.user_id !== id || media.quarantined_by !== null),
  drift: madeAnew,
  remove: removeUser,
};

export const ACCESS_WORLDS: Readonly<Record<string, World>> = {
  'user.redact': redaction,
  'device.end': session,
  'device.rename': named,
  'user.end-sessions': oldSessions,
  'user.login-as': signIn(true),
  'user.end-login-as': signIn(false),
  'user.notice': notice,
  'user.quarantine-media': allMedia,
};
