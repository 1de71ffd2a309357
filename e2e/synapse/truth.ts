import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ExternalId } from './alike.ts';
import { must, path } from './client.ts';
import type { RealSynapse } from './server.ts';
import type { World } from './world.ts';

/** What the server itself says, asked past the app. */

type Asked = Pick<RealSynapse, 'baseUrl' | 'adminToken'>;

const get = <T>({ baseUrl, adminToken: token }: Asked, route: string): Promise<T> => must<T>(baseUrl, route, { token });

/** Who is in each room of the world, sorted. */
export async function membersOfAll(synapse: Asked, world: World): Promise<Record<string, string[]>> {
  const members: Record<string, string[]> = {};
  for (const { roomId } of Object.values(world.rooms)) {
    const answer = await get<{ members: string[] }>(synapse, path`/_synapse/admin/v1/rooms/${roomId}/members`);
    members[roomId] = answer.members.toSorted();
  }
  return members;
}

/** Sorted `provider id` lines of each user of the world. */
export async function externalIdsOfAll(synapse: Asked, world: World): Promise<Record<string, string[]>> {
  const ids: Record<string, string[]> = {};
  for (const { userId } of [...Object.values(world.users), ...world.crowd]) {
    const { external_ids } = await get<{ external_ids: ExternalId[] }>(
      synapse,
      path`/_synapse/admin/v2/users/${userId}`,
    );
    ids[userId] = idLines(external_ids);
  }
  return ids;
}

export const idLines = (ids: readonly ExternalId[]): string[] =>
  ids.map(({ auth_provider, external_id }) => `${auth_provider} ${external_id}`).toSorted();

/** Every local file with the time of its last access (ms; null: never), by its id. */
export async function localMedia(synapse: Asked): Promise<Record<string, number | null>> {
  const media: Record<string, number | null> = {};
  const owners = await get<{ users: { user_id: string }[] }>(
    synapse,
    '/_synapse/admin/v1/statistics/users/media?limit=1000',
  );
  for (const { user_id: owner } of owners.users) {
    const route = path`/_synapse/admin/v1/users/${owner}/media`;
    const answer = await get<{ media: { media_id: string; last_access_ts: number | null }[] }>(
      synapse,
      `${route}?limit=1000`,
    );
    for (const { media_id, last_access_ts } of answer.media) media[media_id] = last_access_ts;
  }
  return media;
}

/** Whether the file's bytes lie on the disk of a Synapse of ours. */
export function onDisk({ own }: RealSynapse, mediaId: string): boolean {
  if (!own) throw new Error('The disk of a server that runs elsewhere is out of reach.');
  const parts = [mediaId.slice(0, 2), mediaId.slice(2, 4), mediaId.slice(4)];
  return existsSync(join(own.mediaPath, 'local_content', ...parts));
}

/** The ids of cached remote files, which no endpoint lists. */
export function remoteMediaIds({ own }: RealSynapse): string[] {
  if (!own) throw new Error('The database of a server that runs elsewhere is out of reach.');
  const database = new DatabaseSync(own.sqlitePath, { readOnly: true });
  try {
    const rows = database.prepare('SELECT media_id FROM remote_media_cache ORDER BY media_id').all();
    return rows.map((row) => String(row['media_id']));
  } finally {
    database.close();
  }
}

/** Ends the session of this token, as its user would elsewhere. */
export const logout = (baseUrl: string, token: string): Promise<unknown> =>
  must(baseUrl, '/_matrix/client/v3/logout', { method: 'POST', token, json: {} });

/** A fresh token for the admin. */
export async function freshToken({ baseUrl, adminId, adminPassword }: RealSynapse): Promise<string> {
  const identifier = { type: 'm.id.user', user: adminId };
  const json = { type: 'm.login.password', identifier, password: adminPassword };
  const { access_token } = await must<{ access_token: string }>(baseUrl, '/_matrix/client/v3/login', {
    method: 'POST',
    json,
  });
  return access_token;
}
