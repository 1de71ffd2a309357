import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { Homeserver } from '~/api/request';
import { shownRows } from '~/api/rows';
import { largestRooms, listUploaders, type Uploader } from '~/api/statistics';
import type { ListAnswer, ListQuery } from './list-query';
import { columnIds, oneOf, pageNumber, pageRange, pageSize, searchText } from './list-state';

/** Users that own media, in the URL. */
export const uploaderListSchema = z.object({
  search_term: searchText,
  order_by: oneOf(['user_id', 'displayname', 'media_length', 'media_count'], 'media_length'),
  dir: oneOf(['f', 'b'], 'b'),
  page: pageNumber,
  size: pageSize,
  columns: columnIds(['media_count', 'media_length'], ['media_count', 'media_length']),
});
export type UploaderListState = z.output<typeof uploaderListSchema>;

export const USUAL_UPLOADER_LIST: UploaderListState = z.parse(uploaderListSchema, {});

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

/** What finds all that match. */
export const uploaderFilter = ({ search_term }: UploaderListState): { search_term?: string } =>
  search_term === '' ? {} : { search_term };

/** Synapse refuses to search here for letters beyond ASCII. */
export const canSearchUploaders = ({ search_term }: UploaderListState): boolean => isAscii(search_term);

export const statistics = {
  uploaders: (hs: Homeserver, state: UploaderListState): ListQuery<ListAnswer<Uploader>> => {
    const { order_by, dir } = state;
    const query = { ...uploaderFilter(state), order_by, dir, ...pageRange(state) };
    return {
      queryKey: [hs.baseUrl, 'statistics', 'uploaders', query],
      queryFn: async ({ signal }) => {
        if (!canSearchUploaders(state)) return { rows: [], odd: [], total: 0, from: query.from };
        const { users, odd, total } = await listUploaders(hs, query, signal);
        return { rows: shownRows({ rows: users, odd }), odd, total, from: query.from };
      },
    };
  },
  largestRooms: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'statistics', 'largest-rooms'],
      queryFn: async ({ signal }) => {
        const answer = await largestRooms(hs, signal);
        return { rows: shownRows(answer), odd: answer.odd };
      },
    }),
} as const;
