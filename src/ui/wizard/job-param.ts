import { useSearchParams } from 'react-router';

/** Which job the URL names: a wizard may have run more than once. Null where it names none. */
export function useJobParam(): string | null {
  return useSearchParams()[0].get('job');
}

/** `/join-rooms/run?job=…` */
export function withJob(path: string, jobId: string): string {
  return `${path}?job=${encodeURIComponent(jobId)}`;
}
