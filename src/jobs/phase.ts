import type { JobSnapshot } from './job';

/** Something is in flight, or about to be: leaving the page would cut it off. */
export function isActive({ state }: Pick<JobSnapshot, 'state'>): boolean {
  return state.phase === 'running' || state.phase === 'pausing' || state.phase === 'stopping';
}

/** Nothing more runs, unless the admin asks for a retry. */
export function isOver({ state }: Pick<JobSnapshot, 'state'>): boolean {
  return state.phase === 'finished' || state.phase === 'stopped';
}
