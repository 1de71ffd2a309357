import type { UserKey } from '../alike.ts';
import { path } from '../client.ts';
import { chapter, get } from './case.ts';
import type { Case, Scene } from './case.ts';

const NAMES = { same: ['users[].name', 'total'] } as const;
const v2 = (query: string): string => `/_synapse/admin/v2/users?${query}`;
const v3 = (query: string): string => `/_synapse/admin/v3/users?${query}`;
const id =
  (key: UserKey) =>
  ({ world }: Scene): string =>
    world.users[key].userId;
const user =
  (key: UserKey) =>
  (scene: Scene): string =>
    path`/_synapse/admin/v2/users/${id(key)(scene)}`;
const of =
  (key: UserKey, rest: string, version = 'v1') =>
  (scene: Scene): string =>
    `${path`/_synapse/admin/${version}/users/${id(key)(scene)}`}/${rest}`;
const named = (userId: string, version: string, rest = ''): string =>
  path`/_synapse/admin/${version}/users/${userId}` + rest;

const lists: Case[] = [
  get('v2: the default page', '200', v2(''), NAMES),
  get('v3: the default page', '200', v3(''), NAMES),
  get('v2: the first five', '200', v2('limit=5'), { same: ['users[].name', 'total', 'next_token'] }),
  get('v2: the next five', '200', v2('limit=5&from=5'), { same: ['users[].name', 'total', 'next_token'] }),
  get('v2: the page after the last', '200', v2('limit=5&from=5000'), { same: ['users[].name', 'total', 'next_token'] }),
  get('v2: limit 0 never advances', '200', v2('limit=0'), { same: ['users[].name', 'total', 'next_token'] }),
  get('v2: a negative limit', '400 M_INVALID_PARAM', v2('limit=-1')),
  get('v2: a limit that is no number', '400 M_INVALID_PARAM', v2('limit=abc')),
  get('v2: an empty limit', '400 M_INVALID_PARAM', v2('limit=')),
  get('v2: a negative from', '400 M_INVALID_PARAM', v2('from=-1')),
  get('v2: guests=false', '200', v2('guests=false'), NAMES),
  get('v3: guests=false', '200', v3('guests=false'), NAMES),
  get('v2: guests=1 is no boolean', '400 M_INVALID_PARAM', v2('guests=1')),
  get('v2: guests=True is no boolean', '400 M_INVALID_PARAM', v2('guests=True')),
  get('v2: admins=true', '200', v2('admins=true'), NAMES),
  get('v2: admins=false', '200', v2('admins=false'), NAMES),
  get('v2: deactivated=true includes them', '200', v2('deactivated=true'), NAMES),
  get('v3: deactivated=true is only them', '200', v3('deactivated=true'), NAMES),
  get('v3: deactivated=false leaves them out', '200', v3('deactivated=false'), NAMES),
  get('v2: locked=true includes them', '200', v2('locked=true'), NAMES),
  get('v3: locked=true includes them', '200', v3('locked=true'), NAMES),
  get('v3: everyone, as the external ids scan asks', '200', v3('guests=false&locked=true&limit=1000'), NAMES),
  get(
    'v3: one row, as the place of a date is looked for',
    '200',
    v3('order_by=creation_ts&dir=b&from=3&limit=1&guests=false&locked=true'),
    {
      same: ['total', 'next_token'],
    },
  ),
  get('v2: name finds a localpart', '200', v2('name=crowd'), NAMES),
  get('v2: name finds a display name', '200', v2('name=lovelace'), NAMES),
  get('v2: name does not find the server part', '200', v2('name=glia.test'), NAMES),
  get('v2: name may be UTF-8', '200', v2(`name=${encodeURIComponent('נוער')}`), {
    ...NAMES,
    older: [['1.99', '400 M_UNKNOWN']],
  }),
  get('v2: name takes _ as a wildcard', '200', v2('name=_da'), NAMES),
  get('v2: user_id finds a part of the id', '200', v2('user_id=crowd-0'), NAMES),
  get('v2: user_id is lower-cased', '200', v2('user_id=ADA'), NAMES),
  get('v2: user_id must be ASCII', '400 M_UNKNOWN', v2(`user_id=${encodeURIComponent('é')}`)),
  get('v2: name wins over user_id', '200', v2('name=grace&user_id=ada'), NAMES),
  get('v2: not_user_type=bot', '200', v2('not_user_type=bot'), NAMES),
  get('v2: not_user_type of no type', '200', v2('not_user_type='), NAMES),
  get('v2: not_user_type twice', '200', v2('not_user_type=&not_user_type=bot'), NAMES),
  ...[
    'name',
    'displayname',
    'is_guest',
    'admin',
    'deactivated',
    'user_type',
    'avatar_url',
    'shadow_banned',
    'creation_ts',
    'last_seen_ts',
    'locked',
  ].flatMap((key) => {
    // Which of them was seen last, or made first, is no part of what both were filled with.
    const options = key === 'last_seen_ts' ? { same: ['total'] } : { ...NAMES, sortedBy: { list: 'users', key } };
    return [
      get(`v2: ordered by ${key}`, '200', v2(`order_by=${key}&deactivated=true&locked=true`), options),
      get(`v3: ordered by ${key}, backwards`, '200', v3(`order_by=${key}&dir=b&locked=true`), options),
    ];
  }),
  get('v2: order_by=suspended is none', '400 M_INVALID_PARAM', v2('order_by=suspended')),
  get('v2: order_by=creationTs is none', '400 M_INVALID_PARAM', v2('order_by=creationTs')),
  get('v2: dir=down is none', '400 M_INVALID_PARAM', v2('dir=down')),
  get('v2: a parameter nobody knows', '200', v2('colour=blue'), NAMES),
];

