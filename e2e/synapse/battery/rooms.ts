import type { RoomKey } from '../alike.ts';
import { path } from '../client.ts';
import { chapter, del, delWith, get, kept, post, postNothing, put } from './case.ts';
import type { Case, Scene } from './case.ts';

const list = (query: string): string => `/_synapse/admin/v1/rooms?${query}`;
const roomId = ({ world }: Scene, key: RoomKey): string => world.rooms[key].roomId;
const room =
  (key: RoomKey, rest = '', version = 'v1') =>
  (scene: Scene): string =>
    path`/_synapse/admin/${version}/rooms/${roomId(scene, key)}` + rest;
const UNKNOWN = '!unknown:glia.test';
const unknown = (rest = '', version = 'v1'): string => path`/_synapse/admin/${version}/rooms/${UNKNOWN}` + rest;
const ROOMS = { same: ['rooms[].room_id', 'total_rooms', 'offset', 'next_batch', 'prev_batch'] } as const;

/** Ordered by name, as without `order_by`. */
const BY_NAME = { ...ROOMS, sortedBy: { list: 'rooms', key: 'name' } };

const DETAILS = {
  same: [
    'name',
    'topic',
    'avatar',
    'canonical_alias',
    'joined_members',
    'joined_local_members',
    'version',
    'creator',
    'encryption',
    'federatable',
    'public',
    'join_rules',
    'guest_access',
    'history_visibility',
    'room_type',
    'forgotten',
    'tombstoned',
  ],
} as const;

const lists: Case[] = [
  get('the default page', '200', list(''), BY_NAME),
  ...[
    'alphabetical',
    'size',
    'name',
    'canonical_alias',
    'joined_members',
    'joined_local_members',
    'version',
    'creator',
    'encryption',
    'federatable',
    'public',
    'join_rules',
    'guest_access',
    'history_visibility',
    'state_events',
  ].flatMap((key) => {
    // How many state events a room has is the business of the server that made it.
    // `alphabetical` and `size` are old names of others.
    const options =
      key === 'state_events'
        ? { same: ['total_rooms'] }
        : { ...ROOMS, sortedBy: { list: 'rooms', key: key === 'alphabetical' ? 'name' : key } };
    return [
      get(`ordered by ${key}`, '200', list(`order_by=${key}`), options),
      get(`ordered by ${key}, backwards`, '200', list(`order_by=${key}&dir=b`), options),
    ];
  }),
  get('order_by=topic is none', '400 M_INVALID_PARAM', list('order_by=topic')),
  get('dir=up is none', '400 M_INVALID_PARAM', list('dir=up')),
  get('the first four', '200', list('limit=4&order_by=joined_members'), ROOMS),
  get('the next four', '200', list('limit=4&from=4&order_by=joined_members'), ROOMS),
  get('two after one', '200', list('limit=2&from=1&order_by=joined_members'), ROOMS),
  get('after the last', '200', list('limit=4&from=400'), ROOMS),
  get('limit 0', '200', list('limit=0'), ROOMS),
  get('a negative limit', '400 M_INVALID_PARAM', list('limit=-1'), { older: [['1.106', '200']] }),
  get('a negative from', '400 M_INVALID_PARAM', list('from=-1'), { older: [['1.106', '200']] }),
  get('search: a part of a name', '200', list('search_term=rivate'), BY_NAME),
  get('search: in capitals', '200', list('search_term=LOBBY'), BY_NAME),
  get('search: a part of an alias', '200', list('search_term=keeper-p'), BY_NAME),
  get('search: UTF-8', '200', list(`search_term=${encodeURIComponent('é')}`), ROOMS),
  get(
    'search: a whole room id',
    '200',
    (scene) => list(`search_term=${encodeURIComponent(roomId(scene, 'nameless'))}`),
    ROOMS,
  ),
  get('search: half a room id', '200', (scene) => list(`search_term=${roomId(scene, 'nameless').slice(1, 12)}`), ROOMS),
  get('search: nothing', '400 M_INVALID_PARAM', list('search_term='), {}),
  get('public_rooms=true', '200', list('public_rooms=true'), BY_NAME),
  get('public_rooms=false', '200', list('public_rooms=false'), BY_NAME),
  get('empty_rooms=true', '200', list('empty_rooms=true'), BY_NAME),
  get('empty_rooms=false', '200', list('empty_rooms=false'), BY_NAME),
  get('empty_rooms=1 is no boolean', '400 M_INVALID_PARAM', list('empty_rooms=1'), { older: [['1.110', '200']] }),
  get('search forgets the filter (bug)', '200', list('search_term=room&public_rooms=true'), BY_NAME),
  get('search with empty_rooms', '200', list('search_term=private&empty_rooms=true'), BY_NAME),
];

