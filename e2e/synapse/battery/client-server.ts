import type { Who } from '../alike.ts';
import { path } from '../client.ts';
import { whoIs } from '../world.ts';
import { chapter, del, get, post, put } from './case.ts';
import type { Case, Scene } from './case.ts';

const C = '/_matrix/client';
const A = '/_synapse/admin';
const CORS = [
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-expose-headers',
  'access-control-allow-credentials',
  'access-control-max-age',
] as const;

const signIn: Case[] = [
  get('versions', '200', `${C}/versions`, { as: 'none' }),
  get('versions with a bad token', '401 M_UNKNOWN_TOKEN', `${C}/versions`, {
    as: 'nonsense',
    older: [['1.111', '200']],
  }),
  get('login flows', '200', `${C}/v3/login`, { as: 'none', same: ['flows[].type', 'flows[].identity_providers[].id'] }),
  get('whoami of the admin', '200', `${C}/v3/account/whoami`, { same: ['user_id', 'is_guest'] }),
  get('whoami of a user', '200', `${C}/v3/account/whoami`, { as: 'user', same: ['user_id', 'is_guest'] }),
  get('whoami of nobody', '401 M_MISSING_TOKEN', `${C}/v3/account/whoami`, { as: 'none' }),
  get('whoami with a bad token', '401 M_UNKNOWN_TOKEN', `${C}/v3/account/whoami`, {
    as: 'nonsense',
    same: ['soft_logout'],
  }),
  get('capabilities', '200', `${C}/v3/capabilities`),
  get('password_policy', '200', `${C}/v3/password_policy`, { same: ['m.minimum_length'] }),
  get('auth_metadata without MAS', '404 M_UNRECOGNIZED', `${C}/v1/auth_metadata`, { as: 'none' }),
  get('auth_metadata, the unstable name', '404 M_UNRECOGNIZED', `${C}/unstable/org.matrix.msc2965/auth_metadata`, {
    as: 'none',
  }),
  get('server_version without a token', '200', `${A}/v1/server_version`, { as: 'none', headers: CORS }),
  get('well-known, served where public_baseurl is set', '200', '/.well-known/matrix/client', {
    as: 'none',
    headers: CORS,
  }),
  get('media config', '200', `${C}/v1/media/config`),
  get('a profile', '200', `${C}/v3/profile/%40secondadmin%3Aglia.test`.replace('secondadmin', 'second.admin'), {
    as: 'none',
  }),
  // The book says M_NOT_FOUND; since profiles have fields the row is looked up first.
  get('a profile of nobody', '404 M_UNKNOWN', path`/_matrix/client/v3/profile/${'@nobody:glia.test'}`, {
    as: 'none',
    older: [['1.135', '404 M_NOT_FOUND']],
  }),
  post('a password login that fails', '403 M_FORBIDDEN', `${C}/v3/login`, {
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: 'second.admin' },
    password: 'wrong',
  }),
  post('a login without a type', '400 M_UNKNOWN', `${C}/v3/login`, {}),
];

const directory: Case[] = [
  get('an alias', '200', path`/_matrix/client/v3/directory/room/${'#lobby:glia.test'}`, {
    same: ['room_id', 'servers[]'],
  }),
  get('an unknown alias', '404 M_NOT_FOUND', path`/_matrix/client/v3/directory/room/${'#no:glia.test'}`, {
    same: ['error'],
  }),
  get('no alias at all', '400 M_INVALID_PARAM', path`/_matrix/client/v3/directory/room/${'nonsense'}`),
  get(
    'visibility of a listed room',
    '200',
    ({ world }) => path`/_matrix/client/v3/directory/list/room/${world.rooms.lobby.roomId}`,
    {
      same: ['visibility'],
    },
  ),
  get(
    'visibility of an unlisted room',
    '200',
    ({ world }) => path`/_matrix/client/v3/directory/list/room/${world.rooms.private.roomId}`,
    {
      same: ['visibility'],
    },
  ),
  get(
    'aliases of a room one is not in',
    '200',
    ({ world }) => path`/_matrix/client/v3/rooms/${world.rooms.keeper.roomId}/aliases`,
    {
      same: ['aliases[]'],
    },
  ),
  put(
    'listing a room',
    '200',
    ({ world }) => path`/_matrix/client/v3/directory/list/room/${world.rooms.keeper.roomId}`,
    { visibility: 'public' },
  ),
  get('… is listed', '200', ({ world }) => path`/_matrix/client/v3/directory/list/room/${world.rooms.keeper.roomId}`, {
    same: ['visibility'],
  }),
  put(
    'listing it no more',
    '200',
    ({ world }) => path`/_matrix/client/v3/directory/list/room/${world.rooms.keeper.roomId}`,
    { visibility: 'private' },
  ),
  put('listing an unknown room', '400 M_UNKNOWN', path`/_matrix/client/v3/directory/list/room/${'!no:glia.test'}`, {
    visibility: 'public',
  }),
  get('publicRooms', '200', `${C}/v3/publicRooms`, { same: ['total_room_count_estimate'] }),
  put(
    'an alias by an admin who is not in',
    '200',
    path`/_matrix/client/v3/directory/room/${'#new:glia.test'}`,
    ({ world }: { world: { rooms: { keeper: { roomId: string } } } }) => ({
      room_id: world.rooms.keeper.roomId,
    }),
  ),
  put(
    'the same alias once more',
    '409 M_UNKNOWN',
    path`/_matrix/client/v3/directory/room/${'#new:glia.test'}`,
    ({ world }: { world: { rooms: { keeper: { roomId: string } } } }) => ({
      room_id: world.rooms.keeper.roomId,
    }),
  ),
  put('an alias of an unknown room', '400 M_UNKNOWN', path`/_matrix/client/v3/directory/room/${'#no:glia.test'}`, {
    room_id: '!no:glia.test',
  }),
  del('and away with it', '200', path`/_matrix/client/v3/directory/room/${'#new:glia.test'}`),
  del('and once more', '404 M_NOT_FOUND', path`/_matrix/client/v3/directory/room/${'#new:glia.test'}`),
];

