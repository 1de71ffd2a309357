import type { Answer } from '../answer';
import { bad, MatrixError, notFound, ok } from '../answer';
import { addMedia } from '../build';
import type { Call, Route } from '../call';
import { route } from '../call';
import { picture } from '../picture';
import { findMedia } from './media-facts';

/** §5.6.1: public for a day, so that a deleted file may still show from the browser's cache. */
const HEADERS = {
  'Cache-Control': 'public,max-age=86400,s-maxage=86400',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Content-Security-Policy':
    "sandbox; default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; object-src 'self';",
  ETag: '1',
};

/** Looking counts: downloads and thumbnails bump `last_access_ts`, which keeps a file alive (§3.1). */
function serve(call: Call, options: { bypass: boolean; legacy: boolean }): Answer {
  const [origin, id] = [call.part('server_name'), call.part('media_id')];
  const media = findMedia(call.server, origin, id);
  if (!media || (media.quarantined_by !== null && !options.bypass) || (options.legacy && media.authenticated)) {
    throw notFound('Not found');
  }
  if (media.media_length === null) throw new MatrixError(504, 'M_NOT_YET_UPLOADED', 'Media has not been uploaded yet');
  media.last_access_ts = call.server.now();
  const image = media.media_type?.startsWith('image/') === true;
  return {
    status: 200,
    bytes: image
      ? { content: picture(id), type: 'image/svg+xml' }
      : {
          content: `${media.upload_name ?? id}: the demo keeps no bytes of this file.\n`,
          type: media.media_type ?? 'text/plain',
        },
    headers: HEADERS,
  };
}

/** So many bytes are made up for a file at most. */
const MOST = 64 * 1024 * 1024;

/** Blanks behind what there is, up to the size that lists have. */
function inFull(answer: Answer, size: number): Answer {
  const { content, type } = answer.bytes ?? { content: '', type: '' };
  const short = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  if (short.length >= size || size > MOST) return answer;
  const bytes = new Uint8Array(size).fill(0x20);
  bytes.set(short);
  return { ...answer, bytes: { content: bytes, type } };
}

function download(call: Call): Answer {
  const timeout = call.query.integer('timeout_ms', 20_000);
  if (timeout > 60_000) throw bad('timeout_ms must be at most 60000', 'M_INVALID_PARAM');
  const bypass = call.server.atLeast('1.145') && call.query.boolean('admin_unsafely_bypass_quarantine', false);
  if (bypass && !call.requester.isAdmin) throw bad('Only server admins can bypass media quarantine');
  const answer = serve(call, { bypass, legacy: false });
  return inFull(answer, findMedia(call.server, call.part('server_name'), call.part('media_id'))?.media_length ?? 0);
}

/** No bypass here: a quarantined file has no thumbnail (§5.6.2). */
function thumbnail(call: Call, legacy: boolean): Answer {
  call.query.requiredInteger('width');
  call.query.requiredInteger('height');
  call.query.text('method');
  return serve(call, { bypass: false, legacy });
}

const config = ({ state }: Call): Answer => ok({ 'm.upload.size': state.config.max_upload_size });

function upload(call: Call): Answer {
  const { bytes, state, server, contentType, query, requester } = call;
  if (bytes.length > state.config.max_upload_size)
    throw new MatrixError(413, 'M_TOO_LARGE', 'Upload request body is too large');
  const media = addMedia(server, {
    user_id: requester.user.name,
    media_type: contentType === '' ? 'application/octet-stream' : contentType,
    media_length: bytes.length,
    upload_name: query.text('filename', 'utf-8') ?? null,
  });
  return ok({ content_uri: `mxc://${server.serverName}/${media.media_id}` });
}

const V1 = '/_matrix/client/v1/media';
const OLD = '/_matrix/media/<r0|v1|v3>';

export const contentRoutes: readonly Route[] = [
  route(`${V1}/config`, { GET: config }, { auth: 'user', since: '1.111' }),
  route(`${V1}/download/{server_name}/{media_id}`, { GET: download }, { auth: 'user', since: '1.111' }),
  route(`${V1}/download/{server_name}/{media_id}/{file_name}`, { GET: download }, { auth: 'user', since: '1.111' }),
  route(
    `${V1}/thumbnail/{server_name}/{media_id}`,
    { GET: (call) => thumbnail(call, false) },
    { auth: 'user', since: '1.111' },
  ),
  route(`${OLD}/config`, { GET: config }, { auth: 'user' }),
  route(`${OLD}/upload`, { POST: upload }, { auth: 'user' }),
  // Without a token: what is flagged `authenticated` (the default since 1.120) is a 404 (§6).
  route(
    `${OLD}/download/{server_name}/{media_id}`,
    { GET: (call) => serve(call, { bypass: false, legacy: true }) },
    { auth: 'none' },
  ),
  route(`${OLD}/thumbnail/{server_name}/{media_id}`, { GET: (call) => thumbnail(call, true) }, { auth: 'none' }),
];
