import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { keepFavourite, listFavourites, removeFavourite } from './console-favourites';

const anna = { baseUrl: 'https://a.example', userId: '@anna:a.example' };
const ben = { baseUrl: 'https://a.example', userId: '@ben:a.example' };
const rooms = { method: 'GET', path: '/_synapse/admin/v1/rooms', body: '' } as const;

describe('kept requests of the console', () => {
  it('are those of one account, each once, until they are removed', async () => {
    await keepFavourite(anna, rooms, 1);
    await keepFavourite(anna, { ...rooms, method: 'DELETE', body: '{}' }, 2);
    await keepFavourite(anna, { ...rooms, body: '{"a":1}' }, 3);
    await keepFavourite(ben, rooms);
    const mine = await listFavourites(anna);
    expect(mine.map(({ method, body }) => [method, body])).toEqual([
      ['GET', '{"a":1}'],
      ['DELETE', '{}'],
    ]);
    await removeFavourite(mine[0]?.id ?? '');
    expect(await listFavourites(anna)).toHaveLength(1);
    expect(await listFavourites(ben)).toHaveLength(1);
  });
});
