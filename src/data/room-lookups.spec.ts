import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { localMembersOf, roomIdsOf, roomsOfSpace, searchRooms } from './room-lookups';

let model: MockHomeserver;
let owner: string;

beforeEach(() => {
  model = new MockHomeserver();
  owner = addUser(model, 'owner').name;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
});
afterEach(() => {
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const atOnce = () => Promise.resolve();
const hs = () => ({ baseUrl: 'https://demo.example', token: model.adminToken });
const room = (fields: Parameters<typeof addRoom>[1] = {}) =>
  addRoom(model, { creator: owner, members: [owner], ...fields });
const space = (alias: string, children: readonly string[]) =>
  room({ alias, room_type: 'm.space', children: [...children] });

it('all rooms that match a search with an SQL wildcard in it are those that really match', async () => {
  const real = room({ name: 'team_a' }).room_id;
  room({ name: 'teamxa' });
  expect((await roomIdsOf(hs(), { search_term: 'team_a' })).ids).toEqual([real]);
});

describe('the rooms of a space', () => {
  it('are all below it, each once, without the space and the spaces in it', async () => {
    const [a, b, c] = [room().room_id, room().room_id, room().room_id];
    const inner = space('inner', [b, c]);
    const outer = space('outer', [a, inner.room_id, b]);
    const found = await roomsOfSpace(hs(), `#outer:${model.serverName}`);
    expect(found.toSorted()).toEqual([a, b, c].toSorted());
    expect(await roomsOfSpace(hs(), outer.room_id)).toEqual(found);
  });

  it.each(['1.163.2', '1.141.0'])('are the same on %s', async (version) => {
    model = new MockHomeserver({ version });
    owner = addUser(model, 'owner').name;
    const [a, b, c] = [room().room_id, room().room_id, room().room_id];
    const inner = space('inner', [b, c, '!unknown:other.example']);
    const outer = space('outer', [a, inner.room_id, b]);
    // Spaces may hold each other.
    inner.children.push(outer.room_id);
    const found = await roomsOfSpace({ ...hs(), version }, outer.room_id);
    expect(found.toSorted()).toEqual([a, b, c].toSorted());
    expect(model.log.count('GET', /hierarchy/) > 0).toBe(version === '1.163.2');
  });

  it('are found before Synapse 1.142 in a space of which the statistics tell no type yet', async () => {
    const leaf = room().room_id;
    const inner = space('inner', [leaf]);
    const outer = space('outer', [inner.room_id]);
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (!/v1\/rooms\/[^/?]+$/.test(url)) return response;
      return Response.json({ ...((await response.json()) as object), room_type: null });
    });
    expect(await roomsOfSpace({ ...hs(), version: '1.141.0' }, outer.room_id)).toEqual([leaf]);
  });

  it('are read page by page, through a 429', async () => {
    const children = Array.from({ length: 120 }, () => room().room_id);
    space('big', children);
    model.faults.next({ match: /\/hierarchy/, after: 1, answer: '429', retryAfterMs: 500 });
    const found = await roomsOfSpace(hs(), `#big:${model.serverName}`);
    expect(found.toSorted()).toEqual(children.toSorted());
  });

  it('waits as long as the homeserver says, and not for ever', async () => {
    space('busy', [room().room_id]);
    const waits: number[] = [];
    model.faults.next({ match: /\/hierarchy/, answer: '429', retryAfterMs: 20_000, times: 99 });
    const looking = roomsOfSpace(hs(), `#busy:${model.serverName}`, undefined, (ms) => {
      waits.push(ms);
      return Promise.resolve();
    });
    await expect(looking).rejects.toMatchObject({ status: 429 });
    expect(new Set(waits)).toEqual(new Set([20_000]));
    expect(model.log.count('GET', /\/hierarchy$/)).toBe(10);
  });

  it('shows the homeserver’s words at once where it wants a wait that nobody sits out', async () => {
    space('busy', [room().room_id]);
    model.faults.next({ match: /\/hierarchy/, answer: '429', retryAfterMs: 3_600_000, times: 99 });
    await expect(roomsOfSpace(hs(), `#busy:${model.serverName}`)).rejects.toMatchObject({ status: 429 });
    expect(model.log.count('GET', /\/hierarchy$/)).toBe(1);
  });

  it('ends at once where it is given up, also in the middle of a wait, and asks nothing more', async () => {
    space('busy', [room().room_id]);
    model.faults.next({ match: /\/hierarchy/, answer: '429', retryAfterMs: 50_000, times: 99 });
    const given = new AbortController();
    const looking = roomsOfSpace(hs(), `#busy:${model.serverName}`, given.signal);
    await vi.waitFor(() => expect(model.log.count('GET', /\/hierarchy$/)).toBe(1));
    given.abort();
    await expect(looking).rejects.toThrow(/abort/i);
    expect(model.log.count('GET', /\/hierarchy$/)).toBe(1);
  });

  it('is not read for ever where each page names the same next one', async () => {
    const { room_id } = room();
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ rooms: [{ room_id }], next_batch: 'again' })));
    expect(await roomsOfSpace(hs(), '!space:x', undefined, atOnce)).toEqual([room_id]);
  });

  it('says so where it does not come to an end, instead of leaving rooms out', async () => {
    let page = 0;
    vi.stubGlobal('fetch', () => {
      page += 1;
      return Promise.resolve(Response.json({ rooms: [], next_batch: String(page) }));
    });
    await expect(roomsOfSpace(hs(), '!space:x', undefined, atOnce)).rejects.toThrow('too large');
  });
});

