import type { UserKey } from '../alike.ts';
import { DAY_MS, mediaOf } from '../world.ts';
import { path } from '../client.ts';
import { chapter, del, get, kept, post, postNothing } from './case.ts';
import type { Case, Scene } from './case.ts';

const A = '/_synapse/admin/v1';
const of =
  (key: UserKey, query = '') =>
  ({ world }: Scene): string =>
    `${path`/_synapse/admin/v1/users/${world.users[key].userId}`}/media${query}`;
const one =
  (key: string, before = '/_synapse/admin/v1/media/glia.test/', after = '') =>
  ({ world }: Scene): string =>
    before + mediaOf(world, key).mediaId + after;
const ago =
  (route: string, days: number, more = '') =>
  ({ world }: Scene): string =>
    `${A}${route}?before_ts=${world.now - days * DAY_MS}${more}`;
const since = (scene: Scene): string => `${A}/media/quarantine_changes?from=${kept(scene, 'quarantinesEnd')}`;
const MEDIA = { same: ['media[].media_id', 'total', 'next_token'] } as const;
const INFO = {
  same: ['media_info.media_length', 'media_info.media_type', 'media_info.upload_name', 'media_info.quarantined_by'],
} as const;
const STATS = {
  same: ['users[].user_id', 'users[].media_count', 'users[].media_length', 'total', 'next_token'],
} as const;

const reads: Case[] = [
  get('of a user', '200', of('ada'), MEDIA),
  get('of a user: two', '200', of('ada', '?limit=2'), MEDIA),
  get('of a user: the next two', '200', of('ada', '?limit=2&from=2'), MEDIA),
  get('of a user: after the last', '200', of('ada', '?from=1000'), MEDIA),
  ...['media_id', 'created_ts', 'last_access_ts', 'media_length', 'upload_name', 'quarantined_by'].flatMap((key) => [
    get(`of a user: by ${key}`, '200', of('grace', `?order_by=${key}`), { ...MEDIA, sortedBy: { list: 'media', key } }),
    get(`of a user: by ${key}, backwards`, '200', of('grace', `?order_by=${key}&dir=b`), {
      ...MEDIA,
      sortedBy: { list: 'media', key },
    }),
  ]),
  get('of a user: only dir', '200', of('grace', '?dir=f'), MEDIA),
  get('of a user: by nonsense', '400 M_INVALID_PARAM', of('ada', '?order_by=nonsense')),
  get('of a user: dir nonsense', '400 M_INVALID_PARAM', of('ada', '?dir=nonsense')),
  get('of a user: negative limit', '400 M_INVALID_PARAM', of('ada', '?limit=-1')),
  get('of one deactivated', '200', of('gone'), MEDIA),
  get('of one without any', '200', of('bot'), MEDIA),
  get('of one unknown', '404 M_NOT_FOUND', `${path`/_synapse/admin/v1/users/${'@nobody:glia.test'}`}/media`),
  get('of one remote', '400 M_UNKNOWN', `${path`/_synapse/admin/v1/users/${'@a:far.example'}`}/media`),
  get('one file', '200', one('old-but-opened'), INFO),
  get('one protected', '200', one('protected-old'), INFO),
  get('one quarantined', '200', one('quarantined-old'), INFO),
  get('one never opened', '200', one('grace-avatar'), INFO),
  get('one without a name', '200', one('file-10'), INFO),
  get('one of far away, in the cache', '200', `${A}/media/far.example/RemoteMedia0000000000000`, INFO),
  get('one unknown', '404 M_NOT_FOUND', `${A}/media/glia.test/nothing`),
  get('quarantine_changes', '200', `${A}/media/quarantine_changes`, {
    same: ['changes[].media_id', 'changes[].quarantined'],
    keep: { quarantinesEnd: 'next_batch' },
  }),
  get('quarantine_changes: none since', '200', since, { same: ['changes[].media_id'] }),
  get('quarantine_changes: beyond the end', '400 M_INVALID_PARAM', `${A}/media/quarantine_changes?from=100000`),
  get('statistics', '200', `${A}/statistics/users/media`, STATS),
  get('statistics: by size', '200', `${A}/statistics/users/media?order_by=media_length&dir=b&limit=3`, {
    same: ['users[].user_id', 'total', 'next_token'],
  }),
  get('statistics: by count', '200', `${A}/statistics/users/media?order_by=media_count&dir=b&limit=2`, {
    same: ['total'],
  }),
  get('statistics: by display name', '200', `${A}/statistics/users/media?order_by=displayname`, STATS),
  get('statistics: by nonsense', '400 M_INVALID_PARAM', `${A}/statistics/users/media?order_by=nonsense`),
  get('statistics: search', '200', `${A}/statistics/users/media?search_term=crowd`, STATS),
  get('statistics: search for nothing', '400 M_INVALID_PARAM', `${A}/statistics/users/media?search_term=`),
  get('statistics: search beyond ASCII', '400 M_UNKNOWN', `${A}/statistics/users/media?search_term=%C3%A9`),
  get(
    'statistics: a span',
    '200',
    ({ world }) => {
      const from = world.now - 500 * DAY_MS;
      return `${A}/statistics/users/media?from_ts=${from}&until_ts=${world.now - 100 * DAY_MS}`;
    },
    STATS,
  ),
  get(
    'statistics: a span, all of it at once by ID',
    '200',
    ({ world }) =>
      `${A}/statistics/users/media?from_ts=${world.now - 400 * DAY_MS}&until_ts=${world.now}&limit=1000&order_by=user_id&dir=f`,
    STATS,
  ),
  get('statistics: a span backwards', '400 M_INVALID_PARAM', `${A}/statistics/users/media?from_ts=2000&until_ts=1000`),
  get('statistics: of the database', '400 M_UNKNOWN', `${A}/statistics/database/rooms`),
];

