import type { Answer } from '../answer';
import { bad, MatrixError, notFound, ok } from '../answer';
import { schedule } from '../background';
import type { Call, Route } from '../call';
import { route } from '../call';
import { parseUserId } from '../ids';
import { assertParams } from '../params';
import type { Room, RoomEvent } from '../state';
import { redact } from './room-redact';

const STATUSES = new Set<string>(['scheduled', 'active', 'complete', 'failed', 'cancelled']);

/**
 * Oldest first, not paged. An unknown status is a 500 before 1.160 (`scheduled_tasks.py:53`), and 400 from then on; both filters may
 * then be repeated.
 */
function scheduledTasks({ server, query, state }: Call): Answer {
  const isNew = server.atLeast('1.160');
  const all = (name: string) => (isNew ? query.all(name) : query.all(name).slice(0, 1));
  const actions = all('action_name');
  const resource = query.text('resource_id');
  const statuses = query.has('status') ? all('status') : all('job_status');
  const until = query.integer('max_timestamp');
  if (!statuses.every((status) => STATUSES.has(status))) {
    throw isNew
      ? bad('Invalid task status', 'M_INVALID_PARAM')
      : new MatrixError(500, 'M_UNKNOWN', 'Internal server error');
  }
  const found = [...state.tasks.values()].filter(
    (task) =>
      (actions.length === 0 || actions.includes(task.action)) &&
      (resource === undefined || task.resource_id === resource) &&
      (statuses.length === 0 || statuses.includes(task.status)) &&
      (until === undefined || task.timestamp_ms <= until),
  );
  return ok({
    scheduled_tasks: found
      .toSorted((a, b) => a.timestamp_ms - b.timestamp_ms)
      .map(({ id, action, status, timestamp_ms, resource_id, result, error }) => ({
        id,
        action,
        status,
        timestamp_ms,
        resource_id,
        result,
        error,
      })),
  });
}

function setEnabled(call: Call): Answer {
  const enabled = call.json()['enabled'] ?? true;
  if (typeof enabled !== 'boolean') throw bad("'enabled' parameter must be a boolean");
  call.state.backgroundUpdates.enabled = enabled;
  return ok({ enabled });
}

function updateStatus({ state }: Call): Answer {
  const { enabled, current } = state.backgroundUpdates;
  const perMs = current && current.total_duration_ms > 0 ? current.total_item_count / current.total_duration_ms : null;
  return ok({ enabled, current_updates: current ? { master: { ...current, average_items_per_ms: perMs } } : {} });
}

/** Not idempotent: 400 while the job is in the queue. */
function startJob(call: Call): Answer {
  const body = call.json();
  assertParams(body, ['job_name']);
  const known = ['populate_stats_process_rooms', 'regenerate_directory'];
  if (call.server.atLeast('1.152')) known.push('event_resign');
  const job = String(body['job_name']);
  if (!known.includes(job)) throw bad('Invalid job_name');
  const updates = call.state.backgroundUpdates;
  if (updates.current?.name === job) throw bad(`Job ${job} is already in queue of background updates.`);
  updates.current = { name: job, total_item_count: 0, total_duration_ms: 0 };
  call.server.later(call.server.taskMs * 5, () => {
    if (updates.current?.name !== job) return;
    updates.current = null;
    if (job === 'populate_stats_process_rooms') for (const room of call.state.rooms.values()) room.in_stats = true;
  });
  return ok({});
}

/** §1.10: only messages, encrypted messages and joins; newest first, 1,000 a room unless said. */
function redactUser(call: Call): Answer {
  const name = call.part('user_id');
  const body = call.json();
  if (!Array.isArray(body['rooms'])) {
    throw bad(
      '1 validation error for PostBody\nrooms\n  Field required',
      'rooms' in body ? 'M_BAD_JSON' : 'M_MISSING_PARAM',
    );
  }
  parseUserId(name);
  const given = typeof body['limit'] === 'number' ? body['limit'] : 0;
  // 0 passes for none (`users.py:1558-1563`).
  if (given < 0) throw bad('If limit is provided it must be a non-negative integer greater than 0.');
  const limit = given === 0 ? 1000 : given;
  const dated = call.server.atLeast('1.157');
  const bound = (key: string, fallback: number): number =>
    dated && typeof body[key] === 'number' ? body[key] : fallback;
  const [before, after] = [bound('before_ts', Infinity), bound('after_ts', 0)];
  const mine = [...call.state.tasks.values()].filter(
    (task) => task.action === 'redact_all_events' && task.resource_id === name,
  );
  if (mine.some(({ status }) => status === 'active')) throw bad(`Redact already in progress for user ${name}`);
  const wanted = body['rooms'].map(String);
  const asUser = body['use_admin'] !== true;
  /** As seen on a running 1.163.2 (“Two traps in mass redaction”). */
  const whyNot = (room: Room, { type, origin_server_ts }: RoomEvent): string | null => {
    const isSuspended = call.state.users.get(name)?.suspended === true;
    if (isSuspended && asUser && Number.parseInt(room.version, 10) <= 10) return "'redacts'";
    const period = call.state.config.redaction_allowed_period;
    if (period === null || type !== 'm.room.message' || call.server.now() - origin_server_ts <= period) return null;
    return `403: Events older than ${period}ms cannot be redacted.`;
  };
  const task = schedule(call.server, 'redact_all_events', name, () => {
    const failed: Record<string, string> = {};
    const everywhere = [...call.state.rooms.values()].filter((room) =>
      /^(join|ban)$/.test(room.members.get(name)?.membership ?? ''),
    );
    const rooms = wanted.length === 0 ? everywhere.map(({ room_id }) => room_id) : wanted;
    for (const id of rooms) {
      const room = call.state.rooms.get(id);
      if (!room) throw new Error(`Could not find room version for ${id}`);
      const events = room.events.filter(
        ({ sender, type, origin_server_ts }) =>
          sender === name &&
          /^m\.room\.(message|encrypted|member)$/.test(type) &&
          origin_server_ts <= before &&
          origin_server_ts >= after,
      );
      for (const event of events.toReversed().slice(0, limit)) {
        const reason = whyNot(room, event);
        if (reason === null) redact(call.server, room, event, asUser ? name : call.requester.user.name);
        else failed[event.event_id] = reason;
      }
    }
    return { failed_redactions: failed };
  });
  return ok({ redact_id: task.id });
}

function redactStatus(call: Call): Answer {
  const task = call.state.tasks.get(call.part('redact_id'));
  if (task?.action !== 'redact_all_events') throw notFound(`redact id '${call.part('redact_id')}' not found`);
  if (task.status === 'complete') return ok({ status: 'complete', ...task.result });
  if (task.status === 'failed' || task.status === 'cancelled') return ok({ status: 'failed', error: task.error });
  return ok({ status: task.status });
}

const V1 = '/_synapse/admin/v1';

export const taskRoutes: readonly Route[] = [
  route(`${V1}/scheduled_tasks`, { GET: scheduledTasks }, { since: '1.130' }),
  route(
    `${V1}/background_updates/enabled`,
    { GET: ({ state }) => ok({ enabled: state.backgroundUpdates.enabled }), POST: setEnabled },
    { since: '1.47' },
  ),
  route(`${V1}/background_updates/status`, { GET: updateStatus }, { since: '1.47' }),
  route(`${V1}/background_updates/start_job`, { POST: startJob }, { since: '1.48' }),
  route(`${V1}/user/redact_status/{redact_id}`, { GET: redactStatus }, { since: '1.116' }),
  route(`${V1}/user/{user_id}/redact`, { POST: redactUser }, { since: '1.116', open: true }),
];
