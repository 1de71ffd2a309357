import type * as z from 'zod/mini';
import { invariant } from '~/lib/invariant';
import { changeAsk, deleteAsk, lookAsk, type Ask, type NOT_THERE } from './ask';
import { mediaInfoSchema, userMediaSchema, type UserMediaQuery } from './media';
import { path } from './request';

/** Looks at files and changes of them, as data (`synapse/rest/admin/media.py`). Files are named `mxc://server/id`. */

export type MediaInfo = z.output<typeof mediaInfoSchema>;

/** Whatever characters an ID has: it is encoded. */
export function placeOf(mxc: string): { serverName: string; mediaId: string } {
  const [, serverName, mediaId] = /^mxc:\/\/([^/]+)\/(.+)$/s.exec(mxc) ?? [];
  invariant(serverName !== undefined && mediaId !== undefined, 'a file is named mxc://server/id');
  return { serverName, mediaId };
}

/** `GET /v1/media/{server}/{id}` (1.140). 404 when it is gone. */
export const lookAtMedia = (mxc: string): Ask<MediaInfo> => {
  const { serverName, mediaId } = placeOf(mxc);
  const about = { at: ['media_info', 'media_id'], is: mediaId };
  const one = lookAsk(path`/_synapse/admin/v1/media/${serverName}/${mediaId}`, mediaInfoSchema, about);
  return { ...one, request: { ...one.request, feature: 'media-info' } };
};

/** A page of a user's files. */
export const lookAtUserMedia = (userId: string, query: UserMediaQuery): Ask<z.output<typeof userMediaSchema>> => {
  const one = lookAsk(path`/_synapse/admin/v1/users/${userId}/media`, userMediaSchema);
  return { ...one, request: { ...one.request, query: { ...query } } };
};

/** `POST /v1/media/(un)quarantine/{server}/{id}`: every copy with the same content on this homeserver changes with it. */
export const quarantineMedia = (mxc: string, isQuarantined: boolean): Ask<null> => {
  const { serverName, mediaId } = placeOf(mxc);
  return changeAsk(
    {
      method: 'POST',
      path: isQuarantined
        ? path`/_synapse/admin/v1/media/quarantine/${serverName}/${mediaId}`
        : path`/_synapse/admin/v1/media/unquarantine/${serverName}/${mediaId}`,
      body: {},
    },
    { exactly: {} },
  );
};

/**
 * `DELETE /v1/media/{server}/{id}`: one local file, for good. Spares neither protected nor quarantined ones. An answer that does not
 * name it means that it could not be removed from the disk (`media_repository.py:1672-1708`).
 */
export const deleteMedia = (mxc: string): Ask<typeof NOT_THERE> => {
  const { serverName, mediaId } = placeOf(mxc);
  return deleteAsk(
    { method: 'DELETE', path: path`/_synapse/admin/v1/media/${serverName}/${mediaId}` },
    { lists: 'deleted_media', name: mediaId },
  );
};

/** `POST /v1/media/(un)protect/{id}`: local files only. */
export const protectMedia = (mxc: string, isProtected: boolean): Ask<null> => {
  const { mediaId } = placeOf(mxc);
  return changeAsk(
    {
      method: 'POST',
      path: isProtected
        ? path`/_synapse/admin/v1/media/protect/${mediaId}`
        : path`/_synapse/admin/v1/media/unprotect/${mediaId}`,
      body: {},
    },
    { exactly: {} },
  );
};
