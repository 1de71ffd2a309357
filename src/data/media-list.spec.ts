import { expect, it } from 'vitest';
import { readParams } from './list-state';
import { mediaListSchema, mediaPageQuery } from './media-list';

const at = (search: string) => mediaPageQuery(readParams(mediaListSchema, new URLSearchParams(search)));

it('a list of files begins with the newest, and reaches every one of them', () => {
  expect(at('')).toEqual({ order_by: 'created_ts', dir: 'b', from: 0, limit: 100 });
  expect(at('page=9&order_by=media_length&dir=f')).toEqual({
    order_by: 'media_length',
    dir: 'f',
    from: 800,
    limit: 100,
  });
  expect(at('order_by=password_hash&tab=media')).toEqual(at(''));
});
