import type { Job, JobSnapshot } from './job';

/** Something is in flight, or about to be: leaving the page would cut it off. */
export function isActive({ state }: Pick<JobSnapshot, 'state'>): boolean {
  return state.phase === 'running' || state.phase === 'pausing' || state.phase === 'stopping';
}

/** Nothing more runs unless the admin asks for a retry, or nothing more is known of it. */
export function isOver({ state }: Pick<JobSnapshot, 'state'>): boolean {
  return state.phase === 'finished' || state.phase === 'stopped' || state.phase === 'lost';
}

type Shown = Pick<Job, 'getSnapshot' | 'subscribe'>;

/** Resolves with the snapshot of a job that is over: at once where it is. */
export const whenOver = (job: Shown): Promise<JobSnapshot> => when(job, isOver);

/** The same, also where it rests because it has to ask. */
export const whenResting = (job: Shown): Promise<JobSnapshot> =>
  when(job, (snapshot) => isOver(snapshot) || snapshot.state.phase === 'paused');

function when({ getSnapshot, subscribe }: Shown, isThere: (snapshot: JobSnapshot) => boolean): Promise<JobSnapshot> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const snapshot = getSnapshot();
      if (isThere(snapshot)) resolve(snapshot);
      return isThere(snapshot);
    };
    if (look()) return;
    const unsubscribe = subscribe(() => {
      if (look()) unsubscribe();
    });
  });
}
