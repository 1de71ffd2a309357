import * as z from 'zod/mini';
import { changeAsk, lookAsk, type Ask } from './ask';
import { path, request, type Homeserver } from './request';
import { rowsOf, type Rows } from './rows';

/**
 * What the homeserver does in the background: updates of its database (`synapse/rest/admin/background_updates.py`) and tasks that it
 * runs later or for long (`scheduled_tasks.py`). All throw HomeserverError.
 */

const updateSchema = z.object({
  name: z.string(),
  total_item_count: z.number(),
  total_duration_ms: z.number(),
  average_items_per_ms: z.nullish(z.number()),
});
export type BackgroundUpdate = z.output<typeof updateSchema>;

const statusSchema = z.object({
  enabled: z.boolean(),
  /** By the name of the database: there may be more than one. */
  current_updates: z.record(z.string(), updateSchema),
});
export type BackgroundStatus = z.output<typeof statusSchema>;

/** Whether updates may run, and which runs now in each database. */
export function backgroundStatus(hs: Homeserver, signal?: AbortSignal): Promise<BackgroundStatus> {
  return request(hs, {
    path: path`/_synapse/admin/v1/background_updates/status`,
    feature: 'background-updates',
    schema: statusSchema,
    signal,
  });
}

const taskSchema = z.object({
  id: z.string(),
  action: z.string(),
  status: z.string(),
  timestamp_ms: z.number(),
  resource_id: z.nullish(z.string()),
  result: z.nullish(z.unknown()),
  error: z.nullish(z.string()),
});
export type ScheduledTask = z.output<typeof taskSchema>;

export const TASK_STATUSES = ['scheduled', 'active', 'complete', 'failed', 'cancelled'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** All of them in one answer, the oldest first. Those that ended are kept for a week. @param status only these; an unknown one is an error */
export async function scheduledTasks(
  hs: Homeserver,
  signal?: AbortSignal,
  status?: TaskStatus,
): Promise<Rows<ScheduledTask>> {
  const answer = await request(hs, {
    path: path`/_synapse/admin/v1/scheduled_tasks`,
    feature: 'scheduled-tasks',
    query: { status },
    schema: z.object({ scheduled_tasks: rowsOf(taskSchema) }),
    signal,
  });
  return answer.scheduled_tasks;
}

const enabledSchema = z.object({ enabled: z.boolean() });
export type UpdatesEnabled = z.output<typeof enabledSchema>;

/** Looks and changes as data: what actions send. */
export const lookAtUpdatesEnabled = (): Ask<UpdatesEnabled> =>
  lookAsk(path`/_synapse/admin/v1/background_updates/enabled`, enabledSchema, undefined, 'background-updates');

/** It holds until the homeserver restarts. */
export const enableUpdates = (enabled: boolean): Ask<null> =>
  changeAsk(
    {
      method: 'POST',
      path: path`/_synapse/admin/v1/background_updates/enabled`,
      body: { enabled },
      feature: 'background-updates',
    },
    { exactly: { enabled } },
  );

export interface UpdateJob {
  /** It runs now. One that waits for another is not shown. */
  readonly started: boolean;
}

export const lookAtUpdateJob = (job: string): Ask<UpdateJob> => {
  const { request: asked } = lookAsk(
    path`/_synapse/admin/v1/background_updates/status`,
    statusSchema,
    undefined,
    'background-updates',
  );
  return {
    request: asked,
    read(body) {
      const { current_updates: running } = body as BackgroundStatus;
      return { started: Object.values(running).some(({ name }) => name === job) };
    },
  };
};

/** 400 while such a job is waiting or running. */
export const startUpdateJob = (job_name: string): Ask<null> =>
  changeAsk(
    {
      method: 'POST',
      path: path`/_synapse/admin/v1/background_updates/start_job`,
      body: { job_name },
      feature: 'background-updates',
    },
    { exactly: {} },
  );
