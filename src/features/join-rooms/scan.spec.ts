import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addRoom, addUser } from '~/mocks/build';
import { wordsOf } from '~/lib/words';
import { MockHomeserver } from '~/mocks/homeserver';
import { inWords } from '~/testing/in-words';
import { plannedJoins, scanGround } from '~/testing/joins';
import { countUsers, scanOne, userPages, type Gathered } from './scan';

let model: MockHomeserver;
let gathered: Gathered;

beforeEach(() => {
  model = new MockHomeserver();
  gathered = { rooms: new Map(), users: new Map() };
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
});
afterEach(() => {
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
  if (model.log.writes().length > 0) throw new Error('Making a plan only reads');
});

const ground = () => scanGround(model);
const named = (localpart: string) => `@${localpart}:${model.serverName}`;

async function room(ref: string, via: readonly string[] = []) {
  const outcome = await scanOne(ground(), { kind: 'room', room: { ref, via } }, gathered);
  return { ...gathered.rooms.get(ref), outcome: inWords(outcome) };
}

it('takes only users who really match a filter that has an SQL wildcard in it', async () => {
  for (const localpart of ['john_doe', 'johnxdoe']) addUser(model, localpart);
  addUser(model, { localpart: 'jd', displayname: 'John_Doe' });
  for (const item of userPages(3, { name: 'john_doe' })) await scanOne(ground(), item, gathered);
  expect([...gathered.users.keys()].toSorted()).toEqual([named('jd'), named('john_doe')]);
});

it('reads every page of the list though the number of users is wrong', async () => {
  for (let index = 0; index < 1100; index += 1) addUser(model, `u${index}`);
  for (const item of userPages(-1, {})) await scanOne(ground(), item, gathered);
  expect(gathered.users.size).toBe(1101);
});

describe('reading a room', () => {
  it('says of a private room whether the admin is in and may invite', async () => {
    const owner = addUser(model, 'owner').name;
    const mine = addRoom(model, { creator: model.adminId, members: [model.adminId] });
    const theirs = addRoom(model, { creator: owner, members: [owner, model.adminId] });
    const foreign = addRoom(model, { creator: owner, members: [owner] });
    expect(await room(mine.room_id)).toMatchObject({ adminIn: true, adminCanInvite: true });
    expect(await room(theirs.room_id)).toMatchObject({ adminIn: true, adminCanInvite: false });
    expect(await room(foreign.room_id)).toMatchObject({ adminIn: false, adminCanInvite: false });
  });

  it('knows that the creators of a room of version 12 stand above all its power levels', async () => {
    const owner = addUser(model, 'owner').name;
    const members = [owner, model.adminId];
    const created = addRoom(model, { version: '12', creator: model.adminId, members });
    const shared = addRoom(model, { version: '12', creator: owner, additional_creators: [model.adminId], members });
    const other = addRoom(model, { version: '12', creator: owner, members });
    expect(await room(created.room_id)).toMatchObject({ adminCanInvite: true });
    expect(await room(shared.room_id)).toMatchObject({ adminCanInvite: true });
    expect(await room(other.room_id)).toMatchObject({ adminCanInvite: false });
  });

  it('takes four requests for a public room, alias, block and bans included', async () => {
    const owner = addUser(model, 'owner').name;
    addRoom(model, {
      alias: 'lobby',
      join_rules: 'public',
      creator: owner,
      members: { [owner]: 'join', '@b:x': 'ban' },
    });
    expect(await room(`#lobby:${model.serverName}`)).toMatchObject({ banned: new Set(['@b:x']) });
    expect(model.log.entries.filter(({ method }) => method === 'GET')).toHaveLength(4);
  });

  it('says that an alias names no room', async () => {
    expect(await room(`#none:${model.serverName}`)).toMatchObject({
      outcome: { status: 'skipped', reason: 'no room has this alias' },
    });
  });

  it('does not join through this homeserver itself where none of its users is in the room', async () => {
    const owner = addUser(model, 'owner').name;
    const left = addRoom(model, { alias: 'left', creator: owner, members: { [owner]: 'leave' } });
    expect(await room(`#left:${model.serverName}`)).toMatchObject({ known: false, via: [] });
    expect(await room(left.room_id, ['one.org', model.serverName])).toMatchObject({ known: false, via: ['one.org'] });
  });

  it('says of a blocked room that it is blocked, and of a space that it is one', async () => {
    const blocked = addRoom(model, { creator: model.adminId, members: [model.adminId], room_type: 'm.space' });
    model.state.blockedRooms.set(blocked.room_id, model.adminId);
    expect(await room(blocked.room_id)).toMatchObject({ blocked: true, isSpace: true });
  });

  it('joins nobody to a room without a join rule: the server would not invite, and then refuse', async () => {
    const bare = addRoom(model, { creator: model.adminId, members: [model.adminId], join_rules: null });
    const anna = addUser(model, 'anna').name;
    const rows = await plannedJoins(model, [anna], [bare.room_id], [bare.room_id]);
    expect(rows.map(({ verdict, reason }) => `${verdict}: ${wordsOf(reason)}`)).toEqual([
      'cannot: the room has no join rule, so nobody can be joined',
    ]);
  });
});

describe('reading users', () => {
  it('reads a long list in pages of a thousand, with locked and deactivated users, and does not know who is suspended', async () => {
    addUser(model, { localpart: 'shut', locked: true });
    addUser(model, { localpart: 'gone', deactivated: true });
    for (let index = 0; index < 1500; index += 1) addUser(model, `u${index}`);
    const query = { guests: false, locked: true };
    const total = await countUsers(ground().hs, query);
    const pages = userPages(total, query);
    expect(pages).toHaveLength(2);
    for (const page of pages) await scanOne(ground(), page, gathered);
    expect(gathered.users.size).toBe(total);
    expect(gathered.users.get(named('shut'))).toMatchObject({ locked: true, suspended: null });
    expect(gathered.users.get(named('gone'))).toMatchObject({ deactivated: true });
  });

  it('tells an unknown user from one that could not be read', async () => {
    const unknown = await scanOne(ground(), { kind: 'user', userId: named('nobody') }, gathered);
    expect(inWords(unknown)).toEqual({ status: 'skipped', reason: 'there is no user with this ID' });
    model.faults.next({ match: /\/v2\/users\//, answer: '500' });
    addUser(model, 'anna');
    await expect(scanOne(ground(), { kind: 'user', userId: named('anna') }, gathered)).rejects.toThrow('500');
  });
});