const refusals: Case[] = [
  get('no token', '401 M_MISSING_TOKEN', `${A}/v2/users`, { as: 'none', headers: CORS, same: ['error'] }),
  get('a bad token', '401 M_UNKNOWN_TOKEN', `${A}/v2/users`, { as: 'nonsense', headers: CORS, same: ['soft_logout'] }),
  get('a token that is no admin', '403 M_FORBIDDEN', `${A}/v2/users`, { as: 'user', headers: CORS, same: ['error'] }),
  get('a guest token', '403 M_GUEST_ACCESS_FORBIDDEN', `${A}/v2/users`, { as: 'guest' }),
  get('whois of oneself is open to all', '200', path`/_synapse/admin/v1/whois/${'@ada:glia.test'}`, { as: 'user' }),
  get('whois of another is not', '403 M_FORBIDDEN', path`/_synapse/admin/v1/whois/${'@grace:glia.test'}`, {
    as: 'user',
  }),
  get('an endpoint that is not', '404 M_UNRECOGNIZED', `${A}/v1/nothing`, { headers: CORS, same: ['error'] }),
  get('a version that is not', '404 M_UNRECOGNIZED', `${A}/v9/users`),
  get('no path at all', '404 M_UNRECOGNIZED', `${A}/`),
  get('an unknown client path', '404 M_UNRECOGNIZED', `${C}/v3/nothing`),
  post('POST where only GET is', '405 M_UNRECOGNIZED', `${A}/v2/users`, {}, { headers: CORS, same: ['error'] }),
  del('DELETE where GET and PUT are', '405 M_UNRECOGNIZED', path`/_synapse/admin/v2/users/${'@ada:glia.test'}`),
  get('GET where only POST is', '405 M_UNRECOGNIZED', `${A}/v1/join/x`),
  get('GET where only POST is: the sweep', '404 M_NOT_FOUND', `${A}/v1/media/delete/x`),
  {
    title: 'a header that is not exactly Bearer',
    says: '401 M_MISSING_TOKEN',
    ask: ({ world }) => ({
      path: `${A}/v2/users`,
      as: 'none',
      headers: { Authorization: `bearer ${world.adminToken}` },
    }),
    same: ['error'],
  },
  {
    title: 'a token in the query',
    says: '200',
    ask: ({ world }) => ({ path: `${A}/v2/users?limit=1&access_token=${world.adminToken}`, as: 'none' }),
  },
  {
    title: 'a token in header and query',
    says: '401 M_MISSING_TOKEN',
    ask: ({ world }) => ({ path: `${A}/v2/users?access_token=${world.adminToken}` }),
    same: ['error'],
  },
  ...[`${A}/v2/users`, `${A}/v1/nothing`, '/nothing/at/all'].map((where) => ({
    title: `OPTIONS of ${where}`,
    says: '204',
    ask: () => ({ method: 'OPTIONS', path: where, as: 'none' }),
    headers: CORS,
  })),
  {
    title: 'HEAD is GET',
    says: '200',
    ask: () => ({ method: 'HEAD', path: `${A}/v2/users` }),
    headers: CORS,
  },
  {
    title: 'multipart is refused without CORS headers',
    says: '415',
    older: [['1.120.1', '400']],
    ask: () => ({
      method: 'POST',
      path: '/_matrix/media/v3/upload',
      raw: '--x--\r\n',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    }),
    headers: CORS,
  },
];

