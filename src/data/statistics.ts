import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { Homeserver } from '~/api/request';
import { shownRows } from '~/api/rows';
import { largestRooms, listUploaders, type Uploader, type UploadersQuery } from '~/api/statistics';
import { endOfDay, startOfDay } from '~/lib/dates';
import { readAllUploaders } from './all-uploaders';
import type { ListAnswer, ListQuery } from './list-query';
import { columnIds, dayText, oneOf, pageNumber, pageRange, pageSize, searchText } from './list-state';

/** Users that own media, in the URL. */
export const uploaderListSchema = z.object({
  search_term: searchText,
  /** Days on which the files were uploaded, both included. */
  uploaded_from: dayText,
  uploaded_until: dayText,
  order_by: oneOf(['user_id', 'displayname', 'media_length', 'media_count'], 'media_length'),
  dir: oneOf(['f', 'b'], 'b'),
  page: pageNumber,
  size: pageSize,
  columns: columnIds(['media_count', 'media_length'], ['media_count', 'media_length']),
});
export type UploaderListState = z.output<typeof uploaderListSchema>;

export const USUAL_UPLOADER_LIST: UploaderListState = z.parse(uploaderListSchema, {});

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

export type UploaderFilter = Pick<UploadersQuery, 'search_term' | 'from_ts' | 'until_ts'>;

/** What finds all that match. */
export function uploaderFilter({ search_term, uploaded_from, uploaded_until }: UploaderListState): UploaderFilter {
  const [from, until] = [startOfDay(uploaded_from), startOfDay(uploaded_until)];
  return {
    ...(search_term !== '' && { search_term }),
    ...(from !== null && { from_ts: from }),
    ...(until !== null && { until_ts: endOfDay(until) }),
  };
}

/** Synapse refuses to search here for letters beyond ASCII. */
export const canSearchUploaders = ({ search_term }: UploaderListState): boolean => isAscii(search_term);

/** It also refuses a span that ends before it begins. */
export const isSpan = ({ uploaded_from: from, uploaded_until: until }: UploaderListState): boolean =>
  from === '' || until === '' || from <= until;

export const statistics = {
  uploaders: (hs: Homeserver, state: UploaderListState): ListQuery<ListAnswer<Uploader>> => {
    const { order_by, dir } = state;
    const query = { ...uploaderFilter(state), order_by, dir, ...pageRange(state) };
    return {
      queryKey: [hs.baseUrl, 'statistics', 'uploaders', query],
      queryFn: async ({ signal }) => {
        if (!canSearchUploaders(state) || !isSpan(state)) return { rows: [], odd: [], total: 0, from: query.from };
        const { users, odd, total } = await listUploaders(hs, query, signal);
        return { rows: shownRows({ rows: users, odd }), odd, total, from: query.from };
      },
    };
  },
  /** All of them: at the admin’s word (`enabled: false`, `refetch`), and kept until the page is closed. */
  everyUploader: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'statistics', 'every-uploader'],
      queryFn: ({ signal, queryKey }) => readAllUploaders(hs, JSON.stringify(queryKey), signal),
      enabled: false,
      retry: false,
      staleTime: Infinity,
      gcTime: Infinity,
      structuralSharing: false,
    }),
  largestRooms: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'statistics', 'largest-rooms'],
      queryFn: async ({ signal }) => {
        const answer = await largestRooms(hs, signal);
        return { rows: shownRows(answer), odd: answer.odd };
      },
    }),
} as const;
