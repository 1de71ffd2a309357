import { path } from '../client.ts';
import { chapter, del, get, kept, post } from './case.ts';
import type { Case, Options, Scene } from './case.ts';

/** What users report: a message of the lobby, and each other. */

const A = '/_synapse/admin/v1';
const EVENTS = `${A}/event_reports`;
const USERS = `${A}/user_reports`;
const ADA = '@ada:glia.test';

const inLobby = (rest: (scene: Scene) => string) => (scene: Scene) =>
  `${path`/_matrix/client/v3/rooms/${scene.world.rooms.lobby.roomId}`}${rest(scene)}`;
const oldest = (scene: Scene): string => path`/_synapse/admin/v1/event_reports/${kept(scene, 'oldestReport')}`;
const only = (scene: Scene): string => path`/_synapse/admin/v1/user_reports/${kept(scene, 'userReport')}`;
const report = inLobby((scene) => path`/report/${kept(scene, 'reportedEvent')}`);
const ofUser = (userId: string) => path`/_matrix/client/v3/users/${userId}/report`;
const MESSAGES = encodeURIComponent('{"types":["m.room.message"]}');
const BY_USER = { as: 'user' } as const;

const EVENT: Options = {
  same: [
    'event_reports[].user_id',
    'event_reports[].reason',
    'event_reports[].score',
    'event_reports[].sender',
    'event_reports[].name',
    'total',
    'next_token',
  ],
};
const USER: Options = {
  same: ['user_reports[].user_id', 'user_reports[].target_user_id', 'user_reports[].reason', 'total', 'next_token'],
};
const events: Case[] = [
  get(
    'a message to report',
    '200',
    ({ world }) => `${A}${path`/rooms/${world.rooms.lobby.roomId}/messages`}?dir=f&limit=1&filter=${MESSAGES}`,
    { keep: { reportedEvent: 'chunk[].event_id' } },
  ),
  post('a reason that is no text', '400 M_BAD_JSON', report, { reason: 5 }, { ...BY_USER, same: ['error'] }),
  post('a score that is no number', '400 M_BAD_JSON', report, { score: 'bad' }, { ...BY_USER, same: ['error'] }),
  post(
    'a message that is not there',
    '404 M_NOT_FOUND',
    inLobby(() => '/report/$nothing'),
    {},
    { ...BY_USER },
  ),
  post('a message', '200', report, { reason: 'spam', score: -100 }, BY_USER),
  post('the same message again', '200', report, { reason: 'scam' }),
  get('event_reports: the newest first', '200', EVENTS, EVENT),
  get('event_reports: the oldest first, one of them', '200', `${EVENTS}?dir=f&limit=1`, {
    ...EVENT,
    keep: { oldestReport: 'event_reports[].id' },
  }),
  get('event_reports: the second page', '200', `${EVENTS}?from=1&limit=1`, EVENT),
  get('event_reports: by who reported, in part', '200', `${EVENTS}?user_id=ada`, EVENT),
  get('event_reports: by a wildcard', '200', `${EVENTS}?user_id=a_a`, EVENT),
  get('event_reports: by nobody', '200', `${EVENTS}?user_id=nobody`, EVENT),
  get('event_reports: by an empty filter', '200', `${EVENTS}?user_id=&room_id=`, EVENT),
  get('event_reports: of another room', '200', `${EVENTS}?room_id=!nowhere`, EVENT),
  get('event_reports: of another sender', '200', `${EVENTS}?event_sender_user_id=@nobody:glia.test`, EVENT),
  get('event_reports: dir nonsense', '400 M_INVALID_PARAM', `${EVENTS}?dir=nonsense`),
  get('event_reports: negative from', '400 M_INVALID_PARAM', `${EVENTS}?from=-1`),
  get('event_reports: one', '200', oldest, {
    same: ['user_id', 'reason', 'event_json.type', 'event_json.sender'],
  }),
  del('event_reports: dismissed', '200', oldest),
  del('event_reports: dismissed again', '404 M_NOT_FOUND', oldest, { same: ['error'] }),
  del('event_reports: nonsense dismissed', '400 M_INVALID_PARAM', `${EVENTS}/x`),
  get('event_reports: what is left', '200', EVENTS, EVENT),
];

const users: Case[] = [
  post('a user', '200', ofUser('@admin:glia.test'), { reason: 'rude' }, BY_USER),
  post('a user without a reason', '400 M_MISSING_PARAM', ofUser('@admin:glia.test'), {}, BY_USER),
  post('a user who is not here', '200', ofUser('@nobody:glia.test'), { reason: 'rude' }, BY_USER),
  post('a user of another server', '200', ofUser('@far:far.example'), { reason: 'rude' }, BY_USER),
  get('user_reports: all', '200', USERS, { ...USER, keep: { userReport: 'user_reports[].id' } }),
  get('user_reports: by who reported, in part', '200', `${USERS}?user_id=ada`, USER),
  get('user_reports: of whom, in part', '200', `${USERS}?target_user_id=adm`, USER),
  get('user_reports: of another', '200', `${USERS}?target_user_id=${encodeURIComponent(ADA)}`, USER),
  get('user_reports: one', '200', only, { same: ['user_id', 'target_user_id', 'reason'] }),
  get('user_reports: nonsense', '400 M_INVALID_PARAM', `${USERS}/x`),
  del('user_reports: dismissed', '200', only),
  del('user_reports: dismissed again', '404 M_NOT_FOUND', only, { same: ['error'] }),
  get('room_reports', '404 M_UNRECOGNIZED', `${A}/room_reports`),
];

export const reportCases: readonly Case[] = [...events, ...users].map(chapter('reports'));
