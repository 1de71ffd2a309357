import { afterEach, describe, expect, it, vi } from 'vitest';
import { listUserMedia } from './media';
import { listRooms } from './rooms';
import { listUploaders } from './statistics';
import { joinedRooms, listUsers } from './users';

const hs = { baseUrl: 'https://demo.example', token: 'x', version: '1.163.0' };

const says = (json: string) =>
  vi.stubGlobal('fetch', () =>
    Promise.resolve(new Response(json, { headers: { 'Content-Type': 'application/json' } })),
  );
afterEach(() => vi.unstubAllGlobals());

describe('an odd number beside the rows kills no list', () => {
  it.each(['null', '1e400', '"3"', '{}'])('a total of %s is unknown', async (total) => {
    says(`{"users": [], "media": [], "rooms": [], "joined_rooms": ["!a"], "total": ${total}, "total_rooms": ${total}}`);
    expect((await listUsers(hs, {})).total).toBeNaN();
    expect((await listRooms(hs, {})).total).toBeNaN();
    expect((await listUploaders(hs, {})).total).toBeNaN();
    expect((await listUserMedia(hs, '@a:demo.example', {})).total).toBeNaN();
    expect(await joinedRooms(hs, '@a:demo.example')).toEqual(['!a']);
  });

  it.each([
    ['null', undefined],
    ['1000', 1000],
    ['"1000"', 1000],
  ])('a next page of %s is %s', async (next, expected) => {
    says(`{"users": [], "rooms": [], "total": 1, "total_rooms": 1, "next_token": ${next}, "next_batch": ${next}}`);
    expect((await listUsers(hs, {})).next).toBe(expected);
    expect((await listRooms(hs, {})).next).toBe(expected);
    expect((await listUploaders(hs, {})).next).toBe(expected);
  });

  it('a next page that can’t be read is refused: a part would pass for the whole list', async () => {
    says('{"users": [], "total": 1, "next_token": "later"}');
    await expect(listUsers(hs, {})).rejects.toMatchObject({ kind: 'shape' });
  });
});