const guards: Case[] = [
  postNothing('protect', '200', one('file-1', `${A}/media/protect/`)),
  get('… is safe', '200', one('file-1'), { same: ['media_info.safe_from_quarantine'] }),
  postNothing('quarantining what is protected does nothing', '200', one('file-1', `${A}/media/quarantine/glia.test/`)),
  get('… is not quarantined', '200', one('file-1'), { same: ['media_info.quarantined_by'] }),
  postNothing('unprotect', '200', one('file-1', `${A}/media/unprotect/`)),
  postNothing('protect: unknown', '404 M_UNKNOWN', `${A}/media/protect/nothing`),
  postNothing('unprotect: unknown', '404 M_UNKNOWN', `${A}/media/unprotect/nothing`),
  get('protect has no GET', '405 M_UNRECOGNIZED', `${A}/media/protect/nothing`),
  postNothing('quarantine', '200', one('file-2', `${A}/media/quarantine/glia.test/`)),
  get('… is quarantined', '200', one('file-2'), { same: ['media_info.quarantined_by'] }),
  postNothing('quarantine: unknown', '200', `${A}/media/quarantine/glia.test/nothing`),
  postNothing('unquarantine', '200', one('file-2', `${A}/media/unquarantine/glia.test/`)),
  get('… is not any more', '200', one('file-2'), { same: ['media_info.quarantined_by'] }),
  get('quarantine_changes: both since', '200', since, { same: ['changes[].media_id', 'changes[].quarantined'] }),
  postNothing(
    'quarantine: of a user',
    '200',
    ({ world }) => path`/_synapse/admin/v1/user/${world.users.ssoOnly.userId}/media/quarantine`,
    {
      same: ['num_quarantined'],
    },
  ),
  postNothing(
    'quarantine: of a room',
    '200',
    ({ world }) => path`/_synapse/admin/v1/room/${world.rooms.lobby.roomId}/media/quarantine`,
    {
      same: ['num_quarantined'],
    },
  ),
  postNothing(
    'quarantine: of a room, the old path',
    '200',
    ({ world }) => path`/_synapse/admin/v1/quarantine_media/${world.rooms.lobby.roomId}`,
    {
      same: ['num_quarantined'],
    },
  ),
];