describe('the members of a room', () => {
  it('are those of this homeserver who are in it now', async () => {
    const anna = addUser(model, 'anna').name;
    const { room_id } = room({
      alias: 'lobby',
      members: { [owner]: 'join', [anna]: 'leave', '@x:other.org': 'join' },
    });
    expect(await localMembersOf(hs(), `#lobby:${model.serverName}`, model.serverName)).toEqual([owner]);
    expect(await localMembersOf(hs(), room_id, model.serverName)).toEqual([owner]);
  });

  it.each([
    ['@anna:example.org', 'This is a user, not a room.'],
    ['', 'Enter one room.'],
    ['#a:x.org #b:x.org', 'Enter one room.'],
  ])('are of one room: %j is answered without asking the server', async (text, sentence) => {
    await expect(localMembersOf(hs(), text, model.serverName)).rejects.toThrow(sentence);
    expect(model.log.entries).toEqual([]);
  });

  it('says the server’s own reason where an alias names no room', async () => {
    await expect(localMembersOf(hs(), `#nope:${model.serverName}`, model.serverName)).rejects.toThrow(/M_NOT_FOUND/);
  });
});

describe('rooms that match', () => {
  it('are found by a word, whatever is around it', async () => {
    const { room_id } = room({ name: 'Garden club' });
    room({ name: 'Chess' });
    const { rooms, total } = await searchRooms(hs(), ' garden ');
    expect(rooms.map((found) => found.room_id)).toEqual([room_id]);
    expect(total).toBe(1);
  });

  it('are all of them, page by page, each once', async () => {
    const ids = Array.from({ length: 1203 }, (_, index) => room({ name: `Room ${index}` }).room_id);
    const { ids: found } = await roomIdsOf(hs(), { search_term: 'room' });
    expect(found).toHaveLength(ids.length);
    expect(new Set(found)).toEqual(new Set(ids));
    expect(model.log.count('GET', /\/v1\/rooms$/)).toBe(2);
  });

  it('are not read for ever where each page names itself as the next', async () => {
    const answer = { rooms: [{ room_id: '!a:x' }], offset: 0, total_rooms: 5, next_batch: 0 };
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(answer)));
    expect((await roomIdsOf(hs(), {})).ids).toEqual(['!a:x']);
  });

  it('include those with odd rows, and say how many can’t be read or checked', async () => {
    const rows = [
      { room_id: '!a:x', name: 'a_b' },
      { room_id: '!b:x', name: 'a_b', version: 1 },
      { room_id: '!c:x', name: 7 },
      {},
    ];
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ rooms: rows, total_rooms: 4 })));
    expect(await roomIdsOf(hs(), {})).toEqual({ ids: ['!a:x', '!b:x', '!c:x'], unread: 1 });
    expect(await roomIdsOf(hs(), { search_term: 'a_b' })).toEqual({ ids: ['!a:x', '!b:x'], unread: 2 });
  });
});
