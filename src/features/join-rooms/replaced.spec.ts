import { describe, expect, it, vi } from 'vitest';
import { isolatedWords } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { found as findings } from '~/testing/joins';
import { modelForEach, reaching } from '~/testing/model-for-each';
import { isLost, NOTHING_CHOSEN, planRows, replacedRooms, runItems, type Findings, type PlanChoices } from './plan';

/** Rooms that were replaced: what the plan says of them, and what each choice makes of it. */

let model: MockHomeserver;
let anna: string;

modelForEach((made) => {
  model = made;
  anna = addUser(model, 'anna').name;
});

const mine = (fields: Parameters<typeof addRoom>[1] = {}) =>
  addRoom(model, { creator: model.adminId, members: [model.adminId], join_rules: 'public', ...fields });
const old = (replacement_room: string | null, name = 'Old') => mine({ name, tombstoned: true, replacement_room });

const read = (...refs: string[]): Promise<Findings> => findings(model, [anna], refs);

const choose = (roomId: string, what: 'new' | 'old'): PlanChoices => ({
  ...NOTHING_CHOSEN,
  replaced: new Map([[roomId, what]]),
});

/** Each row of the plan, with the room that it comes down to. */
const planned = (found: Findings, choices = NOTHING_CHOSEN) =>
  planRows(
    [...found.rooms.keys()].map((ref) => ({ userId: anna, ref })),
    found,
    choices,
  ).map(({ verdict, reason, room }) => `${verdict} ${isLost(room) ? room.ref : room.roomId}: ${wordsOf(reason)}`);

describe('a room that was replaced', () => {
  it('gets nobody until the admin chooses which room is meant', async () => {
    const next = mine({ name: 'New' });
    const gone = old(next.room_id);
    const found = await read(gone.room_id);
    expect(planned(found)).toEqual([`cannot ${gone.room_id}: the room was replaced by ${isolatedWords('New')}`]);
    expect(replacedRooms(found).map(({ roomId }) => roomId)).toEqual([gone.room_id]);
    expect(planned(found, choose(gone.room_id, 'new'))).toEqual([
      `will ${next.room_id}: in place of ${isolatedWords('Old')}`,
    ]);
    expect(planned(found, choose(gone.room_id, 'old'))).toEqual([`will ${gone.room_id}: `]);
  });

  it('is known with each version of Synapse: by its state where the details do not say it', async () => {
    model = new MockHomeserver({ version: '1.110.0' });
    vi.stubGlobal('fetch', reaching(model));
    anna = addUser(model, 'anna').name;
    const gone = old(mine({ name: 'New' }).room_id);
    expect(planned(await read(gone.room_id))).toEqual([
      `cannot ${gone.room_id}: the room was replaced by ${isolatedWords('New')}`,
    ]);
  });

  it('is known where only the details say it, and the event in its state can’t be read', async () => {
    const next = mine({ name: 'New' });
    const gone = old(next.room_id);
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (!/\/state(\?|$)/.test(url)) return response;
      const { state } = (await response.json()) as { state: { type: string; sender: unknown }[] };
      for (const event of state) if (event.type === 'm.room.tombstone') event.sender = null;
      return Response.json({ state });
    });
    expect(planned(await read(gone.room_id))).toEqual([
      `cannot ${gone.room_id}: the room was replaced by ${isolatedWords('New')}`,
    ]);
  });

  it('is followed to the end where its replacement was replaced too', async () => {
    const last = mine({ name: 'Last' });
    const gone = old(old(last.room_id, 'Middle').room_id);
    expect(planned(await read(gone.room_id), choose(gone.room_id, 'new'))).toEqual([
      `will ${last.room_id}: in place of ${isolatedWords('Old')}`,
    ]);
  });

  it('is one row with its replacement where both are named', async () => {
    const next = mine({ name: 'New' });
    const gone = old(next.room_id);
    const found = await read(next.room_id, gone.room_id);
    expect(
      runItems(
        planRows(
          [...found.rooms.keys()].map((ref) => ({ userId: anna, ref })),
          found,
          choose(gone.room_id, 'new'),
        ),
      ),
    ).toHaveLength(1);
  });

  it('has no new room where the rooms lead back to each other, or none was named', async () => {
    const [one, two, none] = [old(null, 'One'), old(null, 'Two'), old(null, 'None')];
    one.replacement_room = two.room_id;
    two.replacement_room = one.room_id;
    const found = await read(one.room_id, none.room_id);
    expect(planned(found)).toEqual([
      `cannot ${one.room_id}: the room was replaced, and the rooms that replaced it lead back to each other`,
      `cannot ${none.room_id}: the room was closed, and no new room was named`,
    ]);
    expect(planned(found, choose(none.room_id, 'old'))[1]).toBe(`will ${none.room_id}: `);
    expect(planned(found, choose(one.room_id, 'new'))[0]).toMatch(/^cannot/);
  });

  it('may lead to a room that nobody of this homeserver is in: it is joined through the server that replaced it', async () => {
    const gone = old('!elsewhere:far.example');
    gone.creator = '@owner:far.example';
    const found = await read(gone.room_id);
    expect(planned(found)).toEqual([
      `cannot ${gone.room_id}: the room was replaced by ${isolatedWords('!elsewhere:far.example')}`,
    ]);
    expect(planned(found, choose(gone.room_id, 'new'))[0]).toMatch(/^will !elsewhere:far\.example: /);
    const [item] = runItems(planRows([{ userId: anna, ref: gone.room_id }], found, choose(gone.room_id, 'new')));
    expect(item).toMatchObject({ room: { via: ['far.example'] } });
  });
});

