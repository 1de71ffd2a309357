import type { Answer } from '../answer';
import { bad, MatrixError, notFound, ok } from '../answer';
import type { Call, Route } from '../call';
import { route } from '../call';
import { parseUserId } from '../ids';
import { assertParams } from '../params';
import { URL_SAFE } from '../random';

function send(call: Call): Answer {
  const body = call.json();
  assertParams(body, ['user_id', 'content']);
  if (!call.state.config.server_notices) throw bad('Server notices are not enabled on this server');
  const target = String(body['user_id']);
  parseUserId(target);
  if (!call.server.isMine(target)) throw bad('Server notices can only be sent to local users');
  if (!call.state.users.has(target)) throw notFound('User not found');
  call.state.notices.push({
    user_id: target,
    content: body['content'],
    type: typeof body['type'] === 'string' ? body['type'] : 'm.room.message',
    state_key: typeof body['state_key'] === 'string' ? body['state_key'] : null,
  });
  return ok({ event_id: `$${call.server.random.text(43, URL_SAFE)}` });
}

/** Idempotent per path and device, in memory (§4). */
const answered = new WeakMap<object, Map<string, Answer>>();

function sendOnce(call: Call): Answer {
  // An assertion of Synapse: a token of MAS without the scope of a device has none (`rest/client/transactions.py:91-101`).
  if (call.server.mas && call.requester.device_id === null)
    throw new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
  const known = answered.get(call.state) ?? new Map<string, Answer>();
  answered.set(call.state, known);
  const key = `${call.requester.token} ${call.part('txn_id')}`;
  const before = known.get(key);
  if (before) return before;
  const answer = send(call);
  known.set(key, answer);
  return answer;
}

const V1 = '/_synapse/admin/v1/send_server_notice';

export const serverNoticeRoutes: readonly Route[] = [
  route(V1, { POST: send }),
  route(`${V1}/{txn_id}`, { PUT: sendOnce }),
];
