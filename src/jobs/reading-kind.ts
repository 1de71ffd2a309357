import type { JobSnapshot } from './job';

/** A reading that is worth a line in Activity: people’s messages, files or data. It is kept as a job that is over and changed nothing. */
export const isReading = ({ kind }: Pick<JobSnapshot, 'kind'>): boolean => kind.startsWith('read.');

/** One that only the tab that made it knows of. */
export const isUnsavedReading = (job: JobSnapshot | undefined): boolean =>
  job !== undefined && isReading(job) && job.kept?.ok === false;
