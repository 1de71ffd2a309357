import type { UserKey } from '../alike.ts';
import { path } from '../client.ts';
import { chapter, get, kept, post, postNothing } from './case.ts';
import type { Case, Scene } from './case.ts';

const v1 = (localpart: string, rest: string): string =>
  path`/_synapse/admin/v1/users/${`@${localpart}:glia.test`}` + rest;
const id = ({ world }: Scene, key: UserKey): string => world.users[key].userId;
const ofGrace = (scene: Scene): string => `resource_id=${encodeURIComponent(id(scene, 'grace'))}`;
const LOGOUT = '/_matrix/client/v3/logout';
/** With the token that an answer before held. */
const endsToken = (title: string, says: string): Case => ({
  title,
  says,
  ask: (scene) => ({ method: 'POST', path: LOGOUT, as: kept(scene, 'asToken'), json: {} }),
});

const redactMore: Case[] = [
  get(
    'redact: the tasks of this user',
    '200',
    (scene) => `/_synapse/admin/v1/scheduled_tasks?action_name=redact_all_events&${ofGrace(scene)}`,
    { same: ['scheduled_tasks[].status'] },
  ),
  post(
    'redact: in a room that is nowhere',
    '200',
    (scene) => path`/_synapse/admin/v1/user/${id(scene, 'grace')}/redact`,
    { rooms: ['!nowhere:glia.test'], reason: 'Spam', limit: 5 },
    { keep: { nowhereId: 'redact_id' } },
  ),
  get(
    'redact: fails there as a whole',
    '200',
    (scene) => path`/_synapse/admin/v1/user/redact_status/${kept(scene, 'nowhereId')}`,
    { until: (_, body) => JSON.stringify(body).includes('failed'), same: ['status'] },
  ),
];

const signingInAs: Case[] = [
  post(
    'signing in as somebody',
    '200',
    v1('crowd-17', '/login'),
    { valid_until_ms: 4_102_444_800_000 },
    { keep: { asToken: 'access_token' } },
  ),
  post('signing in as somebody until nonsense', '400 M_UNKNOWN', v1('crowd-17', '/login'), { valid_until_ms: 'soon' }),
  post(
    'signing in as oneself',
    '400 M_UNKNOWN',
    ({ world }) => path`/_synapse/admin/v1/users/${world.adminId}/login`,
    {},
  ),
  endsToken('… that one is ended by its own token', '200'),
  endsToken('… and is known no more', '401 M_UNKNOWN_TOKEN'),
];

const allFiles: Case[] = [
  postNothing(
    'quarantining all files of one who has none',
    '200',
    path`/_synapse/admin/v1/user/${'@crowd-17:glia.test'}/media/quarantine`,
    { same: ['num_quarantined'] },
  ),
];

/** After the chapter that redacts what grace sent. */
export const accessCases: readonly Case[] = [...redactMore, ...signingInAs, ...allFiles].map(chapter('access'));
