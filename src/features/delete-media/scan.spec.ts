import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { everyKindOfFile, oldFile } from '~/mocks/media-kinds';
import type { LocalMedia } from '~/mocks/state';
import { inWords } from '~/testing/in-words';
import { emptyFound, firstItems, scanOne, secondItems, type Found, type ScanChoice } from './scan';

const DAY = 86_400_000;
let model: MockHomeserver;
let cutoff: number;

beforeEach(() => {
  model = new MockHomeserver();
  cutoff = model.startedAt - 365 * DAY;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
});
afterEach(() => {
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const hs = () => ({ baseUrl: 'https://demo.example', token: model.adminToken });

async function scan(over: Partial<ScanChoice> = {}): Promise<Found> {
  const found = emptyFound();
  const choice = { users: null, userAvatars: true, roomAvatars: true, ...over };
  const where = { hs: hs(), serverName: model.serverName, mas: model.mas, version: model.version };
  for (const item of firstItems(choice)) await scanOne(where, item, found);
  for (const item of secondItems(choice, found)) await scanOne(where, item, found);
  return found;
}

const old = (over: Partial<LocalMedia> = {}) => oldFile(model, cutoff, over);
const fill = () => everyKindOfFile(model, cutoff);

const remaining = () => new Set(model.state.media.keys());
const ids = (media: Iterable<{ media_id: string }>) => new Set([...media].map(({ media_id }) => media_id));

it('finds the files only of users who really match a filter with an SQL wildcard in it', async () => {
  for (const localpart of ['john_doe', 'johnxdoe']) old({ user_id: addUser(model, localpart).name });
  const found = await scan({ users: { fitting: { name: 'john_doe' } }, userAvatars: false, roomAvatars: false });
  expect(found.files.map(({ owner }) => owner)).toEqual([`@john_doe:${model.serverName}`]);
});

it('finds no user because the server’s name contains the filter’s text, though Synapse does if it has a port', async () => {
  model = new MockHomeserver({ serverName: 'example.org:8448' });
  for (const localpart of ['orgel', 'bob']) old({ user_id: addUser(model, localpart).name });
  const found = await scan({ users: { fitting: { name: 'org' } }, userAvatars: false, roomAvatars: false });
  expect(found.files.map(({ owner }) => owner)).toEqual(['@orgel:example.org:8448']);
});

it('keeps all avatars although the number of users is wrong', async () => {
  const crowd = Array.from({ length: 1100 }, (_, index) => addUser(model, `u${index}`));
  for (const user of crowd) user.avatar_url = `mxc://${model.serverName}/${user.name.slice(1, 6)}`;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await model.handle(new Request(url, init));
    const body = (await response.clone().json()) as Record<string, unknown>;
    return url.includes('/v3/users') ? Response.json({ ...body, total: -1 }) : response;
  });
  expect((await scan()).avatars.size).toBe(new Set(crowd.map(({ avatar_url }) => avatar_url)).size);
});

/** Answers to these paths, changed on the way. */
function tamper(match: RegExp, change: (body: Record<string, unknown>) => unknown): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await model.handle(new Request(url, init));
    return match.test(url) ? Response.json(change((await response.json()) as Record<string, unknown>)) : response;
  });
}

describe('avatars of rooms are kept', () => {
  it('of a room whose row is odd, and a room without an ID is reported', async () => {
    const { kept } = fill();
    tamper(/v1\/rooms\?/, (body) => ({
      ...body,
      rooms: [
        ...(body['rooms'] as object[]).map((row) => Object.assign(row, { joined_members: '3' })),
        { name: 'Nameless' },
      ],
    }));
    const found = await scan({ userAvatars: false });
    expect(found.avatars).toContain(kept.roomAvatar.media_id);
    expect(inWords(found.notes)).toEqual([
      expect.stringMatching(/^1 room of the list could not be read, so its avatar is not kept\. The reason: ./),
    ]);
  });

  it.each([0, -1, 1, null])(
    'of users whose rows are odd, if no room is listed and %s users are counted',
    async (total) => {
      const { kept } = fill();
      for (let index = 0; index < 120; index += 1) addUser(model, `u${index}`);
      const { name } = addUser(model, 'zoe');
      const pictured = [...model.state.rooms.values()].find(({ avatar }) => avatar?.endsWith(kept.roomAvatar.media_id));
      pictured?.members.set(name, { membership: 'join', since: 1 });
      for (const room of model.state.rooms.values()) room.in_stats = false;
      tamper(/v3\/users\?/, (body) => ({
        ...body,
        total,
        users: [...(body['users'] as object[]).map((row) => Object.assign(row, { displayname: 5 })), {}],
      }));
      const found = await scan({ users: [], userAvatars: false });
      expect(found.avatars).toContain(kept.roomAvatar.media_id);
      expect(inWords(found.notes)).toContainEqual(expect.stringMatching(/^1 user of the list could not be read, so /));
    },
  );

  it('before Synapse 1.123, of a room whose statistics name no avatar yet', async () => {
    model = new MockHomeserver({ version: '1.110.0' });
    const { kept } = fill();
    tamper(/v1\/rooms\/[^/?]+$/, (body) => ({ ...body, avatar: null, joined_members: 1, state_events: 5 }));
    expect((await scan({ userAvatars: false })).avatars).toContain(kept.roomAvatar.media_id);
  });
});

