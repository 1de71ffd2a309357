import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { remoteMedia } from './alike.ts';
import type { OwnSynapse } from './server.ts';
import { DAY_MS } from './world.ts';
import type { World } from './world.ts';

/** Where Synapse keeps a cached remote file: two folders of two letters, then the rest of the id. */
const remotePath = (mediaPath: string, origin: string, id: string): string =>
  join(mediaPath, 'remote_content', origin, id.slice(0, 2), id.slice(2, 4), id.slice(4));

/**
 * Writes the ages of media and users into the SQLite of a Synapse that is stopped, and a few remote files
 * into its cache: the API can do neither. Throws where a file of the world has no row.
 */
export async function setAges(own: Pick<OwnSynapse, 'sqlitePath' | 'mediaPath'>, world: World): Promise<void> {
  for (const { origin, mediaId, length } of remoteMedia) {
    const file = remotePath(own.mediaPath, origin, mediaId);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.alloc(length, mediaId));
  }
  const database = new DatabaseSync(own.sqlitePath);
  try {
    const age = database.prepare(
      'UPDATE local_media_repository SET created_ts = ?, last_access_ts = ? WHERE media_id = ?',
    );
    for (const { mediaId, createdTs, lastAccessTs } of world.media) {
      const { changes } = age.run(createdTs, lastAccessTs, mediaId);
      if (Number(changes) !== 1) throw new Error(`Synapse has no row for the file ${mediaId}.`);
    }
    // Users got their `creation_ts` within two seconds of each other: spread, so that ordering by it means something.
    const birth = database.prepare('UPDATE users SET creation_ts = ? WHERE name = ?');
    const births = [...Object.values(world.users), ...world.crowd].map(
      (user) => [user.userId, user.createdTs] as const,
    );
    for (const [name, ts] of [
      ...births,
      ...[world.adminId, world.guestId].map((id) => [id, world.adminCreatedTs] as const),
    ]) {
      birth.run(ts / 1000, name);
    }
    const columns = database.prepare(`PRAGMA table_info('remote_media_cache')`).all();
    const cache = database.prepare(
      `INSERT INTO remote_media_cache (media_origin, media_id, media_type, created_ts, media_length, filesystem_id,
       last_access_ts) VALUES (?, ?, 'image/png', ?, ?, ?, ?)`,
    );
    for (const { origin, mediaId, length, openedDaysAgo } of remoteMedia) {
      const ts = world.now - openedDaysAgo * DAY_MS;
      cache.run(origin, mediaId, ts, length, mediaId, ts);
    }
    // As old as Synapse 1.111.
    if (columns.some(({ name }) => name === 'authenticated')) {
      database.exec('UPDATE remote_media_cache SET authenticated = 1');
    }
  } finally {
    database.close();
  }
}
