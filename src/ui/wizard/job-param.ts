import { useParams, useSearchParams } from 'react-router';

/** Which job the URL names: a wizard may have run more than once. Null where it names none. */
export function useJobParam(): string | null {
  return useSearchParams()[0].get('job');
}

/** The same on the steps that show a job; null on those that make a plan, whatever the URL says. */
export function useShownJobParam(): string | null {
  const { step } = useParams();
  const id = useJobParam();
  return step === 'run' || step === 'report' ? id : null;
}

/** `/join-rooms/run?job=…` */
export function withJob(path: string, jobId: string): string {
  return `${path}?job=${encodeURIComponent(jobId)}`;
}
