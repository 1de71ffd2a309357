import { Navigate, useSearchParams } from 'react-router';
import { paths } from '~/lib/paths';

/** Addresses of an undo from before it had one below its job: `/external-ids/undo/plan?job=…`. */
export function OldUndoAddress() {
  const id = useSearchParams()[0].get('job');
  return <Navigate to={id === null ? paths.jobs() : paths.undoJob(id)} replace />;
}

/** Addresses of runs and reports from before each job had a page of its own: `/join-rooms/report?job=…`. */
export function OldJobAddress() {
  const id = useSearchParams()[0].get('job');
  return <Navigate to={id === null ? paths.jobs() : paths.job(id)} replace />;
}