const others: Case[] = [
  get('registration_tokens', '200', `${A}/v1/registration_tokens`),
  post(
    'registration_tokens: a new one',
    '200',
    `${A}/v1/registration_tokens/new`,
    { token: 'abc', uses_allowed: 2 },
    {
      same: ['token', 'uses_allowed', 'pending', 'completed', 'expiry_time'],
    },
  ),
  post('registration_tokens: the same', '400 M_INVALID_PARAM', `${A}/v1/registration_tokens/new`, { token: 'abc' }),
  post('registration_tokens: no body', '400 M_NOT_JSON', `${A}/v1/registration_tokens/new`, ''),
  post('registration_tokens: negative', '400 M_INVALID_PARAM', `${A}/v1/registration_tokens/new`, { uses_allowed: -1 }),
  post('registration_tokens: too long', '400 M_INVALID_PARAM', `${A}/v1/registration_tokens/new`, { length: 65 }),
  get('registration_tokens: one', '200', `${A}/v1/registration_tokens/abc`, { same: ['token'] }),
  put(
    'registration_tokens: changed',
    '200',
    `${A}/v1/registration_tokens/abc`,
    { uses_allowed: null },
    { same: ['uses_allowed'] },
  ),
  del('registration_tokens: away', '200', `${A}/v1/registration_tokens/abc`),
  get('registration_tokens: gone', '404 M_NOT_FOUND', `${A}/v1/registration_tokens/abc`),
  get('scheduled_tasks', '200', `${A}/v1/scheduled_tasks?action_name=shutdown_and_purge_room`),
  get('background_updates: enabled', '200', `${A}/v1/background_updates/enabled`, { same: ['enabled'] }),
  get('background_updates: status', '200', `${A}/v1/background_updates/status`, { same: ['enabled'] }),
  post('background_updates: an unknown job', '400 M_UNKNOWN', `${A}/v1/background_updates/start_job`, {
    job_name: 'x',
  }),
  get('event_reports', '200', `${A}/v1/event_reports`, { same: ['total'] }),
  get('event_reports: one unknown', '404 M_NOT_FOUND', `${A}/v1/event_reports/5`),
  get('event_reports: nonsense', '400 M_INVALID_PARAM', `${A}/v1/event_reports/x`),
  get('user_reports', '200', `${A}/v1/user_reports`, { same: ['total'] }),
  get('federation: destinations', '200', `${A}/v1/federation/destinations`, { same: ['total'] }),
  get('federation: one unknown', '404 M_NOT_FOUND', `${A}/v1/federation/destinations/far.example`),
  post('server notices that are off', '400 M_UNKNOWN', `${A}/v1/send_server_notice`, {
    user_id: '@ada:glia.test',
    content: { msgtype: 'm.text', body: 'x' },
  }),
  put('server notices that are off, with a transaction', '400 M_UNKNOWN', `${A}/v1/send_server_notice/txn-1`, {
    user_id: '@ada:glia.test',
    content: { msgtype: 'm.text', body: 'x' },
  }),
  get('register: a nonce', '200', `${A}/v1/register`, { as: 'none' }),
  post('register: a bad nonce', '400 M_UNKNOWN', `${A}/v1/register`, {
    nonce: 'x',
    username: 'x',
    password: 'x',
    mac: 'x',
  }),
];

/** Ten kicks are the burst of `rc_message`; one more is too much. */
const kick = (someone: Who, says: string): Case =>
  post(
    `kicking ${someone}`,
    says,
    ({ world }) => path`/_matrix/client/v3/rooms/${world.rooms.lobby.roomId}/kick`,
    ({ world }: Scene) => ({ user_id: whoIs(world, someone) }),
    { same: ['error'] },
  );

/** Last, for it takes the admin's lifted limit away. */
const limits: Case[] = [
  del('the limit is back', '200', path`/_synapse/admin/v1/users/${'@admin:glia.test'}/override_ratelimit`),
  get(
    '… and none of their own is left',
    '200',
    path`/_synapse/admin/v1/users/${'@admin:glia.test'}/override_ratelimit`,
  ),
  ...[...Array.from({ length: 8 }, (_, index) => index), 'grace' as const, 'slash' as const].map((someone) =>
    kick(someone, '200'),
  ),
  kick('ada', '429 M_LIMIT_EXCEEDED'),
  get(
    'hierarchy says 429 in the end',
    '429 M_LIMIT_EXCEEDED',
    ({ world }) => path`/_synapse/admin/v1/rooms/${world.rooms.space.roomId}/hierarchy`,
    {
      until: (status) => status === 429,
      headers: CORS,
      same: ['error'],
    },
  ),
];

export const clientServerCases: readonly Case[] = [...signIn, ...directory, ...refusals, ...others].map(
  chapter('around'),
);
export const limitCases: readonly Case[] = limits.map(chapter('limits'));
