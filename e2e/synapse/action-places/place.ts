import type { Json } from '../../../src/jobs/job.ts';
import { ask, must, path, type Answer, type Ask } from '../client.ts';
import type { RealSynapse } from '../server.ts';
import type { World } from '../world.ts';

/** Where actions are tried out on the real Synapse: items that they change, and what Synapse says of these, read past the app. */

export interface At {
  readonly synapse: RealSynapse;
  readonly world: World;
}

export interface Place {
  /** An item that the action would change. @param name its own, in small letters. @returns its ID in plans */
  make(at: At, name: string): Promise<string>;
  /** What one alone can have. Missing: it is tried out on two at once. */
  count?: 1;
  /** What is chosen for all of them. */
  input?: Json | (() => Json);
  /** What Synapse says of it. */
  truth(at: At, id: string): Promise<unknown>;
  /** What it says once the action is done. */
  reached: unknown;
  /** What it says once that is undone. Missing: the same as before. */
  undone?: unknown;
}

const PASSWORD = 'a-long-enough-password';
const CLIENT = '/_matrix/client/v3';

/** As the admin. */
export const asAdmin = <T>({ synapse }: At, route: string, options: Omit<Ask, 'token'> = {}): Promise<T> =>
  must<T>(synapse.baseUrl, route, { ...options, token: synapse.adminToken });

/** The same, whatever the status. */
export const askAsAdmin = ({ synapse }: At, route: string): Promise<Answer> =>
  ask(synapse.baseUrl, route, { token: synapse.adminToken });

export const userIdOf = ({ world }: At, localpart: string): string => `@${localpart}:${world.serverName}`;

/** A new account. @param fields of `PUT /_synapse/admin/v2/users` */
export async function newUser(at: At, localpart: string, fields: object = {}): Promise<string> {
  const userId = userIdOf(at, localpart);
  await asAdmin(at, path`/_synapse/admin/v2/users/${userId}`, {
    method: 'PUT',
    json: { password: PASSWORD, displayname: localpart, ...fields },
  });
  return userId;
}

/** A session of theirs, as the Admin API makes it: signing in is limited to a few times. */
export const newSession = (at: At, userId: string, deviceId: string): Promise<unknown> =>
  asAdmin(at, path`/_synapse/admin/v2/users/${userId}/devices`, { method: 'POST', json: { device_id: deviceId } });

export interface Person {
  readonly userId: string;
  readonly token: string;
}

/** Somebody new, whom the admin has logged in as. */
export async function person(at: At, localpart: string): Promise<Person> {
  const userId = await newUser(at, localpart);
  const route = path`/_synapse/admin/v1/users/${userId}/login`;
  const { access_token: token } = await asAdmin<{ access_token: string }>(at, route, { method: 'POST', json: {} });
  return { userId, token };
}

/** A request of theirs. */
export const asThem = <T>({ synapse }: At, { token }: Pick<Person, 'token'>, route: string, options: Ask = {}) =>
  must<T>(synapse.baseUrl, CLIENT + route, { ...options, token });

/** A public room of theirs. @param fields of `POST /createRoom` */
export async function roomOf(at: At, creator: Pick<Person, 'token'>, fields: object = {}): Promise<string> {
  const json = { preset: 'public_chat', name: 'Tried out', ...fields };
  return (await asThem<{ room_id: string }>(at, creator, '/createRoom', { method: 'POST', json })).room_id;
}

/** A room of somebody new, who is in it alone. */
export async function newRoom(at: At, name: string, fields: object = {}): Promise<string> {
  return roomOf(at, await person(at, `owner-of-${name}`), fields);
}

export const adminsRoom = (at: At, fields: object = {}): Promise<string> =>
  roomOf(at, { token: at.synapse.adminToken }, fields);

/** A message of theirs. @returns the ID of the event */
export async function message(at: At, sender: Pick<Person, 'token'>, roomId: string, text: string): Promise<string> {
  const route = path`/rooms/${roomId}/send/m.room.message/${text}`;
  const json = { msgtype: 'm.text', body: text };
  return (await asThem<{ event_id: string }>(at, sender, route, { method: 'PUT', json })).event_id;
}

/** A file of theirs. @returns its `mxc:` URI */
export async function upload({ synapse }: At, { token }: Pick<Person, 'token'>, text: string): Promise<string> {
  const { content_uri: mxc } = await must<{ content_uri: string }>(synapse.baseUrl, '/_matrix/media/v3/upload', {
    method: 'POST',
    token,
    raw: text,
    headers: { 'Content-Type': 'text/plain' },
  });
  return mxc;
}

export async function fileOf(at: At, mxc: string): Promise<Record<string, unknown>> {
  const mediaId = mxc.split('/').at(-1) ?? '';
  const route = path`/_synapse/admin/v1/media/${at.world.serverName}/${mediaId}`;
  return (await asAdmin<{ media_info: Record<string, unknown> }>(at, route)).media_info;
}
