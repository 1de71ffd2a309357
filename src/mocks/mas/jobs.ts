import { newUser } from '../build';
import { deactivate as deactivateOnSynapse } from '../rules/accounts';
import type { User } from '../state';
import { deviceOf } from './authenticate';
import type { MockMas } from './mas';
import type { MasJob } from './state';

/** What MAS does in jobs: Synapse learns of it when they have run (`tasks/src/{user,matrix}.rs`). */

export function runJob(mas: MockMas, job: MasJob): void {
  if (job.kind === 'provision') provision(mas, job.user_id);
  if (job.kind === 'sync-devices') syncDevices(mas, job.user_id);
  if (job.kind === 'deactivate') deactivate(mas, job);
}

/** The account on Synapse, which is made where it is missing. */
function onSynapse(mas: MockMas, username: string, makes = false): User | undefined {
  const { homeserver } = mas;
  const name = `@${username}:${homeserver.serverName}`;
  const known = homeserver.state.users.get(name);
  if (known || !makes) return known;
  const made = newUser(homeserver, { name });
  homeserver.state.users.set(name, made);
  return made;
}

/** All of a user's emails are replaced by those that MAS has; phone numbers stay. Devices follow. */
export function provision(mas: MockMas, userId: string): void {
  const row = mas.state.users.get(userId);
  if (!row) return;
  const user = onSynapse(mas, row.username, true);
  if (!user) return;
  if (mas.atLeast('1.14')) user.locked = row.locked_at !== null;
  const emails = [...mas.state.emails.values()].filter((one) => one.user_id === userId);
  user.threepids = [
    ...user.threepids.filter(({ medium }) => medium !== 'email'),
    ...emails.map(({ email, created_at: at }) => ({
      medium: 'email' as const,
      address: email.toLowerCase(),
      validated_at: at,
      added_at: at,
    })),
  ];
  mas.enqueue('sync-devices', userId);
}

/** Missing devices are added and others deleted, but for the dehydrated one. */
export function syncDevices(mas: MockMas, userId: string): void {
  const row = mas.state.users.get(userId);
  const user = row && onSynapse(mas, row.username);
  if (!user) return;
  const wanted = devicesOf(mas, userId);
  for (const id of wanted) {
    if (user.devices.some(({ device_id }) => device_id === id)) continue;
    user.devices.push({
      device_id: id,
      display_name: null,
      last_seen_user_agent: null,
      last_seen_ts: null,
      last_seen_ip: null,
    });
  }
  user.devices = user.devices.filter((device) => device.dehydrated === true || wanted.has(device.device_id));
}

function devicesOf(mas: MockMas, userId: string): Set<string> {
  const { oauthSessions, compatSessions, personalSessions } = mas.state;
  const of = (one: { user_id: string | null; finished_at: number | null }) =>
    one.user_id === userId && one.finished_at === null;
  const devices = [
    ...[...compatSessions.values()].filter(of).map(({ device_id }) => device_id),
    ...[...oauthSessions.values()].filter(of).map(({ scopes }) => deviceOf(scopes)),
    ...[...personalSessions.values()]
      .filter((one) => one.actor_user_id === userId && one.revoked_at === null)
      .map(({ scopes }) => deviceOf(scopes)),
  ];
  return new Set(devices.filter((device) => device !== null));
}

/** It deactivates again: a reactivation from before is undone. */
function deactivate(mas: MockMas, job: MasJob): void {
  const row = mas.state.users.get(job.user_id);
  if (!row) return;
  const { state } = mas;
  const now = mas.now();
  row.deactivated_at ??= now;
  for (const sessions of [state.browserSessions, state.oauthSessions, state.compatSessions]) {
    for (const one of sessions.values()) if (one.user_id === row.id) one.finished_at ??= now;
  }
  for (const one of state.personalSessions.values()) {
    if (one.actor_user_id === row.id || one.owner_user_id === row.id) one.revoked_at ??= now;
  }
  for (const one of state.emails.values()) if (one.user_id === row.id) state.emails.delete(one.id);
  const user = onSynapse(mas, row.username);
  if (user) deactivateOnSynapse(mas.homeserver, user, job.erase);
}

/** At once, before MAS answers: the account is there again, empty; what was lost stays lost. */
export function reactivateOnSynapse(mas: MockMas, username: string): void {
  const user = onSynapse(mas, username);
  if (!user) return;
  user.deactivated = false;
  user.erased = false;
}

export const createOnSynapse = (mas: MockMas, username: string): User | undefined => onSynapse(mas, username, true);

export const isOnSynapse = (mas: MockMas, username: string): boolean => onSynapse(mas, username) !== undefined;