const one: Case[] = [
  ...(
    [
      'lobby',
      'private',
      'keeper',
      'keeperPublic',
      'restricted',
      'knock',
      'v12',
      'v12Keeper',
      'encrypted',
      'nameless',
      'deserted',
      'space',
    ] as const
  ).flatMap((key) => [
    get(`details of ${key}`, '200', room(key), DETAILS),
    get(`members of ${key}`, '200', room(key, '/members'), { same: ['total'] }),
  ]),
  get('details: unknown', '404 M_NOT_FOUND', unknown()),
  get('details: malformed', '404 M_NOT_FOUND', '/_synapse/admin/v1/rooms/nonsense'),
  get('details: v2 has none', '405 M_UNRECOGNIZED', unknown('', 'v2')),
  get('members: unknown', '404 M_NOT_FOUND', unknown('/members')),
  get('state of one type', '200', room('lobby', '/state?type=m.room.name'), {
    same: ['state[].type', 'state[].content.name', 'state[].sender', 'state[].state_key'],
  }),
  get('state: join rules of the restricted', '200', room('restricted', '/state?type=m.room.join_rules'), {
    same: ['state[].content.join_rule'],
  }),
  get('state: children of the space', '200', room('space', '/state?type=m.space.child')),
  get('state: power levels', '200', room('noInvitePower', '/state?type=m.room.power_levels'), {
    same: ['state[].content.invite'],
  }),
  get('state: unknown', '404 M_NOT_FOUND', unknown('/state')),
  get('hierarchy', '200', room('space', '/hierarchy'), { same: ['rooms[].room_type'] }),
  get('hierarchy: bad token', '400 M_INVALID_PARAM', room('space', '/hierarchy?from=nonsense')),
  get('block: no', '200', room('lobby', '/block'), { same: ['block'] }),
  get('block: yes', '200', room('blocked', '/block'), { same: ['block', 'user_id'] }),
  get('block: unknown room', '200', unknown('/block'), { same: ['block'] }),
  get('block: malformed', '400 M_UNKNOWN', '/_synapse/admin/v1/rooms/nonsense/block'),
  get('messages', '200', room('lobby', '/messages?dir=b&limit=3')),
  get('messages: bad token', '400 M_UNKNOWN', room('lobby', '/messages?dir=b&from=nonsense')),
  get('messages: bad filter', '400 M_NOT_JSON', room('lobby', '/messages?dir=b&filter=nonsense'), {
    older: [['1.106', '500 M_UNKNOWN']],
  }),
  get('context: unknown event', '404 M_NOT_FOUND', room('lobby', '/context/%24nothing')),
  get('timestamp_to_event: without ts', '400 M_MISSING_PARAM', room('lobby', '/timestamp_to_event')),
  get('timestamp_to_event', '200', room('lobby', '/timestamp_to_event?ts=0&dir=f')),
  get(
    'messages of one type',
    '200',
    room('lobby', `/messages?dir=b&limit=1&filter=${encodeURIComponent('{"types":["m.room.message"]}')}`),
    { same: ['chunk[].type'], keep: { lastMessage: 'chunk[].event_id' } },
  ),
  get(
    'context of an event, none around it',
    '200',
    (scene) => room('lobby', path`/context/${kept(scene, 'lastMessage')}?limit=0`)(scene),
    { same: ['events_before', 'events_after'] },
  ),
  get('fetch_event', '200', (scene) => path`/_synapse/admin/v1/fetch_event/${kept(scene, 'lastMessage')}`, {
    same: ['event.type'],
  }),
  get('fetch_event: unknown', '404 M_NOT_FOUND', '/_synapse/admin/v1/fetch_event/%24nothing'),
  get('forward_extremities', '200', room('lobby', '/forward_extremities')),
  get('forward_extremities: malformed', '400 M_UNKNOWN', '/_synapse/admin/v1/rooms/nonsense/forward_extremities'),
  get('forward_extremities: unknown room', '200', unknown('/forward_extremities'), { same: ['count'] }),
  get('delete_status: unknown room', '404 M_NOT_FOUND', unknown('/delete_status', 'v2')),
  get('delete_status: malformed room', '400 M_UNKNOWN', '/_synapse/admin/v2/rooms/nonsense/delete_status'),
  get('delete_status: unknown id', '404 M_NOT_FOUND', '/_synapse/admin/v2/rooms/delete_status/nothing'),
  get('media of a room', '200', ({ world }) => path`/_synapse/admin/v1/room/${world.rooms.lobby.roomId}/media`),
  get('media of a room: unknown', '200', path`/_synapse/admin/v1/room/${UNKNOWN}/media`),
];