const one: Case[] = [
  ...(
    [
      'ada',
      'grace',
      'linus',
      'many',
      'ssoOnly',
      'oddIds',
      'slash',
      'gone',
      'erased',
      'locked',
      'suspended',
      'shadow',
      'secondAdmin',
      'bot',
      'markup',
      'rtl',
    ] as const
  ).map((key) =>
    get(`the user ${key}`, '200', user(key), {
      same: [
        'name',
        'displayname',
        'avatar_url',
        'admin',
        'deactivated',
        'locked',
        'suspended',
        'shadow_banned',
        'erased',
        'user_type',
        'threepids[].address',
      ],
    }),
  ),
  get('the admin', '200', ({ world }) => named(world.adminId, 'v2'), { same: ['name', 'admin'] }),
  get('an unknown user', '404 M_NOT_FOUND', named('@nobody:glia.test', 'v2')),
  get('a remote user', '400 M_UNKNOWN', named('@ada:far.example', 'v2')),
  get('a user id without @', '400 M_INVALID_PARAM', named('ada', 'v2')),
  get('a user id without a server', '400 M_INVALID_PARAM', named('@ada', 'v2')),
  get('a user id with a raw slash', '404 M_UNRECOGNIZED', '/_synapse/admin/v2/users/@team/oncall:glia.test'),
  get('a trailing slash', '404 M_UNRECOGNIZED', '/_synapse/admin/v2/users/@ada:glia.test/'),
  get('v3 has no single user', '404 M_UNRECOGNIZED', named('@ada:glia.test', 'v3')),
];

const provider = (name: string, externalId: string): string =>
  path`/_synapse/admin/v1/auth_providers/${name}/users/${externalId}`;

const lookups: Case[] = [
  get('by external id', '200', provider('oidc-keycloak', 'grace'), { same: ['user_id'] }),
  get('by external id: of one deactivated', '200', provider('oidc-keycloak', 'gone'), { same: ['user_id'] }),
  get('by external id: odd characters', '200', provider('oidc-keycloak', 'auth0|x/y#1?z=% é'), { same: ['user_id'] }),
  get('by external id: unknown id', '404 M_NOT_FOUND', provider('oidc-keycloak', 'nobody')),
  get('by external id: unknown provider', '404 M_NOT_FOUND', provider('nowhere', 'grace')),
  get('by 3pid', '200', '/_synapse/admin/v1/threepid/email/users/ada%40glia.test', { same: ['user_id'] }),
  get('by 3pid: not canonical', '404 M_NOT_FOUND', '/_synapse/admin/v1/threepid/email/users/ADA%40glia.test'),
  get(
    'by 3pid: a phone number that nobody has',
    '404 M_NOT_FOUND',
    '/_synapse/admin/v1/threepid/msisdn/users/4917012345',
  ),
  get('username: free', '200', '/_synapse/admin/v1/username_available?username=free', { same: ['available'] }),
  get('username: taken', '400 M_USER_IN_USE', '/_synapse/admin/v1/username_available?username=ada'),
  get('username: invalid', '400 M_INVALID_USERNAME', '/_synapse/admin/v1/username_available?username=A%20b'),
  get('username: with a leading _', '400 M_INVALID_USERNAME', '/_synapse/admin/v1/username_available?username=_under'),
  get('username: digits only', '400 M_INVALID_USERNAME', '/_synapse/admin/v1/username_available?username=12345'),
  get('username: empty', '400 M_INVALID_USERNAME', '/_synapse/admin/v1/username_available?username='),
  get(
    'username: too long',
    '400 M_INVALID_USERNAME',
    `/_synapse/admin/v1/username_available?username=${'x'.repeat(256)}`,
  ),
  get('username: not ASCII', '400 M_UNKNOWN', '/_synapse/admin/v1/username_available?username=%C3%A9'),
  get('username: missing', '400 M_MISSING_PARAM', '/_synapse/admin/v1/username_available'),
];

