import { deviceId, deviceOf } from '../../../src/actions/device/device.ts';
import { nameOfToken, tokenOfName } from '../../../src/lib/token-names.ts';
import { path } from '../client.ts';
import {
  asAdmin,
  askAsAdmin,
  asThem,
  fileOf,
  message,
  newSession,
  newUser,
  person,
  roomOf,
  upload,
  type At,
  type Place,
} from './place.ts';

/** Files, sessions, reports and registration tokens. */

const file: Place['make'] = async (at, name) => upload(at, await person(at, name), name);

const mediaIdOf = (mxc: string): string => mxc.split('/').at(-1) ?? '';

async function fileAfter(at: At, name: string, what: 'protect' | 'quarantine'): Promise<string> {
  const mxc = await file(at, name);
  const route =
    what === 'protect'
      ? path`/_synapse/admin/v1/media/protect/${mediaIdOf(mxc)}`
      : path`/_synapse/admin/v1/media/quarantine/${at.world.serverName}/${mediaIdOf(mxc)}`;
  await asAdmin(at, route, { method: 'POST', json: {} });
  return mxc;
}

const isQuarantined: Place['truth'] = async (at, mxc) => (await fileOf(at, mxc))['quarantined_by'] !== null;
const isProtected: Place['truth'] = async (at, mxc) => Boolean((await fileOf(at, mxc))['safe_from_quarantine']);

async function session(at: At, name: string): Promise<string> {
  const userId = await newUser(at, name);
  await newSession(at, userId, 'DESK');
  const route = path`/_synapse/admin/v2/users/${userId}/devices/DESK`;
  await asAdmin(at, route, { method: 'PUT', json: { display_name: 'Desk' } });
  return deviceId(userId, 'DESK');
}

const sessionOf = (at: At, id: string) => {
  const { userId, device } = deviceOf(id);
  return askAsAdmin(at, path`/_synapse/admin/v2/users/${userId}/devices/${device}`);
};

const token = async (at: At, name: string, isThere: boolean): Promise<string> => {
  const json = { token: name };
  if (isThere) await asAdmin(at, '/_synapse/admin/v1/registration_tokens/new', { method: 'POST', json });
  return nameOfToken(name);
};

const tokenAsked = (at: At, name: string) =>
  askAsAdmin(at, path`/_synapse/admin/v1/registration_tokens/${tokenOfName(name) ?? ''}`);
const tokenStatus: Place['truth'] = async (at, name) => (await tokenAsked(at, name)).status;

interface Listed {
  readonly id: number;
  readonly user_id: string;
  readonly room_id: string;
  readonly target_user_id?: string;
}

/** The reports of this user that are in the queue. */
async function reportsBy(at: At, of: 'event_reports' | 'user_reports', userId: string): Promise<Listed[]> {
  const found = await asAdmin<Partial<Record<typeof of, Listed[]>>>(
    at,
    `/_synapse/admin/v1/${of}?user_id=${encodeURIComponent(userId)}`,
  );
  return found[of] ?? [];
}

export const THING_PLACES: Readonly<Record<string, Place>> = {
  'media.quarantine': { make: file, truth: isQuarantined, reached: true },
  'media.unquarantine': { make: (at, name) => fileAfter(at, name, 'quarantine'), truth: isQuarantined, reached: false },
  'media.protect': { make: file, truth: isProtected, reached: true },
  'media.unprotect': { make: (at, name) => fileAfter(at, name, 'protect'), truth: isProtected, reached: false },
  'media.delete': {
    make: file,
    async truth(at, mxc) {
      const route = path`/_synapse/admin/v1/media/${at.world.serverName}/${mediaIdOf(mxc)}`;
      return (await askAsAdmin(at, route)).status;
    },
    reached: 404,
  },
  'device.rename': {
    make: session,
    input: { display_name: 'Phone at the desk' },
    truth: async (at, id) => ((await sessionOf(at, id)).body as { display_name: string | null }).display_name,
    reached: 'Phone at the desk',
  },
  'device.end': {
    make: session,
    truth: async (at, id) => (await sessionOf(at, id)).status,
    reached: 404,
  },
  'report.dismiss': {
    async make(at, name) {
      const sender = await person(at, name);
      const roomId = await roomOf(at, sender);
      const eventId = await message(at, sender, roomId, 'Spam');
      await asThem(at, sender, path`/rooms/${roomId}/report/${eventId}`, { method: 'POST', json: { reason: 'Spam' } });
      const [report] = await reportsBy(at, 'event_reports', sender.userId);
      if (!report) throw new Error('The report is not in the queue.');
      return `${report.id} ${sender.userId} ${roomId}`;
    },
    truth: async (at, id) => (await reportsBy(at, 'event_reports', id.split(' ')[1] ?? '')).length,
    reached: 0,
  },
  'user-report.dismiss': {
    async make(at, name) {
      const sender = await person(at, name);
      const other = await newUser(at, `${name}-reported`);
      await asThem(at, sender, path`/users/${other}/report`, { method: 'POST', json: { reason: 'Spam' } });
      const [report] = await reportsBy(at, 'user_reports', sender.userId);
      if (!report) throw new Error('The report is not in the queue.');
      return String(report.id);
    },
    truth: async (at, id) => (await askAsAdmin(at, path`/_synapse/admin/v1/user_reports/${id}`)).status,
    reached: 404,
  },
  'token.create': {
    make: (at, name) => token(at, name, false),
    input: { uses_allowed: 3, expires: '' },
    truth: tokenStatus,
    reached: 200,
  },
  'token.change': {
    make: (at, name) => token(at, name, true),
    input: { uses_allowed: 3, expires: '' },
    truth: async (at, name) => ((await tokenAsked(at, name)).body as { uses_allowed: number | null }).uses_allowed,
    reached: 3,
  },
  'token.delete': { make: (at, name) => token(at, name, true), truth: tokenStatus, reached: 404 },
};
