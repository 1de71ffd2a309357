import * as z from 'zod/mini';
import { changeAsk, lookAsk, type Ask } from './ask';
import { clientRelease } from './older-path';
import { path } from './request';

/** Sessions of users (`synapse/rest/admin/devices.py`), as data: a device is one session. */

const deviceSchema = z.object({
  device_id: z.string(),
  display_name: z.nullish(z.string()),
  /** Ms; null: not known. */
  last_seen_ts: z.nullish(z.number()),
  /** It holds keys for messages that come while nobody is signed in, and nobody can act by it. */
  dehydrated: z.nullish(z.boolean()),
});
export type SeenDevice = z.output<typeof deviceSchema>;
// No row may be odd: a list cut short would pass for a whole one.
const devicesSchema = z.object({ devices: z.array(deviceSchema) });
export type SeenDevices = z.output<typeof devicesSchema>;

/** `GET /v2/users/{id}/devices`; 404 for an unknown user. */
export const lookAtDevices = (userId: string): Ask<SeenDevices> =>
  lookAsk(path`/_synapse/admin/v2/users/${userId}/devices`, devicesSchema);

/** `GET /v2/users/{id}/devices/{device}`; 404 where there is none. */
export const lookAtDevice = (userId: string, deviceId: string): Ask<SeenDevice> =>
  lookAsk(path`/_synapse/admin/v2/users/${userId}/devices/${deviceId}`, deviceSchema, {
    at: ['device_id'],
    is: deviceId,
  });

/** `POST /v2/users/{id}/delete_devices`: their access tokens and pushers go with them. Unknown ones are ignored. */
export const endDevices = (userId: string, devices: readonly string[]): Ask<null> =>
  changeAsk(
    { method: 'POST', path: path`/_synapse/admin/v2/users/${userId}/delete_devices`, body: { devices } },
    { exactly: {} },
  );

/** `PUT /v2/users/{id}/devices/{device}`: 400 for more than 100 characters. */
export const renameDevice = (userId: string, deviceId: string, display_name: string): Ask<null> =>
  changeAsk(
    { method: 'PUT', path: path`/_synapse/admin/v2/users/${userId}/devices/${deviceId}`, body: { display_name } },
    { exactly: {} },
  );

const myselfSchema = z.object({ user_id: z.string(), device_id: z.nullish(z.string()) });

/** `GET /account/whoami`: which session this one is. */
export const lookAtMyself = (server: { readonly version: string }): Ask<z.output<typeof myselfSchema>> =>
  lookAsk(path`/_matrix/client/${clientRelease(server)}/account/whoami`, myselfSchema);
