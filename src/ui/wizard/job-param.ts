import { useSearchParams } from 'react-router';

/** Which job the URL of an undo names. Null where it names none. */
export function useJobParam(): string | null {
  return useSearchParams()[0].get('job');
}

/** `/join-rooms/undo/plan?job=…` */
export function withJob(path: string, jobId: string): string {
  return `${path}?job=${encodeURIComponent(jobId)}`;
}