const writes: Case[] = [
  del('forward_extremities: deleting where there is one', '200', room('knock', '/forward_extremities'), {
    same: ['deleted'],
  }),
  del('forward_extremities: deleting where there are none', '500 M_UNKNOWN', unknown('/forward_extremities')),
  put('block: a room that nobody knows', '200', unknown('/block'), { block: true }, { same: ['block'] }),
  put('block: and no more', '200', unknown('/block'), { block: false }, { same: ['block'] }),
  put('block: missing', '400 M_MISSING_PARAM', room('knock', '/block'), {}),
  put('block: no boolean', '400 M_BAD_JSON', room('knock', '/block'), { block: 'yes' }),
  put('block: yes, please', '200', room('knock', '/block'), { block: true }, { same: ['block'] }),
  put('block: no more', '200', room('knock', '/block'), { block: false }, { same: ['block'] }),
  post('make_room_admin: nobody local is there', '400 M_UNKNOWN', room('deserted', '/make_room_admin'), {}),
  post('make_room_admin: unknown room', '400 M_UNKNOWN', unknown('/make_room_admin'), {}),
  post(
    'make_room_admin: unknown alias',
    '404 M_NOT_FOUND',
    path`/_synapse/admin/v1/rooms/${'#no:glia.test'}/make_room_admin`,
    {},
  ),
  post('make_room_admin: malformed', '400 M_UNKNOWN', '/_synapse/admin/v1/rooms/nonsense/make_room_admin', {}),
  post('make_room_admin: of a room without the admin', '200', room('nameless', '/make_room_admin'), {}),
  get('… the admin is invited', '200', ({ world }) => path`/_synapse/admin/v1/users/${world.adminId}/memberships`),
  post('make_room_admin: version 12', '200', room('v12Keeper', '/make_room_admin'), {}),
  get('… has power', '200', room('v12Keeper', '/state?type=m.room.power_levels')),
  postNothing(
    'purge_history: no body',
    '400 M_BAD_JSON',
    ({ world }) => path`/_synapse/admin/v1/purge_history/${world.rooms.lobby.roomId}`,
  ),
  post(
    'purge_history: no number',
    '400 M_BAD_JSON',
    ({ world }) => path`/_synapse/admin/v1/purge_history/${world.rooms.lobby.roomId}`,
    {
      purge_up_to_ts: 'yesterday',
    },
  ),
  post('purge_history: nothing that old', '404 M_NOT_FOUND', path`/_synapse/admin/v1/purge_history/${UNKNOWN}`, {
    purge_up_to_ts: 1000,
  }),
  post(
    'purge_history',
    '200',
    ({ world }) => path`/_synapse/admin/v1/purge_history/${world.rooms.knock.roomId}`,
    { purge_up_to_ts: 4_102_444_800_000, delete_local_events: false },
    { keep: { purgeId: 'purge_id' } },
  ),
  get(
    'purge_history_status',
    '200',
    (scene) => path`/_synapse/admin/v1/purge_history_status/${kept(scene, 'purgeId')}`,
    {
      until: (_, body) => JSON.stringify(body).includes('complete'),
      same: ['status'],
    },
  ),
  get(
    'scheduled_tasks of a purge',
    '200',
    ({ world }) =>
      path`/_synapse/admin/v1/scheduled_tasks?action_name=purge_history&resource_id=${world.rooms.knock.roomId}`,
    { same: ['scheduled_tasks[].status'] },
  ),
  get('purge_history_status: unknown', '404 M_NOT_FOUND', '/_synapse/admin/v1/purge_history_status/nothing'),
  del('delete: no body', '400 M_NOT_JSON', room('deserted', '', 'v2')),
  delWith('delete: block that is no boolean', '400 M_BAD_JSON', room('deserted', '', 'v2'), { block: 'x' }),
  delWith('delete: purge that is no boolean', '400 M_BAD_JSON', room('deserted', '', 'v2'), { purge: 'x' }),
  delWith('delete: a remote caretaker', '400 M_UNKNOWN', room('deserted', '', 'v2'), {
    new_room_user_id: '@a:far.example',
  }),
  delWith('delete: malformed', '400 M_UNKNOWN', '/_synapse/admin/v2/rooms/nonsense', {}),
  delWith('delete', '200', room('deserted', '', 'v2'), {}, { keep: { deleteId: 'delete_id' } }),
  get('delete_status', '200', (scene) => path`/_synapse/admin/v2/rooms/delete_status/${kept(scene, 'deleteId')}`, {
    until: (_, body) => JSON.stringify(body).includes('complete'),
    same: ['status'],
  }),
  get('delete_status of the room', '200', room('deserted', '/delete_status', 'v2'), { same: ['results[].status'] }),
  get(
    'scheduled_tasks of a deletion',
    '200',
    ({ world }) =>
      path`/_synapse/admin/v1/scheduled_tasks?action_name=shutdown_and_purge_room&resource_id=${world.rooms.deserted.roomId}`,
    { same: ['scheduled_tasks[].status', 'scheduled_tasks[].error'] },
  ),
  get('the room is gone', '404 M_NOT_FOUND', room('deserted')),
  delWith('delete v1, unknown room', '200', path`/_synapse/admin/v1/rooms/${'!nothere:glia.test'}`, {}),
];

export const roomsCases: readonly Case[] = [...lists, ...one].map(chapter('rooms'));
export const roomWriteCases: readonly Case[] = writes.map(chapter('room writes'));
