import { reasonAsJson } from '~/lib/english';
import { isoTime } from '~/lib/times';
import { fileOfPart, isComplete, type Archive } from './archive';

/** What is in the archive, for programs: the same as the README, with a line a file. */
export function manifestOf(archive: Archive): string {
  const { userId, baseUrl, version, readBy, startedAt, endedAt, parts, files } = archive;
  const manifest = {
    archive: 'glia-data-request',
    version: 1,
    complete: isComplete(archive),
    user: userId,
    homeserver: baseUrl,
    synapse: version,
    read_by: readBy,
    started: isoTime(startedAt),
    ended: isoTime(endedAt),
    parts: parts.map(({ id, state, count, reason, readAt }) => ({
      name: id,
      file: readAt === null ? null : fileOfPart(id),
      state,
      entries: count,
      read: isoTime(readAt),
      why: reason === '' ? null : reasonAsJson(reason),
    })),
    files:
      files?.map(({ mxc, path, name, type, size, uploadedAt, bytes, reason }) => ({
        mxc,
        path: bytes === null ? null : path,
        name,
        type,
        bytes,
        listed_bytes: size,
        uploaded: isoTime(uploadedAt),
        why: reason === '' ? null : reasonAsJson(reason),
      })) ?? null,
    messages: null,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
