import type { Answer } from '../answer';
import { bad, noRow, notFound, ok } from '../answer';
import type { Call, Route } from '../call';
import { route } from '../call';
import { parseUserId } from '../ids';
import { numericNext, sortRows } from '../sort';
import type { LocalMedia, RemoteMedia } from '../state';
import { avatarIds, findMedia, mediaOfRoom, setQuarantine } from './media-facts';

const ORDER = [
  'media_id',
  'upload_name',
  'created_ts',
  'last_access_ts',
  'media_length',
  'media_type',
  'quarantined_by',
  'safe_from_quarantine',
] as const;

/** 30,000,000,000: what seconds would be (`media.py:445-494`). */
const OLDEST_BEFORE_TS = 30_000_000_000;

function beforeTs({ query }: Call): number {
  const before = query.requiredInteger('before_ts');
  if (before < OLDEST_BEFORE_TS) {
    throw bad(
      'Query parameter before_ts you provided is from the year 1970. Double check that you are providing a timestamp in milliseconds.',
      'M_INVALID_PARAM',
    );
  }
  return before;
}

/** Both from and to: the page that a list shows is the page that a DELETE deletes (§3). */
function pageOfUser(call: Call): { page: LocalMedia[]; total: number; next: { next_token?: number } } {
  const { query, server, state } = call;
  const name = call.part('user_id');
  parseUserId(name);
  const from = query.integer('from', 0);
  const limit = query.integer('limit', 100);
  // Newest first only when neither is given.
  const unordered = !query.has('order_by') && !query.has('dir');
  const orderBy = query.oneOf('order_by', ORDER, 'created_ts');
  const dir = query.dir(unordered ? 'b' : 'f');
  if (!server.isMine(name)) throw bad('Can only look up local users');
  if (!state.users.has(name)) throw notFound('Unknown user');
  const mine = [...state.media.values()].filter((media) => media.user_id === name);
  const sorted = sortRows(mine, (media) => media[orderBy], dir === 'b', {
    key: (media) => media.media_id,
    // Whatever the direction (`store/media_repository.py:236-256`).
    descending: false,
  });
  return { page: sorted.slice(from, from + limit), total: mine.length, next: numericNext(from, limit, mine.length) };
}

function userMedia(call: Call): Answer {
  const { page, total, next } = pageOfUser(call);
  return ok({ media: page.map((item) => asListed(call, item)), total, ...next });
}

function asListed(call: Call, media: LocalMedia): object {
  const { authenticated, sha256, url_cache, user_id, safe_from_quarantine, ...item } = media;
  return {
    ...item,
    ...(call.server.atLeast('1.97')
      ? { url_cache, user_id, safe_from_quarantine }
      : { safe_from_quarantine: asStored(call, safe_from_quarantine) }),
    ...(call.server.atLeast('1.112') ? { authenticated: asStored(call, authenticated) } : {}),
    ...(call.server.atLeast('1.128') ? { sha256 } : {}),
  };
}

/** Columns that go from the database to the answer as they are: false and true on Postgres, 0 and 1 on SQLite. */
const asStored = ({ state }: Call, value: boolean): boolean | number => (state.config.sqlite ? Number(value) : value);

/** That page and no more, 100 unless said; spares nothing (§3). */
function deleteUserMedia(call: Call): Answer {
  const { page } = pageOfUser(call);
  return deleted(call, page);
}

function deleted(call: Call, media: readonly LocalMedia[]): Answer {
  for (const { media_id } of media) call.state.media.delete(media_id);
  return ok({ deleted_media: media.map(({ media_id }) => media_id), total: media.length });
}

function mediaInfo(call: Call): Answer {
  const origin = call.part('server_name');
  const media = findMedia(call.server, origin, call.part('media_id'));
  if (!media) throw notFound('Unknown media');
  const local: Partial<Omit<LocalMedia, 'last_access_ts'>> & Partial<Omit<RemoteMedia, 'last_access_ts'>> = media;
  return ok({
    media_info: {
      media_origin: local.media_origin ?? null,
      user_id: local.user_id ?? null,
      media_id: media.media_id,
      media_type: media.media_type,
      media_length: media.media_length,
      upload_name: media.upload_name,
      created_ts: media.created_ts,
      filesystem_id: local.filesystem_id ?? null,
      url_cache: local.url_cache ?? null,
      last_access_ts: media.last_access_ts,
      quarantined_by: media.quarantined_by,
      authenticated: asStored(call, media.authenticated),
      safe_from_quarantine:
        local.safe_from_quarantine === undefined ? null : asStored(call, local.safe_from_quarantine),
      sha256: media.sha256,
    },
  });
}

function deleteOne(call: Call): Answer {
  if (call.part('server_name') !== call.server.serverName) throw bad('Can only delete local media');
  const media = call.state.media.get(call.part('media_id'));
  if (!media) throw notFound('Unknown media');
  return deleted(call, [media]);
}

/**
 * §3.1 exactly: last access, or creation for what was never accessed; strictly larger than `size_gt`; quarantined and protected
 * spared. No upper bound on `before_ts`. The wrong server name is noticed only after `before_ts`.
 */
