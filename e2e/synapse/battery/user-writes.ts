import type { UserKey } from '../alike.ts';
import { path } from '../client.ts';
import { chapter, del, get, kept, post, postNothing, put } from './case.ts';
import type { Case, Scene } from './case.ts';

const user = (localpart: string): string => path`/_synapse/admin/v2/users/${`@${localpart}:glia.test`}`;
const v1 = (localpart: string, rest: string): string =>
  path`/_synapse/admin/v1/users/${`@${localpart}:glia.test`}` + rest;
const v2 = (localpart: string, rest: string): string => user(localpart) + rest;
const id = ({ world }: Scene, key: UserKey): string => world.users[key].userId;
const keycloak = (external_id: string): object => ({ auth_provider: 'oidc-keycloak', external_id });
const IDS = { same: ['external_ids[].external_id', 'displayname'] } as const;

const creating: Case[] = [
  put('a PUT of {} creates', '201', user('made-by-accident'), {}, { same: ['name', 'displayname', 'admin'] }),
  put('the same PUT again modifies', '200', user('made-by-accident'), {}, { same: ['name', 'displayname'] }),
  put(
    'creating with ids and a name',
    '201',
    user('made'),
    { displayname: 'Made', password: 'long-enough-1', external_ids: [keycloak('made')], user_type: 'bot' },
    { same: ['name', 'displayname', 'user_type', 'external_ids[].external_id'] },
  ),
  put('creating ignores deactivated', '201', user('made-2'), { deactivated: true }, { same: ['deactivated'] }),
  put('creating ignores locked', '201', user('made-5'), { locked: true }, { same: ['locked'] }),
  put('creating refuses both at once', '400 M_UNKNOWN', user('made-6'), { deactivated: true, locked: true }),
  put('creating with an id of another: 409', '409 M_UNKNOWN', user('made-3'), { external_ids: [keycloak('grace')] }),
  get('… and yet the account stays behind', '200', user('made-3'), IDS),
  put(
    'creating an admin with an address',
    '201',
    user('made-7'),
    { admin: true, threepids: [{ medium: 'email', address: 'Made-7@Glia.test' }] },
    { same: ['admin', 'threepids[].address'] },
  ),
  put(
    'creating with an address of another moves it, in silence',
    '201',
    user('made-8'),
    { threepids: [{ medium: 'email', address: 'made-7@glia.test' }] },
    { same: ['threepids[].address'] },
  ),
  get('… and the other has it no more', '200', user('made-7'), { same: ['threepids[].address'] }),
  get('… and a look-up finds the new one', '200', '/_synapse/admin/v1/threepid/email/users/made-7%40glia.test', {
    same: ['user_id'],
  }),
  put(
    'several fields in one PUT',
    '200',
    user('made-8'),
    { displayname: 'Eight', admin: true, user_type: 'bot' },
    {
      same: ['displayname', 'admin', 'user_type'],
    },
  ),
  put('several fields of which one is refused', '409 M_UNKNOWN', user('made-8'), {
    displayname: 'Half',
    external_ids: [keycloak('grace')],
    admin: false,
  }),
  get('… and those before it are written', '200', user('made-8'), { same: ['displayname', 'admin'] }),
  put('creating with capitals', '400 M_INVALID_USERNAME', user('Capital'), {}),
  put('creating with a leading _', '400 M_INVALID_USERNAME', user('_under'), {}),
  put('creating with digits only', '400 M_INVALID_USERNAME', user('12345'), {}),
  put('creating a remote user', '400 M_UNKNOWN', path`/_synapse/admin/v2/users/${'@a:far.example'}`, {}),
  put('creating with an unknown type', '400 M_UNKNOWN', user('made-4'), { user_type: 'robot' }),
];

