import { chapter, del, get, post, postNothing, put } from './case.ts';
import type { Case } from './case.ts';

/** What is about the homeserver as a whole. The one that is compared talks to no other server. */

const A = '/_synapse/admin/v1';
const DESTINATIONS = `${A}/federation/destinations`;

const LIMITS = { same: ['token', 'uses_allowed', 'expiry_time', 'pending', 'completed'] } as const;

const federation: Case[] = [
  ...['destination', 'retry_last_ts', 'retry_interval', 'failure_ts', 'last_successful_stream_ordering'].map((order) =>
    get(`destinations by ${order}`, '200', `${DESTINATIONS}?order_by=${order}&dir=b`, { same: ['total'] }),
  ),
  get('destinations by nonsense', '400 M_INVALID_PARAM', `${DESTINATIONS}?order_by=nonsense`),
  get('destinations: dir nonsense', '400 M_INVALID_PARAM', `${DESTINATIONS}?dir=nonsense`),
  get('destinations: negative limit', '400 M_INVALID_PARAM', `${DESTINATIONS}?limit=-1`),
  get('destinations: a search', '200', `${DESTINATIONS}?destination=nowhere`, { same: ['total'] }),
  get('destinations: a search beyond ASCII', '400 M_UNKNOWN', `${DESTINATIONS}?destination=%C3%A9`),
  get('rooms of an unknown destination', '404 M_NOT_FOUND', `${DESTINATIONS}/far.example/rooms`),
  postNothing('retry an unknown destination', '404 M_NOT_FOUND', `${DESTINATIONS}/far.example/reset_connection`),
  post('retry one with a body', '404 M_NOT_FOUND', `${DESTINATIONS}/far.example/reset_connection`, {}),
];

const TOKENS = `${A}/registration_tokens`;

/** What Glia sends to make, change and delete one. */
const tokens: Case[] = [
  post(
    'token: made with its limits',
    '200',
    `${TOKENS}/new`,
    { token: 'glia-1', uses_allowed: 3, expiry_time: null },
    LIMITS,
  ),
  post('token: made again', '400 M_INVALID_PARAM', `${TOKENS}/new`, { token: 'glia-1' }),
  post('token: expired at once', '400 M_INVALID_PARAM', `${TOKENS}/new`, { token: 'glia-2', expiry_time: 1 }),
  get('tokens: all', '200', TOKENS, { same: ['registration_tokens[].token', 'registration_tokens[].uses_allowed'] }),
  put('token: other limits', '200', `${TOKENS}/glia-1`, { uses_allowed: null, expiry_time: 4_000_000_000_000 }, LIMITS),
  put('token: unknown', '404 M_NOT_FOUND', `${TOKENS}/glia-3`, { uses_allowed: 1 }),
  del('token: deleted', '200', `${TOKENS}/glia-1`),
  del('token: deleted again', '404 M_NOT_FOUND', `${TOKENS}/glia-1`),
];

const UPDATES = `${A}/background_updates`;

const background: Case[] = [
  post('updates: paused', '200', `${UPDATES}/enabled`, { enabled: false }, { same: ['enabled'] }),
  get('updates: … are paused', '200', `${UPDATES}/enabled`, { same: ['enabled'] }),
  post('updates: neither', '400 M_UNKNOWN', `${UPDATES}/enabled`, { enabled: 'no' }),
  post('updates: a job started', '200', `${UPDATES}/start_job`, { job_name: 'regenerate_directory' }),
  post('updates: a job started twice', '400 M_UNKNOWN', `${UPDATES}/start_job`, { job_name: 'regenerate_directory' }),
  post('updates: no job', '400 M_MISSING_PARAM', `${UPDATES}/start_job`, {}),
  post('updates: resumed', '200', `${UPDATES}/enabled`, { enabled: true }, { same: ['enabled'] }),
  get('tasks: of none', '200', `${A}/scheduled_tasks?resource_id=nothing`, { same: ['scheduled_tasks'] }),
  get('tasks: that failed', '200', `${A}/scheduled_tasks?status=failed`, { same: ['scheduled_tasks'] }),
  get('reports: the newest', '200', `${A}/event_reports?limit=1&dir=b`, { same: ['total'] }),
  get('tasks: in a state that there is none of', '400 M_INVALID_PARAM', `${A}/scheduled_tasks?status=nonsense`, {
    older: [['1.160', '500 M_UNKNOWN']],
  }),
];

export const serverCases: readonly Case[] = [...federation, ...tokens, ...background].map(chapter('server'));
