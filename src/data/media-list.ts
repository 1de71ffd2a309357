import * as z from 'zod/mini';
import { MEDIA_ORDERS, type UserMediaQuery } from '~/api/media';
import { columnIds, oneOf, pageNumber, pageRange, pageSize } from './list-state';

/** Columns beside the one that says which file. */
export const MEDIA_COLUMNS = ['state', 'media_type', 'media_length', 'created_ts', 'last_access_ts'] as const;
export type MediaColumn = (typeof MEDIA_COLUMNS)[number];

/** A list of files in the URL. */
export const mediaListSchema = z.object({
  order_by: oneOf(MEDIA_ORDERS, 'created_ts'),
  dir: oneOf(['f', 'b'], 'b'),
  page: pageNumber,
  size: pageSize,
  columns: columnIds(MEDIA_COLUMNS, MEDIA_COLUMNS),
});
export type MediaListState = z.output<typeof mediaListSchema>;

export const USUAL_MEDIA_LIST: MediaListState = z.parse(mediaListSchema, {});

/** The one request of a page of the list. */
export const mediaPageQuery = (state: MediaListState): UserMediaQuery => ({
  order_by: state.order_by,
  dir: state.dir,
  ...pageRange(state),
});
