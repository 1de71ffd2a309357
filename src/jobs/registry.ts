import type { Job, JobSnapshot } from './job';
import { isActive } from './phase';

/** The jobs of this page: they outlive the screen that began them. Newest first. */
export interface Registry {
  /** A scan makes a plan and is not listed. Adding twice does nothing. */
  add(job: Job): void;
  /** The same, in the place of one with the same id. */
  put(job: Job): void;
  remove(id: string): void;
  get(id: string): Job | undefined;
  list(): readonly Job[];
  /** Jobs with something in flight, or about to be: leaving the page would cut them off. */
  running(): readonly Job[];
  /** As `Job`'s: safe to hand to `useSyncExternalStore`. */
  readonly subscribe: (listener: () => void) => () => void;
  /** A snapshot of each job; the same array until one of them changes. */
  readonly getSnapshot: () => readonly JobSnapshot[];
}

export function createRegistry(): Registry {
  let list: readonly Job[] = [];
  let snapshots: readonly JobSnapshot[] = [];
  const listeners = new Set<() => void>();
  const unsubscribes = new Map<string, () => void>();
  const changed = () => {
    snapshots = list.map((job) => job.getSnapshot());
    for (const listener of listeners) listener();
  };
  const take = (job: Job) => {
    unsubscribes.get(job.id)?.();
    unsubscribes.set(job.id, job.subscribe(changed));
    changed();
  };
  return {
    add(job) {
      if (job.getSnapshot().scan || list.includes(job)) return;
      list = [job, ...list];
      take(job);
    },
    put(job) {
      list = list.some(({ id }) => id === job.id) ? list.map((one) => (one.id === job.id ? job : one)) : [job, ...list];
      take(job);
    },
    remove(id) {
      unsubscribes.get(id)?.();
      unsubscribes.delete(id);
      list = list.filter((job) => job.id !== id);
      changed();
    },
    get: (id) => list.find((job) => job.id === id),
    list: () => list,
    running: () => list.filter((job) => isActive(job.getSnapshot())),
    subscribe(listener) {
      const call = () => listener();
      listeners.add(call);
      return () => {
        listeners.delete(call);
      };
    },
    getSnapshot: () => snapshots,
  };
}

export const jobs = createRegistry();
