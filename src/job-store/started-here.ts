import type { JobSnapshot, Json } from '~/jobs/job';
import { jobs } from '~/jobs/registry';
import { readRows } from '~/jobs/row-slices';
import { readKeptRows } from './journal-db';

/** What of the homeserver's own work jobs of this browser started: by the ID of the task, which a row keeps. */

const KINDS = new Set(['room.delete', 'room.purge-history', 'user.redact']);
/** Synapse forgets a task a week after it ended; of older jobs none is there any more. */
const FORGOTTEN_MS = 9 * 86_400_000;
/** So many jobs are looked through, the newest first, and none with more items than this. */
const [JOBS, ITEMS] = [20, 5000];

/** @returns the job of each task, by the task's ID */
export async function startedHere(
  list: readonly JobSnapshot[],
  now: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const started = new Map<string, string>();
  const fitting = list.filter(
    ({ kind, total, startedAt }) => KINDS.has(kind) && total <= ITEMS && now - (startedAt ?? 0) < FORGOTTEN_MS,
  );
  for (const { id, total, kept } of fitting.slice(0, JOBS)) {
    signal.throwIfAborted();
    for (const before of await keptIn(id, total, kept?.ok === true, signal)) {
      const task = taskIn(before);
      if (task !== null) started.set(task, id);
    }
  }
  return started;
}

async function keptIn(
  id: string,
  total: number,
  isOnDisk: boolean,
  signal: AbortSignal,
): Promise<(Json | undefined)[]> {
  const open = jobs.get(id);
  if (open === undefined) {
    if (!isOnDisk) return [];
    const rows = await readKeptRows(
      id,
      total,
      Array.from({ length: total }, (_, index) => index),
    );
    return rows.map(({ before }) => before);
  }
  const found: (Json | undefined)[] = [];
  await readRows(open, ({ before }) => void found.push(before), signal);
  return found;
}

function taskIn(before: Json | undefined): string | null {
  if (typeof before !== 'object' || before === null || Array.isArray(before)) return null;
  const { task } = before as Readonly<Record<string, Json>>;
  return typeof task === 'string' ? task : null;
}