describe('statistics', () => {
  const counts = ['null', 'zero'] as const;

  /** As a homeserver answers whose statistics were lost, or are late. */
  function withoutStatistics(how: (typeof counts)[number]): void {
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (!/v1\/rooms\/[^/]+$/.test(url)) return response;
      const count = how === 'null' ? null : 0;
      const body = { ...((await response.json()) as object), joined_members: count, joined_local_members: count };
      return Response.json(how === 'null' ? { ...body, join_rules: null, name: null, room_type: null } : body);
    });
  }

  it.each(counts)('that say that nobody is in the room decide nothing: the members do (%s)', async (how) => {
    const lobby = mine({ name: 'Lobby', room_type: 'm.space' });
    withoutStatistics(how);
    const found = await read(lobby.room_id);
    expect(found.rooms.get(lobby.room_id)).toMatchObject({
      known: true,
      name: 'Lobby',
      joinRule: 'public',
      isSpace: true,
      members: new Set([model.adminId]),
    });
    expect(planned(found)).toEqual([`will ${lobby.room_id}: `]);
  });

  it('that still count someone do not make a room known that all local users left', async () => {
    const left = mine({ members: { [anna]: 'leave', '@far:far.example': 'join' } });
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (!/v1\/rooms\/[^/]+$/.test(url)) return response;
      return Response.json({ ...((await response.json()) as object), joined_local_members: 3 });
    });
    expect((await read(left.room_id)).rooms.get(left.room_id)).toMatchObject({ known: false });
  });

  it('with an outdated join rule do not decide: the state does', async () => {
    const lobby = mine({ name: 'Lobby' });
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (!/v1\/rooms\/[^/]+$/.test(url)) return response;
      return Response.json({ ...((await response.json()) as object), join_rules: 'invite' });
    });
    expect((await read(lobby.room_id)).rooms.get(lobby.room_id)).toMatchObject({ joinRule: 'public' });
  });

  it('that do not count a large room’s members cost one large answer, the names', async () => {
    const crowd = Array.from({ length: 2001 }, (_, index) => `@u${index}:${model.serverName}`);
    const large = mine({ members: [model.adminId, ...crowd] });
    withoutStatistics('null');
    const found = await read(large.room_id);
    expect(found.rooms.get(large.room_id)).toMatchObject({ known: true, joinRule: 'public', bansLookedAt: false });
    expect(model.log.of('GET', /\/state$/).every(({ query }) => query.has('type'))).toBe(true);
  });
});
