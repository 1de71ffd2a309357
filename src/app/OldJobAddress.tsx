import { Navigate, useSearchParams } from 'react-router';
import { paths } from '~/lib/paths';

/** Addresses from before each job, and its undo, had a page of its own: `/join-rooms/report?job=…`. */
export function OldJobAddress({ to = paths.job }: { to?: (id: string) => string }) {
  const id = useSearchParams()[0].get('job');
  return <Navigate to={id === null ? paths.jobs() : to(id)} replace />;
}
