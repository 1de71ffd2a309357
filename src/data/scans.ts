import type { Job } from '~/jobs/job';
import { plural } from '~/lib/numbers';
import { isolatedWords } from '~/lib/shown-text';

/** Making a plan is a job that reads; what happens when it has read. */

/** Calls once when everything was read, though it may take retries. Never when the scan was given up. */
export function whenAllRead(job: Job, next: () => void): void {
  const unsubscribe = job.subscribe(() => {
    const { state, counts } = job.getSnapshot();
    if (state.phase === 'stopped') unsubscribe();
    if (state.phase !== 'finished' || counts.failed + counts.unknown > 0) return;
    unsubscribe();
    next();
  });
}

/** Reading that is under way, as a wizard keeps it. */
export interface Reading {
  job: Job;
  /** Makes the plan without what could not be read. */
  goOnWithout(): void;
  /** Gives up: nothing of it is told any more. */
  cancel(): void;
}

/** @param finish makes the plan of what was read: called once, or never where it was given up */
export function readingOf(job: Job, finish: () => void): Reading {
  let isOver = false;
  const once = () => {
    if (!isOver) finish();
    isOver = true;
  };
  whenAllRead(job, once);
  return {
    job,
    goOnWithout: once,
    cancel() {
      isOver = true;
      job.stop();
    },
  };
}

const SHOWN = 20;

/** What could not be read, in sentences to stand beside the plan that is made without it. */
export function unreadNotes(job: Job): string[] {
  const rows = job.indexes(['failed', 'unknown']);
  const notes = rows.slice(0, SHOWN).map((index) => {
    const { id, reason } = job.row(index);
    return `Could not be read, so not considered: ${isolatedWords(id)}. ${reason}`;
  });
  if (rows.length > SHOWN) notes.push(`${plural(rows.length - SHOWN, 'more thing')} could not be read.`);
  return notes;
}