const around: Case[] = [
  get('whois', '200', (scene) => path`/_synapse/admin/v1/whois/${id('bot')(scene)}`),
  get('whois: unknown', '200', path`/_synapse/admin/v1/whois/${'@nobody:glia.test'}`),
  get('whois: remote', '400 M_UNKNOWN', path`/_synapse/admin/v1/whois/${'@ada:far.example'}`),
  get('joined_rooms', '200', of('ada', 'joined_rooms'), { same: ['total'] }),
  get('joined_rooms: unknown', '200', named('@nobody:glia.test', 'v1', '/joined_rooms'), { same: ['total'] }),
  get('joined_rooms: remote', '200', named('@ada:far.example', 'v1', '/joined_rooms'), { same: ['total'] }),
  get('memberships', '200', of('banned', 'memberships')),
  get('memberships: unknown', '200', named('@nobody:glia.test', 'v1', '/memberships')),
  get('sent_invite_count', '200', of('roomkeeper', 'sent_invite_count?from_ts=0')),
  get('sent_invite_count: without from_ts', '400 M_MISSING_PARAM', of('ada', 'sent_invite_count')),
  get('cumulative_joined_room_count', '200', of('ada', 'cumulative_joined_room_count?from_ts=0')),
  get('cumulative: without from_ts', '400 M_MISSING_PARAM', of('ada', 'cumulative_joined_room_count')),
  get('accountdata', '200', of('bot', 'accountdata')),
  get('accountdata: unknown', '404 M_NOT_FOUND', named('@nobody:glia.test', 'v1', '/accountdata')),
  get('accountdata: remote', '400 M_UNKNOWN', named('@ada:far.example', 'v1', '/accountdata')),
  get('pushers', '200', of('bot', 'pushers'), { same: ['total'] }),
  get('pushers: unknown', '404 M_NOT_FOUND', named('@nobody:glia.test', 'v1', '/pushers')),
  get('devices', '200', of('bot', 'devices', 'v2'), { same: ['total'] }),
  get('devices: unknown', '404 M_NOT_FOUND', named('@nobody:glia.test', 'v2', '/devices')),
  get('devices: remote', '400 M_UNKNOWN', named('@ada:far.example', 'v2', '/devices')),
  get('a device that is not', '404 M_NOT_FOUND', of('bot', 'devices/NOTHERE', 'v2')),
  get('admin: no', '200', of('bot', 'admin'), { same: ['admin'] }),
  get('admin: yes', '200', of('secondAdmin', 'admin'), { same: ['admin'] }),
  get('admin: unknown', '200', named('@nobody:glia.test', 'v1', '/admin'), { same: ['admin'] }),
  get('override_ratelimit: none', '200', of('bot', 'override_ratelimit')),
  get('override_ratelimit: lifted', '200', ({ world }) => named(world.adminId, 'v1', '/override_ratelimit'), {
    same: ['messages_per_second', 'burst_count'],
  }),
  get('override_ratelimit: unknown', '404 M_NOT_FOUND', named('@nobody:glia.test', 'v1', '/override_ratelimit')),
  get('override_ratelimit: remote', '400 M_UNKNOWN', named('@ada:far.example', 'v1', '/override_ratelimit')),
  get(
    'experimental_features',
    '200',
    ({ world }) => path`/_synapse/admin/v1/experimental_features/${world.users.bot.userId}`,
  ),
  get('redact_status: unknown', '404 M_NOT_FOUND', '/_synapse/admin/v1/user/redact_status/nothing'),
];

export const usersCases: readonly Case[] = [...lists, ...one, ...lookups, ...around].map(chapter('users'));
