import type { Server } from './call';
import type { Task } from './state';
import { HEX } from './random';

/** `util/task_scheduler.py:104` */
const MAX_ACTIVE = 5;

/** A task that ends without success, and what it did until then. */
export class StepFailed extends Error {
  readonly result: Record<string, unknown>;

  constructor(message: string, result: Record<string, unknown>) {
    super(message);
    this.result = result;
  }
}

/** A new row of the task scheduler. It runs when its time has come, see `runTasks`. */
export function schedule(
  server: Server,
  action: string,
  resourceId: string | null,
  step: () => Record<string, unknown> | null,
): Task {
  const now = server.now();
  const task: Task = {
    id: server.random.text(16, HEX),
    action,
    status: 'scheduled',
    timestamp_ms: now,
    resource_id: resourceId,
    result: null,
    error: null,
    due: now + server.taskMs,
    step,
  };
  server.state.tasks.set(task.id, task);
  return task;
}

/** Brings the tasks to where they would be now: five active at most, each for `taskMs`, then complete or failed. */
export function runTasks(server: Server): void {
  const now = server.now();
  for (;;) {
    const pending = [...server.state.tasks.values()].filter((task) => task.step && task.due !== undefined);
    const active = pending.filter((task) => task.status === 'active');
    const waiting = active.length < MAX_ACTIVE ? pending.filter((task) => task.status === 'scheduled') : [];
    const dueNow = [...active, ...waiting].filter((task) => (task.due ?? 0) <= now);
    const task = dueNow.toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0))[0];
    if (!task) return;
    const at = task.due ?? now;
    task.timestamp_ms = at;
    if (task.status === 'scheduled') {
      task.status = 'active';
      task.due = at + server.taskMs;
      continue;
    }
    finish(task);
    for (const other of pending) if (other.status === 'scheduled') other.due = Math.max(other.due ?? at, at);
  }
}

function finish(task: Task): void {
  try {
    task.result = task.step?.() ?? null;
    task.status = 'complete';
  } catch (error) {
    task.status = 'failed';
    task.error = error instanceof Error ? error.message : String(error);
    if (error instanceof StepFailed) task.result = error.result;
  }
  delete task.step;
  delete task.due;
}
