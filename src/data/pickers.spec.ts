import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { addRoom } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { roomPicker } from './pickers';
import type { Session } from './session';

let model: MockHomeserver;
let session: Session;

modelForEach((made, as) => {
  model = made;
  session = as;
});

const found = (search: string, onlySpaces: boolean) =>
  new QueryClient().fetchQuery(roomPicker(session.homeserver, session.serverName, search, onlySpaces));

it('says which rooms are spaces, and finds spaces alone where they are asked for', async () => {
  const creator = model.adminId;
  const space = addRoom(model, { name: 'Team', alias: 'team', creator, members: [creator], room_type: 'm.space' });
  const lobby = addRoom(model, { name: 'Team lobby', creator, members: [creator] });
  const all = await found('team', false);
  expect(new Map(all.options.map(({ value, isSpace }) => [value, isSpace]))).toEqual(
    new Map([
      [space.room_id, true],
      [lobby.room_id, false],
    ]),
  );
  expect((await found('team', true)).options.map(({ value }) => value)).toEqual([space.room_id]);
  expect((await found(`#team:${model.serverName}`, true)).options.map(({ value }) => value)).toEqual([space.room_id]);
});

it('offers the new room above one that was replaced', async () => {
  const next = addRoom(model, { name: 'Lobby', version: '11' });
  const old = addRoom(model, { name: 'Lobby', tombstoned: true, replacement_room: next.room_id });
  const gone = addRoom(model, { tombstoned: true, replacement_room: '!elsewhere:far.example' });
  expect((await found(old.room_id, false)).options.map(({ value }) => value)).toEqual([next.room_id, old.room_id]);
  expect((await found(gone.room_id, false)).options.map(({ value }) => value)).toEqual([
    '!elsewhere:far.example',
    gone.room_id,
  ]);
});
