import { lookAtDevice, lookAtMyself } from '~/api/device-asks';
import type { LookAt, Server } from '~/actions/action';

/** What actions on sessions share. A session is known by its user's ID and its own, with a blank between them. */

export const deviceId = (userId: string, device: string): string => `${userId} ${device}`;

export function deviceOf(id: string): { userId: string; device: string } {
  const blank = id.indexOf(' ');
  return { userId: id.slice(0, blank), device: id.slice(blank + 1) };
}

export const ofDevice = {
  entity: 'device',
  look(id: string) {
    const { userId, device } = deviceOf(id);
    return lookAtDevice(userId, device);
  },
  gone: /*i18n*/ { id: 'device.gone', message: 'This session no longer exists: it has ended.' },
} as const;

/** The session of this user that Glia itself uses, or null. */
export async function ownDevice(userId: string, look: LookAt, server: Server): Promise<string | null> {
  if (server.me !== undefined && server.me !== userId) return null;
  const { user_id, device_id } = await look(lookAtMyself(server));
  return user_id === userId ? (device_id ?? null) : null;
}

/** What goes with a session besides, in sentences. */
export const KEYS_MAY_GO = /*i18n*/ {
  id: 'device.keys-may-go',
  message: 'Encrypted messages that no other session can read are lost, unless the user has a key backup.',
};
export const SIGN_IN_AGAIN = /*i18n*/ {
  id: 'device.sign-in-again',
  message: 'This can’t be undone: to use the account there, the user has to sign in again.',
};