const modifying: Case[] = [
  put('a display name', '200', user('markup'), { displayname: 'Plain' }, IDS),
  put('an empty display name clears it', '200', user('markup'), { displayname: '' }, IDS),
  put('a null display name', '400 M_INVALID_PARAM', user('markup'), { displayname: null }),
  put('a display name of 257 characters', '400 M_UNKNOWN', user('markup'), { displayname: 'x'.repeat(257) }),
  put('an avatar', '200', user('markup'), { avatar_url: 'mxc://glia.test/x' }, { same: ['avatar_url'] }),
  put('an empty avatar clears it', '200', user('markup'), { avatar_url: '' }, { same: ['avatar_url'] }),
  put('a null avatar', '400 M_INVALID_PARAM', user('markup'), { avatar_url: null }),
  put('an avatar of 1001 characters', '400 M_UNKNOWN', user('markup'), { avatar_url: 'x'.repeat(1001) }),
  put('admin that is no boolean', '400 M_BAD_JSON', user('markup'), { admin: 'yes' }),
  put('a null admin', '400 M_BAD_JSON', user('markup'), { admin: null }),
  put('demoting oneself', '400 M_UNKNOWN', ({ world }) => path`/_synapse/admin/v2/users/${world.adminId}`, {
    admin: false,
  }),
  put('making an admin', '200', user('markup'), { admin: true }, { same: ['admin'] }),
  put('and no more', '200', user('markup'), { admin: false }, { same: ['admin'] }),
  put('deactivated that is no boolean', '400 M_UNKNOWN', user('markup'), { deactivated: 'yes' }),
  put('a null deactivated', '400 M_UNKNOWN', user('markup'), { deactivated: null }),
  put('locked that is no boolean', '400 M_UNKNOWN', user('markup'), { locked: 1 }),
  put('deactivated and locked at once', '400 M_UNKNOWN', user('markup'), { deactivated: true, locked: true }),
  put('an unknown user type', '400 M_UNKNOWN', user('markup'), { user_type: 'robot' }),
  put('a user type', '200', user('markup'), { user_type: 'support' }, { same: ['user_type'] }),
  put('a null user type clears it', '200', user('markup'), { user_type: null }, { same: ['user_type'] }),
  put('a password that is no string', '400 M_UNKNOWN', user('markup'), { password: 5 }),
  put('a password of 513 characters', '400 M_UNKNOWN', user('markup'), { password: 'x'.repeat(513) }),
  put('logout_devices that is no boolean', '400 M_UNKNOWN', user('markup'), { password: 'x', logout_devices: 'no' }),
  put('a new password', '200', user('markup'), { password: 'another-long-one' }),
  put(
    'a 3pid',
    '200',
    user('markup'),
    { threepids: [{ medium: 'email', address: 'Markup@Glia.test' }] },
    {
      same: ['threepids[].address'],
    },
  ),
  put('a 3pid of no known medium', '400 M_INVALID_PARAM', user('markup'), {
    threepids: [{ medium: 'fax', address: '1' }],
  }),
  put('a 3pid without an address', '400 M_MISSING_PARAM', user('markup'), { threepids: [{ medium: 'email' }] }),
  put('suspended is silently ignored', '200', user('markup'), { suspended: true }, { same: ['suspended'] }),
  put('a body that is not JSON', '400 M_NOT_JSON', user('markup'), 'displayname=x'),
  put('an empty body', '400 M_NOT_JSON', user('markup'), ''),
  put('a body that is a list', '400 M_BAD_JSON', user('markup'), '[]'),
  put('a body that is not UTF-8', '400 M_NOT_JSON', user('markup'), '{"displayname":"\uFFFD'),
  put('locking', '200', user('crowd-20'), { locked: true }, { same: ['locked'] }),
  put('unlocking', '200', user('crowd-20'), { locked: false }, { same: ['locked'] }),
  put(
    'deactivating',
    '200',
    user('crowd-20'),
    { deactivated: true },
    { same: ['deactivated', 'displayname', 'erased'] },
  ),
  put('deactivating again', '200', user('crowd-20'), { deactivated: true }, { same: ['deactivated'] }),
  put(
    'reactivating',
    '200',
    user('crowd-20'),
    { deactivated: false },
    {
      same: ['deactivated', 'displayname'],
      older: [['1.99', '400 M_UNKNOWN']],
    },
  ),
  put(
    'reactivating an erased user',
    '200',
    user('erased'),
    { deactivated: false },
    { same: ['deactivated', 'erased'], older: [['1.99', '400 M_UNKNOWN']] },
  ),
];

const lookup = (externalId: string): string =>
  path`/_synapse/admin/v1/auth_providers/oidc-keycloak/users/${externalId}`;

const externalIds: Case[] = [
  get('before', '200', lookup('linus-old'), { same: ['user_id'] }),
  put('replacing the whole list', '200', user('linus'), { external_ids: [keycloak('linus')] }, IDS),
  get('a removed id still resolves (stale cache)', '200', lookup('linus-old'), {
    same: ['user_id'],
    older: [['1.129', '404 M_NOT_FOUND']],
  }),
  put('no key leaves them', '200', user('linus'), {}, IDS),
  put('null leaves them', '200', user('linus'), { external_ids: null }, IDS),
  put('an id of another', '409 M_UNKNOWN', user('linus'), { external_ids: [keycloak('linus'), keycloak('grace')] }),
  get('… changes nothing', '200', user('linus'), IDS),
  put('an id without its provider', '400 M_MISSING_PARAM', user('linus'), { external_ids: [{ external_id: 'x' }] }),
  put('an id without its id', '400 M_MISSING_PARAM', user('linus'), { external_ids: [{ auth_provider: 'x' }] }),
  put('a provider nobody configured', '200', user('linus'), {
    external_ids: [{ auth_provider: 'nowhere', external_id: 'x' }],
  }),
  put('[] removes all', '200', user('linus'), { external_ids: [] }, IDS),
  put(
    'of a deactivated user',
    '200',
    user('gone'),
    { external_ids: [{ auth_provider: 'oidc-google', external_id: '116' }] },
    IDS,
  ),
  put(
    'of a locked user',
    '200',
    user('locked'),
    { external_ids: [{ auth_provider: 'oidc-google', external_id: '117' }] },
    IDS,
  ),
];

