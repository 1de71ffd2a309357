import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { HomeserverError } from '~/api/errors';
import type { Homeserver } from '~/api/request';
import { legibleRoom, roomState } from '~/api/rooms';
import { has } from '~/api/since';
import { createStore } from '~/lib/store';
import { watchShown } from './account-memory';
import type { ReadProgress } from './list-reader';

/** Whether another room has replaced a room, which no list says: each room is asked about. Null: it could not be told. */
export type Replaced = ReadonlyMap<string, boolean | null>;

/** How far a reading is, and of which it is. */
export const replacedProgress = createStore<(ReadProgress & { readonly key: string }) | null>(null);

/** What was found before a reading broke off. */
let kept: { readonly baseUrl: string; readonly found: Replaced } | null = null;
watchShown(() => {
  kept = null;
});

async function isReplaced(
  hs: Homeserver,
  version: string,
  roomId: string,
  signal: AbortSignal,
): Promise<boolean | null> {
  try {
    if (!has(version, 'room-replaced')) {
      const events = await roomState(hs, roomId, 'm.room.tombstone', signal);
      return events.some(({ state_key }) => state_key === '');
    }
    return (await legibleRoom(hs, roomId, signal)).value.tombstoned ?? null;
  } catch (error) {
    // It was deleted since it was listed.
    if (error instanceof HomeserverError && error.notFound) return null;
    throw error;
  }
}

/**
 * Asks about rooms that were not asked about yet, one after the other: only at the admin’s word (`enabled: false`, `refetch`). What was
 * found before a reading failed or was cancelled is not asked for again.
 */
export function replacedQuery(
  { homeserver: hs, version }: { homeserver: Homeserver; version: string },
  ids: readonly string[],
  client: Pick<QueryClient, 'getQueryData'>,
) {
  const queryKey = [hs.baseUrl, 'rooms', 'replaced'] as const;
  return queryOptions({
    queryKey,
    async queryFn({ signal }): Promise<Replaced> {
      const before = kept?.baseUrl === hs.baseUrl ? kept.found : client.getQueryData<Replaced>(queryKey);
      const found = new Map(before);
      kept = null;
      const show = () => {
        const read = ids.filter((id) => found.has(id)).length;
        if (!signal.aborted)
          replacedProgress.set({ key: JSON.stringify(queryKey), read, requests: read, total: ids.length });
      };
      show();
      try {
        for (const id of ids) {
          if (found.has(id)) continue;
          signal.throwIfAborted();
          found.set(id, await isReplaced(hs, version, id, signal));
          show();
        }
      } catch (error) {
        kept = { baseUrl: hs.baseUrl, found };
        throw error;
      }
      return found;
    },
    enabled: false,
    retry: false,
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  });
}
