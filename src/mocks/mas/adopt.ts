import { ADMIN_SCOPE, CLIENT_SCOPE } from '../authenticate';
import type { MockHomeserver } from '../homeserver';
import type { User } from '../state';
import { MockMas, type MasOptions } from './mas';
import type { MasUserRow } from './state';

export const MAS_SCOPE = 'urn:mas:admin';
export const deviceScope = (device: string): string => `urn:matrix:client:device:${device}`;

/**
 * Puts MAS in front of a homeserver: it knows each account but guests and those of application services, and the homeserver's admin
 * token is from now on one of MAS's, with both scopes.
 */
export function putMasInFront(hs: MockHomeserver, options: MasOptions = {}): MockMas {
  const mas = new MockMas(hs, options);
  for (const user of hs.state.users.values()) adopt(mas, user);
  giveAdminToken(mas);
  mas.isFilled = true;
  return mas;
}

/** The account in MAS with its emails and a session for each device, unless told otherwise; null where MAS would not know it. */
export function adopt(mas: MockMas, user: User, hasSessions = true): MasUserRow | null {
  if (user.is_guest || user.appservice_id !== null) return null;
  const made = user.creation_ts * 1000;
  const row = mas.state.addUser({
    id: mas.newId(),
    username: user.name.slice(1, user.name.indexOf(':')),
    created_at: made,
    locked_at: user.locked ? made : null,
    deactivated_at: user.deactivated ? made : null,
    admin: user.admin,
    legacy_guest: false,
    password: null,
  });
  for (const { medium, address, added_at: at } of user.threepids) {
    if (medium !== 'email') continue;
    const id = mas.newId();
    mas.state.emails.set(id, { id, created_at: at, user_id: row.id, email: address });
  }
  if (hasSessions) for (const device of user.devices) addCompatSession(mas, row, device);
  return row;
}

export function addCompatSession(
  mas: MockMas,
  row: MasUserRow,
  device: {
    device_id: string;
    display_name?: string | null;
    last_seen_ts?: number | null;
    last_seen_ip?: string | null;
  },
  finished_at: number | null = null,
): void {
  const id = mas.newId();
  mas.state.compatSessions.set(id, {
    id,
    created_at: row.created_at,
    finished_at,
    user_agent: null,
    last_active_at: device.last_seen_ts ?? null,
    last_active_ip: device.last_seen_ip ?? null,
    user_id: row.id,
    device_id: device.device_id,
    user_session_id: null,
    redirect_uri: null,
    human_name: device.display_name ?? null,
  });
}

/** @returns the token with both scopes, which the homeserver takes as its admin's */
export function giveAdminToken(mas: MockMas, clientId?: string): string {
  const { homeserver, state } = mas;
  const admin = state.userNamed(homeserver.adminId.slice(1, homeserver.adminId.indexOf(':')));
  if (!admin) throw new Error('MAS knows the admin');
  admin.admin = true;
  admin.password = 'admin';
  const user = homeserver.state.users.get(homeserver.adminId);
  const device = user?.devices[0]?.device_id ?? 'ADMINDEVICE';
  // The device is held by this session, and not by an older one.
  for (const one of state.compatSessions.values()) {
    if (one.user_id === admin.id && one.device_id === device) state.compatSessions.delete(one.id);
  }
  const scopes = ['openid', CLIENT_SCOPE, ADMIN_SCOPE, MAS_SCOPE, deviceScope(device)];
  const { token } = mas.issueToken(admin.id, scopes, clientId === undefined ? {} : { clientId });
  homeserver.state.tokens.delete(homeserver.adminToken);
  homeserver.adminToken = token;
  return token;
}
