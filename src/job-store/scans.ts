import type { Job } from '~/jobs/job';
import { withValues, type Text } from '~/lib/text';

/** Making a plan is a job that reads; what happens when it has read. */

/** Reading that is under way, as a wizard keeps it. */
export interface Reading {
  readonly job: Job;
  /** Makes the plan without what could not be read. */
  goOnWithout(): void;
}

/**
 * Reading belongs to whoever asked for it: when they no longer want it, it is stopped, and nothing is reported any more.
 * @param next called once when everything was read, though it may take retries; or never, where it was cancelled
 * @param signal aborted when it is no longer wanted; it may be so already
 */
export function readingOf(job: Job, next: () => void, signal: AbortSignal): Reading {
  let isOver = false;
  const end = () => {
    isOver = true;
    unsubscribe();
    signal.removeEventListener('abort', cancel);
  };
  const cancel = () => {
    end();
    job.stop();
  };
  const goOn = () => {
    if (isOver) return;
    end();
    next();
  };
  const unsubscribe = job.subscribe(() => {
    const { state, counts } = job.getSnapshot();
    if (state.phase === 'finished' && counts.failed + counts.unknown === 0) goOn();
  });
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel);
  return { job, goOnWithout: goOn };
}

const SHOWN = 20;

const NOT_READ = /*i18n*/ {
  id: 'scan.not-read',
  message: 'Could not be read, so it is not in the plan: {what}. {reason}',
} as const;
const NOT_READ_EITHER = /*i18n*/ {
  id: 'scan.not-read-either',
  message: '{count, plural, one {# more item} other {# more items}} could not be read.',
} as const;

/** What could not be read, in sentences to stand beside the plan that is made without it. */
export function unreadNotes(job: Job): Text[] {
  const rows = job.indexes(['failed', 'unknown']);
  const notes: Text[] = rows.slice(0, SHOWN).map((index) => {
    const { id, reason } = job.row(index);
    return withValues(NOT_READ, { what: id, reason });
  });
  if (rows.length > SHOWN) notes.push(withValues(NOT_READ_EITHER, { count: rows.length - SHOWN }));
  return notes;
}
