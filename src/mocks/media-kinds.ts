import { addMedia, addRoom, addUser } from './build';
import type { MockHomeserver } from './homeserver';
import type { LocalMedia } from './state';

/** For specs of deleting by date: files around a cutoff. */

const DAY = 86_400_000;

/** Opened last a month before the cutoff, unless told otherwise. @param cutoff epoch ms */
export const oldFile = (model: MockHomeserver, cutoff: number, over: Partial<LocalMedia> = {}): LocalMedia =>
  addMedia(model, { created_ts: cutoff - 200 * DAY, last_access_ts: cutoff - 30 * DAY, ...over });

/** Anna and Ben, deactivated Cleo, locked Dan; one file of every kind the rule tells apart. */
export function everyKindOfFile(model: MockHomeserver, cutoff: number) {
  const user = (localpart: string, over = {}) => addUser(model, { localpart, ...over });
  const old = (over: Partial<LocalMedia>) => oldFile(model, cutoff, over);
  const anna = user('anna').name;
  const ben = user('ben').name;
  const cleo = user('cleo', { deactivated: true }).name;
  const dan = user('dan', { locked: true });
  const deleted = [
    old({ user_id: anna }),
    old({ user_id: ben, last_access_ts: null }),
    old({ user_id: cleo, last_access_ts: cutoff - 1 }),
  ];
  const kept = {
    recent: old({ user_id: anna, last_access_ts: cutoff }),
    empty: old({ user_id: anna, media_length: 0 }),
    unfinished: old({ user_id: anna, media_length: null }),
    protected: old({ user_id: anna, safe_from_quarantine: true }),
    quarantined: old({ user_id: ben, quarantined_by: model.adminId }),
    userAvatar: old({ user_id: dan.name }),
    roomAvatar: old({ user_id: ben }),
    preview: old({ user_id: ben, url_cache: 'https://example.org/' }),
  };
  dan.avatar_url = `mxc://${model.serverName}/${kept.userAvatar.media_id}`;
  addRoom(model, { avatar: `mxc://${model.serverName}/${kept.roomAvatar.media_id}` });
  return { deleted, kept, anna, ben };
}