const states: Case[] = [
  post('deactivate', '200', path`/_synapse/admin/v1/deactivate/${'@crowd-19:glia.test'}`, {}),
  post('deactivate: nothing in the body', '200', path`/_synapse/admin/v1/deactivate/${'@crowd-19:glia.test'}`, ''),
  post(
    'deactivate: erase that is no boolean',
    '400 M_BAD_JSON',
    path`/_synapse/admin/v1/deactivate/${'@rtl:glia.test'}`,
    {
      erase: 'yes',
    },
  ),
  post('deactivate: unknown', '404 M_NOT_FOUND', path`/_synapse/admin/v1/deactivate/${'@nobody:glia.test'}`, {}),
  post('deactivate: remote', '400 M_UNKNOWN', path`/_synapse/admin/v1/deactivate/${'@a:far.example'}`, {}),
  put('suspend', '200', path`/_synapse/admin/v1/suspend/${'@crowd-18:glia.test'}`, { suspend: true }),
  put('suspend: no more', '200', path`/_synapse/admin/v1/suspend/${'@crowd-18:glia.test'}`, { suspend: false }),
  put('suspend: missing', '400 M_MISSING_PARAM', path`/_synapse/admin/v1/suspend/${'@crowd-18:glia.test'}`, {}),
  put(
    'suspend: wrong type',
    '400 M_BAD_JSON',
    path`/_synapse/admin/v1/suspend/${'@crowd-18:glia.test'}`,
    {
      suspend: 'yes',
    },
    { older: [['1.142', '400 M_INVALID_PARAM']] },
  ),
  put('suspend: unknown', '404 M_NOT_FOUND', path`/_synapse/admin/v1/suspend/${'@nobody:glia.test'}`, {
    suspend: true,
  }),
  put('suspend: remote', '400 M_UNKNOWN', path`/_synapse/admin/v1/suspend/${'@a:far.example'}`, { suspend: true }),
  postNothing('shadow_ban', '200', v1('crowd-18', '/shadow_ban')),
  del('shadow_ban: no more', '200', v1('crowd-18', '/shadow_ban')),
  postNothing('shadow_ban: unknown', '404 M_UNKNOWN', v1('nobody', '/shadow_ban')),
  postNothing('shadow_ban: remote', '400 M_UNKNOWN', path`/_synapse/admin/v1/users/${'@a:far.example'}/shadow_ban`),
  put('admin', '200', v1('crowd-18', '/admin'), { admin: true }),
  put('admin: no more', '200', v1('crowd-18', '/admin'), { admin: false }),
  put('admin: unknown', '404 M_UNKNOWN', v1('nobody', '/admin'), { admin: true }),
  post('reset_password', '200', path`/_synapse/admin/v1/reset_password/${'@crowd-18:glia.test'}`, {
    new_password: 'longer',
  }),
  post(
    'reset_password: missing',
    '400 M_MISSING_PARAM',
    path`/_synapse/admin/v1/reset_password/${'@crowd-18:glia.test'}`,
    {},
  ),
  post('reset_password: sessions stay', '200', path`/_synapse/admin/v1/reset_password/${'@crowd-18:glia.test'}`, {
    new_password: 'longer',
    logout_devices: false,
  }),
  post('reset_password: deactivated', '200', path`/_synapse/admin/v1/reset_password/${'@gone:glia.test'}`, {
    new_password: 'longer',
  }),
  post('reset_password: unknown', '404 M_NOT_FOUND', path`/_synapse/admin/v1/reset_password/${'@nobody:glia.test'}`, {
    new_password: 'longer',
  }),
  post('login as a user', '200', v1('crowd-18', '/login'), {}),
  post('login as: until', '200', v1('crowd-18', '/login'), { valid_until_ms: 4_000_000_000_000 }),
  post('login as: until what', '400 M_UNKNOWN', v1('crowd-18', '/login'), { valid_until_ms: 'later' }),
  post('login as: oneself', '400 M_UNKNOWN', v1('admin', '/login'), {}),
  post('login as: unknown', '404 M_NOT_FOUND', v1('nobody', '/login'), {}, { older: [['1.149', '200']] }),
  post(
    'override_ratelimit',
    '200',
    v1('crowd-18', '/override_ratelimit'),
    { messages_per_second: 5, burst_count: 9 },
    {
      same: ['messages_per_second', 'burst_count'],
    },
  ),
  post('override_ratelimit: a float', '400 M_INVALID_PARAM', v1('crowd-18', '/override_ratelimit'), {
    messages_per_second: 1.5,
  }),
  post('override_ratelimit: negative', '400 M_INVALID_PARAM', v1('crowd-18', '/override_ratelimit'), {
    burst_count: -1,
  }),
  post('override_ratelimit: empty means none', '200', v1('crowd-18', '/override_ratelimit'), '', {
    same: ['messages_per_second', 'burst_count'],
  }),
  del('override_ratelimit: back', '200', v1('crowd-18', '/override_ratelimit')),
  del('override_ratelimit: back again', '200', v1('crowd-18', '/override_ratelimit')),
  postNothing(
    'cross signing without a key',
    '404 M_NOT_FOUND',
    v1('crowd-18', '/_allow_cross_signing_replacement_without_uia'),
  ),
  put('experimental_features', '200', path`/_synapse/admin/v1/experimental_features/${'@a-bot:glia.test'}`, {
    features: { msc3881: true },
  }),
  put(
    'experimental_features: unknown',
    '400 M_UNKNOWN',
    path`/_synapse/admin/v1/experimental_features/${'@a-bot:glia.test'}`,
    {
      features: { msc3026: true },
    },
    { older: [['1.111', '200']] },
  ),
  put(
    'experimental_features: missing',
    '400 M_UNKNOWN',
    path`/_synapse/admin/v1/experimental_features/${'@a-bot:glia.test'}`,
    {},
  ),
];