describe('the scan', () => {
  it('finds every file and avatar, also of deactivated and locked users', async () => {
    const { kept } = fill();
    const found = await scan();
    expect(new Set(found.files.map(({ id }) => id))).toEqual(remaining());
    expect(found.avatars).toEqual(ids([kept.userAvatar, kept.roomAvatar]));
    expect(found.notes).toEqual([]);
  });

  it('promise 1: opens nothing and changes nothing: no file is fetched and no last access changes', async () => {
    fill();
    const before = [...model.state.media.values()].map((media) => media.last_access_ts);
    await scan();
    expect([...model.state.media.values()].map((media) => media.last_access_ts)).toEqual(before);
    expect(model.log.count('GET', /thumbnail|download/)).toBe(0);
    expect(model.log.writes()).toEqual([]);
  });

  it('reads a user of 2,500 files in three pages and leaves none out', async () => {
    const { name } = addUser(model, 'busy');
    for (let index = 0; index < 2500; index += 1) old({ user_id: name });
    const found = await scan({ users: [name], userAvatars: false, roomAvatars: false });
    expect(new Set(found.files.map(({ id }) => id)).size).toBe(2500);
    expect(model.log.count('GET', /users\/@busy.*media$/)).toBe(3);
  });

  it('reads only the users it is asked for', async () => {
    const { anna } = fill();
    const found = await scan({ users: [anna] });
    expect(new Set(found.files.map(({ owner }) => owner))).toEqual(new Set([anna]));
    expect(model.log.count('GET', /statistics/)).toBe(0);
  });

  it('reads all users who match the filter of a list', async () => {
    const { anna } = fill();
    const found = await scan({ users: { fitting: { name: 'ann' } }, userAvatars: false, roomAvatars: false });
    expect(new Set(found.files.map(({ owner }) => owner))).toEqual(new Set([anna]));
  });

  it.each([
    ['1.163.0', 'the whole list is empty', true],
    ['1.163.0', 'one room is left out of it', false],
    ['1.110.0', 'the whole list is empty', true],
  ])('keeps the avatars of rooms without statistics: Synapse %s, %s', async (version, _, all) => {
    model = new MockHomeserver({ version });
    const { kept, anna } = fill();
    const pictured = [...model.state.rooms.values()].find(({ avatar }) => avatar?.endsWith(kept.roomAvatar.media_id));
    pictured?.members.set(anna, { membership: 'join', since: 1 });
    if (pictured) pictured.in_stats = false;
    if (!all) addRoom(model, { members: [anna] });
    const found = await scan();
    expect(found.avatars).toContain(kept.roomAvatar.media_id);
    expect(inWords(found.notes)).toEqual([expect.stringMatching(/statistics are missing or late/)]);
  });

  it('says which user does not exist, and reads the others', async () => {
    const { anna } = fill();
    const nobody = `@nobody:${model.serverName}`;
    const found = await scan({ users: [nobody, anna] });
    expect(inWords(found.notes)).toEqual([expect.stringContaining(nobody)]);
    expect(found.files.length).toBeGreaterThan(0);
  });

  it('asks MAS servers for guests=false', async () => {
    model = new MockHomeserver({ mas: true });
    fill();
    await scan();
    expect(model.log.of('GET', /v3\/users$/).map(({ query }) => query.get('guests'))).toEqual(['false', 'false']);
  });
});