function sweep(call: Call, serverName: string | null): Answer {
  const before = beforeTs(call);
  const sizeGt = call.query.integer('size_gt', 0);
  const keepProfiles = call.query.boolean('keep_profiles', true);
  if (serverName !== null && serverName !== call.server.serverName) throw bad('Can only delete local media');
  const avatars = keepProfiles ? avatarIds(call.server) : new Set<string>();
  const found = [...call.state.media.values()].filter(
    (media) =>
      (media.last_access_ts ?? media.created_ts) < before &&
      media.media_length !== null &&
      media.media_length > sizeGt &&
      media.quarantined_by === null &&
      !media.safe_from_quarantine &&
      !avatars.has(media.media_id),
  );
  return deleted(call, found);
}

/** Remote cache only; quarantined spared; only a count comes back (§3.2). */
function purgeCache(call: Call): Answer {
  const before = beforeTs(call);
  let count = 0;
  for (const [key, media] of call.state.remoteMedia) {
    if (media.last_access_ts >= before || media.quarantined_by !== null) continue;
    call.state.remoteMedia.delete(key);
    count += 1;
  }
  return ok({ deleted: count });
}

function protect(call: Call, value: boolean): Answer {
  const media = call.state.media.get(call.part('media_id'));
  if (!media) throw noRow('local_media_repository');
  media.safe_from_quarantine = value;
  return ok({});
}

/** 200 even when nothing fits (§3). */
function quarantineOne(call: Call, value: boolean): Answer {
  const media = findMedia(call.server, call.part('server_name'), call.part('media_id'));
  if (media) setQuarantine(call.server, [media], value ? call.requester.user.name : null);
  return ok({});
}

function quarantineRoom(call: Call): Answer {
  const media = mediaOfRoom(call.state, call.part('room_id'))
    .map(({ origin, id }) => findMedia(call.server, origin, id))
    .filter((found) => found !== undefined);
  return ok({ num_quarantined: setQuarantine(call.server, media, call.requester.user.name) });
}

function quarantineUser(call: Call): Answer {
  const media = [...call.state.media.values()].filter(({ user_id }) => user_id === call.part('user_id'));
  return ok({ num_quarantined: setQuarantine(call.server, media, call.requester.user.name) });
}

function quarantineChanges(call: Call): Answer {
  const from = call.query.integer('from', 0);
  const all = call.state.quarantineChanges;
  if (from > all.length) throw bad('Query parameter from is beyond the end of the stream', 'M_INVALID_PARAM');
  const changes = all
    .slice(from, from + 100)
    .map(({ origin, media_id, quarantined }) => ({ origin, media_id, quarantined: asStored(call, quarantined) }));
  return ok({ next_batch: from + changes.length, changes });
}

const mxc = ({ origin, id }: { origin: string; id: string }): string => `mxc://${origin}/${id}`;

function roomMedia(call: Call): Answer {
  const found = mediaOfRoom(call.state, call.part('room_id'));
  const mine = call.server.serverName;
  return ok({
    local: found.filter(({ origin }) => origin === mine).map(mxc),
    remote: found.filter(({ origin }) => origin !== mine).map(mxc),
  });
}

const V1 = '/_synapse/admin/v1';

/** The order matters: `GET media/protect/x` is a 405, because the fixed words are tried first (§0.1). */
export const mediaRoutes: readonly Route[] = [
  route(`${V1}/purge_media_cache`, { POST: purgeCache }),
  route(`${V1}/room/{room_id}/media/quarantine`, { POST: quarantineRoom }),
  route(`${V1}/quarantine_media/{room_id}`, { POST: quarantineRoom }),
  route(`${V1}/user/{user_id}/media/quarantine`, { POST: quarantineUser }),
  route(`${V1}/media/quarantine/{server_name}/{media_id}`, { POST: (call) => quarantineOne(call, true) }),
  route(
    `${V1}/media/unquarantine/{server_name}/{media_id}`,
    { POST: (call) => quarantineOne(call, false) },
    { since: '1.36' },
  ),
  route(`${V1}/media/protect/{media_id}`, { POST: (call) => protect(call, true) }, { since: '1.26' }),
  route(`${V1}/media/unprotect/{media_id}`, { POST: (call) => protect(call, false) }, { since: '1.36' }),
  route(`${V1}/room/{room_id}/media`, { GET: roomMedia }),
  route(`${V1}/media/quarantine_changes`, { GET: quarantineChanges }, { since: '1.152' }),
  route(`${V1}/media/delete`, { POST: (call) => sweep(call, null) }, { since: '1.78' }),
  route(
    `${V1}/media/{server_name}/delete`,
    { POST: (call) => sweep(call, call.part('server_name')) },
    { since: '1.23' },
  ),
  route(`${V1}/media/{server_name}/{media_id}`, { DELETE: deleteOne }, { since: '1.23' }),
  route(`${V1}/media/{server_name}/{media_id}`, { GET: mediaInfo }, { since: '1.140' }),
  route(`${V1}/users/{user_id}/media`, { GET: userMedia }, { since: '1.23' }),
  route(`${V1}/users/{user_id}/media`, { DELETE: deleteUserMedia }, { since: '1.41' }),
];
