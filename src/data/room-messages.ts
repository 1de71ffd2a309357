import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Homeserver } from '~/api/request';
import { eventsAround, placeBefore, roomMessages, type MessagesPage } from '~/api/room-content';

/** What an admin looks for in the messages of a room. */
export interface MessageFilter {
  /** Only from this user; '': from anyone. */
  readonly sender: string;
  /** Only events of this type; '': of any. */
  readonly type: string;
  /** Epoch ms: nothing newer. Null: from the newest on. */
  readonly before: number | null;
}

/** The events of a room from the newest backwards, page by page as they are asked for. */
export const messagesQuery = (hs: Homeserver, roomId: string, { sender, type, before }: MessageFilter) =>
  infiniteQueryOptions({
    queryKey: [hs.baseUrl, 'rooms', 'messages', roomId, sender, type, before],
    queryFn: async ({ pageParam, signal }): Promise<MessagesPage> => {
      const from = pageParam ?? (before === null ? undefined : (await placeBefore(hs, roomId, before, signal)).from);
      const filter = { from, sender: sender || undefined, type: type || undefined };
      return roomMessages(hs, roomId, filter, signal);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ end }) => end,
    // What people wrote is not read again without a word, and not kept for long.
    staleTime: Infinity,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** What was sent around one event. */
export const aroundQuery = (hs: Homeserver, roomId: string, eventId: string) =>
  queryOptions({
    queryKey: [hs.baseUrl, 'rooms', 'around', roomId, eventId],
    queryFn: ({ signal }) => eventsAround(hs, roomId, eventId, signal),
    staleTime: Infinity,
    gcTime: 60_000,
  });
