import type { RoomRow } from '~/api/rooms';
import { RoomsReader } from '~/data/all-rooms';
import { soughtIn, wordOf } from '~/data/exact';
import { answerableRoomList, roomFilter } from '~/data/room-list';
import { findRoomRows } from '~/data/room-rows';
import { useSession } from '~/data/session';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';
import { useListParams } from '~/ui/use-list-params';
import { ROOMS_LIST } from './rooms-list';

/** Synapse's own names. */
const COLUMNS: readonly ExportColumn<RoomRow>[] = [
  { name: 'room_id', of: ({ room_id }) => room_id },
  { name: 'name', of: ({ name }) => name },
  { name: 'canonical_alias', of: ({ canonical_alias }) => canonical_alias },
  { name: 'joined_members', of: ({ joined_members }) => joined_members },
  { name: 'joined_local_members', of: ({ joined_local_members }) => joined_local_members },
  { name: 'version', of: ({ version }) => version },
  { name: 'creator', of: ({ creator }) => creator },
  { name: 'encryption', of: ({ encryption }) => encryption },
  { name: 'federatable', of: ({ federatable }) => federatable },
  { name: 'public', of: (room) => room.public },
  { name: 'join_rules', of: ({ join_rules }) => join_rules },
  { name: 'guest_access', of: ({ guest_access }) => guest_access },
  { name: 'history_visibility', of: ({ history_visibility }) => history_visibility },
  { name: 'state_events', of: ({ state_events }) => state_events },
  { name: 'room_type', of: ({ room_type }) => room_type },
];

/** A file of all rooms that match the list's search and filters. */
export function ExportRooms() {
  const session = useSession();
  const [given] = useListParams(ROOMS_LIST.params);
  const text = given.search_term;
  const sought = soughtIn(text, session.serverName);
  const state = answerableRoomList({ ...given, search_term: wordOf(sought, text) }, session.version);
  if (sought !== null) return null;
  const read = async (signal: AbortSignal) => {
    const rows: RoomRow[] = [];
    const reader = new RoomsReader(roomFilter(state), (more) => rows.push(...more));
    const { odd, missing } = await reader.run(session.homeserver, signal, () => undefined);
    return { rows: findRoomRows(rows, state), lost: odd + missing };
  };
  return <ExportMenu stem="rooms" columns={COLUMNS} read={read} />;
}
