import type { Server } from '../call';
import type { LocalMedia, RemoteMedia, State } from '../state';

/** Every mxc that is somebody's or some room's avatar: profiles, membership events, room stats (§3.1). */
export function avatarIds(server: Server): Set<string> {
  const prefix = `mxc://${server.serverName}/`;
  const ids = new Set<string>();
  const add = (url: string | null | undefined): void => {
    if (url?.startsWith(prefix)) ids.add(url.slice(prefix.length));
  };
  for (const user of server.state.users.values()) add(user.avatar_url);
  for (const room of server.state.rooms.values()) {
    add(room.avatar);
    for (const member of room.members.values()) add(member.avatar_url);
  }
  return ids;
}

/** Since 1.128 quarantine takes every item with the same hash along, local and remote. */
export function withSiblings(
  server: Server,
  found: readonly (LocalMedia | RemoteMedia)[],
): (LocalMedia | RemoteMedia)[] {
  if (!server.atLeast('1.128')) return [...found];
  const hashes = new Set(found.map(({ sha256 }) => sha256).filter((hash) => hash !== null));
  const all: (LocalMedia | RemoteMedia)[] = [...server.state.media.values(), ...server.state.remoteMedia.values()];
  return all.filter((item) => found.includes(item) || (item.sha256 !== null && hashes.has(item.sha256)));
}

const isRemote = (item: LocalMedia | RemoteMedia): item is RemoteMedia => 'media_origin' in item;

/** @returns how many were written: again those that were quarantined before, never protected local ones (`store/room.py:1454-1529`) */
export function setQuarantine(server: Server, items: readonly (LocalMedia | RemoteMedia)[], by: string | null): number {
  let written = 0;
  for (const item of withSiblings(server, items)) {
    if (by !== null && !isRemote(item) && item.safe_from_quarantine) continue;
    item.quarantined_by = by;
    written += 1;
    server.state.quarantineChanges.push({
      origin: isRemote(item) ? item.media_origin : server.serverName,
      media_id: item.media_id,
      quarantined: by !== null,
    });
  }
  return written;
}

/** The file named by server and id, local or cached. */
export function findMedia(server: Server, origin: string, id: string): LocalMedia | RemoteMedia | undefined {
  return origin === server.serverName ? server.state.media.get(id) : server.state.remoteMedia.get(`${origin}/${id}`);
}

const MXC = /mxc:\/\/([^/"\s]+)\/([^/"\s?#]+)/g;

/** Files that unencrypted events of a room name; duplicates stay (§3). */
export function mediaOfRoom(state: State, roomId: string): { origin: string; id: string }[] {
  const found: { origin: string; id: string }[] = [];
  for (const event of state.rooms.get(roomId)?.events ?? []) {
    if (event.type === 'm.room.encrypted') continue;
    for (const [, origin, id] of JSON.stringify(event.content).matchAll(MXC)) {
      if (origin !== undefined && id !== undefined) found.push({ origin, id });
    }
  }
  return found;
}