const deletes: Case[] = [
  postNothing('sweep: without before_ts', '400 M_MISSING_PARAM', `${A}/media/delete`),
  postNothing('sweep: negative', '400 M_INVALID_PARAM', `${A}/media/delete?before_ts=-1`),
  postNothing('sweep: seconds', '400 M_INVALID_PARAM', `${A}/media/delete?before_ts=1672531200`),
  postNothing('sweep: nonsense', '400 M_INVALID_PARAM', `${A}/media/delete?before_ts=yesterday`),
  postNothing('sweep: negative size', '400 M_INVALID_PARAM', ago('/media/delete', 900, '&size_gt=-1')),
  postNothing('sweep: keep_profiles=1', '400 M_INVALID_PARAM', ago('/media/delete', 900, '&keep_profiles=1')),
  postNothing('sweep: nothing that old', '200', ago('/media/delete', 5000), { same: ['total', 'deleted_media[]'] }),
  postNothing('sweep: large ones', '200', ago('/media/delete', 200, '&size_gt=300000'), {
    same: ['total', 'deleted_media[]'],
  }),
  postNothing('sweep: not opened for 600 days', '200', ago('/media/delete', 600), { same: ['total'] }),
  get('… what ada has left', '200', of('ada', '?limit=1000'), MEDIA),
  get('… what grace has left', '200', of('grace', '?limit=1000'), MEDIA),
  get('… protected and old is spared', '200', one('protected-old'), INFO),
  get('… quarantined and old is spared', '200', one('quarantined-old'), INFO),
  get('… an avatar is spared', '200', one('ada-avatar'), INFO),
  get('… a room avatar is spared', '200', one('lobby-avatar'), INFO),
  get('… opened yesterday is spared', '200', one('old-but-opened'), INFO),
  postNothing('sweep: avatars too', '200', ago('/media/delete', 600, '&keep_profiles=false'), { same: ['total'] }),
  get('… the avatar is gone', '404 M_NOT_FOUND', one('ada-avatar')),
  postNothing(
    'sweep: the old path',
    '200',
    ({ world }) => `${A}/media/glia.test/delete?before_ts=${world.now - 550 * DAY_MS}`,
    {
      same: ['total'],
    },
  ),
  postNothing(
    'sweep: the old path, another server',
    '400 M_UNKNOWN',
    ({ world }) => `${A}/media/far.example/delete?before_ts=${world.now - 550 * DAY_MS}`,
  ),
  del('one', '200', one('file-3'), { same: ['total', 'deleted_media[]'] }),
  del('one, again', '404 M_NOT_FOUND', one('file-3')),
  del('one protected', '200', one('protected-new'), { same: ['total', 'deleted_media[]'] }),
  del('one quarantined', '200', one('quarantined-new'), { same: ['total', 'deleted_media[]'] }),
  del('one of far away', '400 M_UNKNOWN', `${A}/media/far.example/RemoteMedia0000000000000`),
  del('of a user: two newest', '200', of('linus', '?limit=2'), { same: ['total'] }),
  del('of a user: all', '200', of('linus'), { same: ['total'] }),
  del('of a user: none left', '200', of('linus'), { same: ['total', 'deleted_media[]'] }),
  del('of one unknown', '404 M_NOT_FOUND', `${path`/_synapse/admin/v1/users/${'@nobody:glia.test'}`}/media`),
  postNothing('purge_media_cache: without before_ts', '400 M_MISSING_PARAM', `${A}/purge_media_cache`),
  postNothing('purge_media_cache: seconds', '400 M_INVALID_PARAM', `${A}/purge_media_cache?before_ts=1672531200`),
  postNothing('purge_media_cache: half', '200', ago('/purge_media_cache', 200), { same: ['deleted'] }),
  postNothing('purge_media_cache: the rest', '200', ago('/purge_media_cache', 0), { same: ['deleted'] }),
  get('… and the cache is empty', '404 M_NOT_FOUND', `${A}/media/far.example/RemoteMedia0000000000000`),
  post('sweep: before_ts in a form counts', '200', `${A}/media/delete`, 'before_ts=1000000000000'),
];

export const mediaCases: readonly Case[] = [...reads, ...guards, ...deletes].map(chapter('media'));
