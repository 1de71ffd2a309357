import { describe, expect, it } from 'vitest';
import type { RoomRow } from '~/api/rooms';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { RoomsReader } from './all-rooms';
import { USUAL_ROOM_LIST, type RoomListState } from './room-list';
import { findRoomRows, fitsReplaced, needsAllRooms } from './room-rows';
import type { Session } from './session';

const room = (room_id: string, fields: Partial<RoomRow> = {}): RoomRow => ({
  room_id,
  name: null,
  canonical_alias: null,
  joined_members: 3,
  joined_local_members: 1,
  version: '10',
  creator: '@anna:demo.example',
  encryption: null,
  federatable: true,
  public: false,
  join_rules: 'invite',
  guest_access: null,
  history_visibility: null,
  state_events: 10,
  room_type: null,
  ...fields,
});

const found = (rooms: readonly RoomRow[], state: Partial<RoomListState>): string[] =>
  findRoomRows(rooms, { ...USUAL_ROOM_LIST, ...state }).map(({ room_id }) => room_id);

describe('filters that Synapse does not have', () => {
  it.each<[string, Partial<RoomListState>, Partial<RoomRow>]>([
    ['no local members', { locals: 'none' }, { joined_local_members: 0 }],
    ['encrypted', { encrypted: 'only' }, { encryption: 'm.megolm.v1.aes-sha2' }],
    ['local only', { federated: 'none' }, { federatable: false }],
    ['spaces', { room_type: 'space' }, { room_type: 'm.space' }],
    ['other types', { room_type: 'other' }, { room_type: 'org.game' }],
    ['a version', { version_is: '12' }, { version: '12' }],
    ['a join rule', { join_rule: 'knock' }, { join_rules: 'knock' }],
    ['no known join rule', { join_rule: 'other' }, { join_rules: null }],
    ['the server of the creator', { creator_server: 'Far.example' }, { creator: '@b:far.example' }],
    ['members between', { members_from: '5', members_to: '9' }, { joined_members: 9 }],
    ['state events above', { state_above: '10' }, { state_events: 11 }],
    ['listed, beside a search', { search_term: 'a', public_rooms: 'only' }, { public: true }],
    ['empty, beside a search', { search_term: 'a', empty_rooms: 'only' }, { joined_members: 0 }],
  ])('%s', (_, state, fields) => {
    expect(found([room('!no'), room('!yes', fields)], state)).toEqual(['!yes']);
    expect(needsAllRooms({ ...USUAL_ROOM_LIST, ...state })).toBe(true);
  });

  it('what is not known fits no number of members', () => {
    expect(found([room('!a', { joined_members: null })], { members_to: '5' })).toEqual([]);
  });

  it('knows replaced rooms only where each was asked about, and leaves out what could not be told', () => {
    const rooms = [room('!old'), room('!new'), room('!unknown')];
    const answers = new Map([
      ['!old', true],
      ['!new', false],
      ['!unknown', null],
    ]);
    const kept = (replaced: RoomListState['replaced']) =>
      rooms.filter((one) => fitsReplaced({ ...USUAL_ROOM_LIST, replaced }, answers, one)).map(({ room_id }) => room_id);
    expect([kept('only'), kept('none'), kept('any').length]).toEqual([['!old'], ['!new'], 3]);
    expect(needsAllRooms({ ...USUAL_ROOM_LIST, replaced: 'only' })).toBe(true);
  });

  it('needs no reading for a search alone, or for what Synapse filters by', () => {
    expect(needsAllRooms({ ...USUAL_ROOM_LIST, search_term: 'a' })).toBe(false);
    expect(needsAllRooms({ ...USUAL_ROOM_LIST, public_rooms: 'only', empty_rooms: 'none' })).toBe(false);
  });

  it('sorts versions as numbers, and puts what is unknown last, both ways', () => {
    const rooms = [room('!a', { version: '10' }), room('!b', { version: null }), room('!c', { version: '9' })];
    expect(found(rooms, { order_by: 'version' })).toEqual(['!c', '!a', '!b']);
    expect(found(rooms, { order_by: 'version', dir: 'b' })).toEqual(['!a', '!c', '!b']);
  });
});

describe('reading all rooms', () => {
  let model: MockHomeserver;
  let session: Session;
  modelForEach((fresh, signedIn) => {
    [model, session] = [fresh, signedIn];
  });

  it('reads every room of all pages once, and finds what Synapse gets wrong beside a search', async () => {
    const creator = addUser(model, 'creator').name;
    for (let index = 0; index < 1500; index += 1) {
      addRoom(model, { name: `Lobby ${index}`, creator, public: index % 500 === 0 });
    }
    const rows: RoomRow[] = [];
    const reader = new RoomsReader({ search_term: 'lobby' }, (more) => rows.push(...more));
    const read = await reader.run(session.homeserver, new AbortController().signal, () => undefined);
    expect([rows.length, new Set(rows.map(({ room_id }) => room_id)).size, read.missing]).toEqual([1500, 1500, 0]);
    expect(found(rows, { search_term: 'lobby', public_rooms: 'only' })).toHaveLength(3);
  });
});
