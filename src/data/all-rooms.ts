import type { Homeserver } from '~/api/request';
import { listRooms, type RoomRow, type RoomsQuery } from '~/api/rooms';
import { ListReader, type ListRead, type ReadProgress, type Wait } from './list-reader';
import { wholeLists, type WholeList } from './whole-list';

/** Reads all rooms that match: by their names, which nobody changes as often as their members change. */
export class RoomsReader {
  readonly #reader: ListReader<RoomRow>;

  constructor(query: RoomsQuery, take: (rooms: readonly RoomRow[]) => void, wait?: Wait) {
    this.#reader = new ListReader<RoomRow>({
      async ask(hs, range, signal) {
        const page = await listRooms(hs, { ...query, order_by: 'name', dir: 'f', ...range }, signal);
        return { rows: page.rooms, odd: page.odd, total: page.total, next: page.next };
      },
      keyOf: ({ room_id }) => room_id,
      take,
      ...(wait && { wait }),
    });
  }

  progress(): ReadProgress {
    return this.#reader.progress();
  }

  /** @throws HomeserverError; then it may be called again */
  async run(hs: Homeserver, signal: AbortSignal, onProgress: (progress: ReadProgress) => void): Promise<ListRead> {
    const { lostTrack, absent, ...read } = await this.#reader.run(hs, signal, onProgress);
    return { ...read, missing: absent === 0 && lostTrack ? 1 : absent };
  }
}

const lists = wholeLists<RoomRow>();

/** How far a reading is, and of which it is. */
export const allRoomsProgress = lists.progress;

export const readAllRooms = (
  hs: Homeserver,
  { query, key }: { query: RoomsQuery; key: string },
  signal: AbortSignal,
): Promise<WholeList<RoomRow>> => lists.read(hs, key, (take) => new RoomsReader(query, take), signal);
