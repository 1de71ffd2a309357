import type { Answer } from '../answer';
import { bad, notFound, ok } from '../answer';
import { addDevice } from '../build';
import type { Call, Route } from '../call';
import { route } from '../call';
import { parseUserId } from '../ids';
import { assertParams, textOf } from '../params';
import type { Device, User } from '../state';

function owner(call: Call): User {
  const name = call.part('user_id');
  parseUserId(name);
  if (!call.server.isMine(name)) throw bad('Can only lookup local users');
  const user = call.state.users.get(name);
  if (!user) throw notFound('Unknown user');
  return user;
}

/** `dehydrated` only if the user has a dehydrated device at all (§1.7). */
function shown(user: User, device: Device): Record<string, unknown> {
  const { dehydrated, ...rest } = device;
  const any = user.devices.some((one) => one.dehydrated);
  return { ...rest, user_id: user.name, ...(any ? { dehydrated: dehydrated ?? false } : {}) };
}

function listDevices(call: Call): Answer {
  const user = owner(call);
  return ok({ devices: user.devices.map((device) => shown(user, device)), total: user.devices.length });
}

function createDevice(call: Call): Answer {
  const user = owner(call);
  const id = call.json()['device_id'];
  if (id === undefined || id === null || id === '') throw bad('Missing device_id');
  if (typeof id !== 'string') throw bad('device_id must be a string');
  if (!user.devices.some((device) => device.device_id === id)) {
    addDevice(call.server, user, {
      device_id: id,
      display_name: null,
      last_seen_ts: null,
      last_seen_ip: null,
      last_seen_user_agent: null,
    });
  }
  return { status: 201, body: {} };
}

/** Tokens and pushers go with the device. Unknown ids are ignored. */
function remove(call: Call, user: User, ids: readonly string[]): Answer {
  user.devices = user.devices.filter(({ device_id }) => !ids.includes(device_id));
  user.pushers = user.pushers.filter(({ device_id }) => device_id === null || !ids.includes(device_id));
  for (const [text, token] of call.state.tokens) {
    if (token.user_id === user.name && token.device_id !== null && ids.includes(token.device_id)) {
      call.state.tokens.delete(text);
    }
  }
  return ok({});
}

function deleteDevices(call: Call): Answer {
  const user = owner(call);
  const body = call.json();
  assertParams(body, ['devices']);
  // A string is iterated per character in Synapse: it names no device either.
  const ids = Array.isArray(body['devices']) ? body['devices'].map(String) : [];
  return remove(call, user, ids);
}

function oneDevice(call: Call, user: User): Device {
  const device = user.devices.find(({ device_id }) => device_id === call.part('device_id'));
  if (!device) throw notFound('No device found');
  return device;
}

function getDevice(call: Call): Answer {
  const user = owner(call);
  return ok(shown(user, oneDevice(call, user)));
}

function renameDevice(call: Call): Answer {
  const user = owner(call);
  const name = call.json({ allowEmpty: true })['display_name'] ?? null;
  if (name === null) return ok({});
  const text = textOf(name);
  if (text.length > 100) throw bad('Device display name is too long (max 100)', 'M_TOO_LARGE');
  oneDevice(call, user).display_name = text;
  return ok({});
}

const V2 = '/_synapse/admin/v2/users/{user_id}';

export const deviceRoutes: readonly Route[] = [
  route(`${V2}/devices`, { GET: listDevices }, { since: '1.15' }),
  route(`${V2}/devices`, { POST: createDevice }, { since: '1.85' }),
  route(`${V2}/delete_devices`, { POST: deleteDevices }, { since: '1.15' }),
  route(
    `${V2}/devices/{device_id}`,
    // 200 even where there is no such device (`handlers/device.py:296-305`).
    { GET: getDevice, PUT: renameDevice, DELETE: (call) => remove(call, owner(call), [call.part('device_id')]) },
    { since: '1.15' },
  ),
];