const devices: Case[] = [
  post('devices: a new one', '201', v2('crowd-17', '/devices'), { device_id: 'PHONE' }),
  post('devices: the same again', '201', v2('crowd-17', '/devices'), { device_id: 'PHONE' }),
  post('devices: without an id', '400 M_UNKNOWN', v2('crowd-17', '/devices'), {}),
  post('devices: an id that is no string', '400 M_UNKNOWN', v2('crowd-17', '/devices'), { device_id: 5 }),
  put('devices: naming', '200', v2('crowd-17', '/devices/PHONE'), { display_name: 'Phone' }),
  put('devices: too long a name', '400 M_TOO_LARGE', v2('crowd-17', '/devices/PHONE'), {
    display_name: 'x'.repeat(101),
  }),
  put('devices: naming one that is not', '404 M_NOT_FOUND', v2('crowd-17', '/devices/NONE'), { display_name: 'x' }),
  get('devices: one', '200', v2('crowd-17', '/devices/PHONE'), { same: ['device_id', 'display_name', 'user_id'] }),
  get('devices: all', '200', v2('crowd-17', '/devices'), { same: ['total', 'devices[].device_id'] }),
  del('devices: away', '200', v2('crowd-17', '/devices/PHONE')),
  del('devices: away again', '200', v2('crowd-17', '/devices/PHONE')),
  post('devices: many away', '200', v2('crowd-17', '/delete_devices'), { devices: ['PHONE', 'NONE'] }),
  post('devices: many, missing', '400 M_MISSING_PARAM', v2('crowd-17', '/delete_devices'), {}),
];

const redact: Case[] = [
  post(
    'redact: without rooms',
    '400 M_MISSING_PARAM',
    (scene) => path`/_synapse/admin/v1/user/${id(scene, 'ada')}/redact`,
    {},
  ),
  post(
    'redact: rooms of a wrong type',
    '400 M_BAD_JSON',
    (scene) => path`/_synapse/admin/v1/user/${id(scene, 'ada')}/redact`,
    {
      rooms: 'all',
    },
  ),
  post(
    'redact: a negative limit',
    '400 M_UNKNOWN',
    (scene) => path`/_synapse/admin/v1/user/${id(scene, 'ada')}/redact`,
    {
      rooms: [],
      limit: -1,
    },
  ),
  post(
    'redact',
    '200',
    (scene) => path`/_synapse/admin/v1/user/${id(scene, 'grace')}/redact`,
    { rooms: [] },
    {
      keep: { redactId: 'redact_id' },
    },
  ),
  get('redact: its status', '200', (scene) => path`/_synapse/admin/v1/user/redact_status/${kept(scene, 'redactId')}`, {
    until: (_, body) => JSON.stringify(body).includes('complete'),
    same: ['status'],
  }),
];

export const userWriteCases: readonly Case[] = [
  ...creating,
  ...modifying,
  ...externalIds,
  ...states,
  ...devices,
  ...redact,
].map(chapter('user writes'));
