import type { Job, JobSnapshot } from './job';

/** Something is in flight, or about to be: leaving the page would cut it off. */
export function isActive({ state }: Pick<JobSnapshot, 'state'>): boolean {
  return state.phase === 'running' || state.phase === 'pausing' || state.phase === 'stopping';
}

/** Nothing more runs, unless the admin asks for a retry; or nothing can be told of it any more. */
export function isOver({ state }: Pick<JobSnapshot, 'state'>): boolean {
  return state.phase === 'finished' || state.phase === 'stopped' || state.phase === 'lost';
}

/** Resolves with the picture of a job that is over: at once where it is. */
export function whenOver({ getSnapshot, subscribe }: Pick<Job, 'getSnapshot' | 'subscribe'>): Promise<JobSnapshot> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const snapshot = getSnapshot();
      if (isOver(snapshot)) resolve(snapshot);
      return isOver(snapshot);
    };
    if (look()) return;
    const unsubscribe = subscribe(() => {
      if (look()) unsubscribe();
    });
  });
}
