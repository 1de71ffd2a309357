import { sameText, type Text } from '~/lib/text';
import type { Queue } from './queue';
import type { JobSnapshot, JobState } from './job';
import type { Journal, Recollection } from './journal';
import type { Ledger } from './ledger';
import type { Pace } from './pace';

/** A job as it is in its journal. */
export interface Restored {
  id: string;
  /** `restingState` of what was written last. */
  state: JobState;
  /** Epoch ms. */
  startedAt: number | null;
  endedAt: number | null;
  /** Until when the homeserver asked everyone to wait, epoch ms. */
  waitingUntil?: number | null;
  rows: Recollection;
}

export interface Keeping {
  /** Where it is written down as it goes. */
  journal?: Journal;
  /** What is in its journal: it waits where it was until `resume`. */
  restored?: Restored;
  /** The id to give it; a new one where none is said. */
  id?: string;
}

const WENT_AWAY = /*i18n*/ {
  id: 'job.went-away',
  message:
    'The page closed while the job ran. If you resume, Glia first finds out what happened to unknown items. Nothing that was done is repeated.',
};
const WENT_AWAY_STOPPED = /*i18n*/ {
  id: 'job.went-away-stopped',
  message:
    'The page closed after you stopped the job. If you resume, Glia only cleans up after it and starts no more items. You can verify unknown items.',
};

/** How a job rests whose page went away in this state. */
export function restingState(state: JobState): JobState {
  switch (state.phase) {
    case 'finished':
    case 'stopped':
    case 'paused':
    case 'lost':
      return state;
    case 'ready':
    case 'running':
    case 'pausing':
    case 'stopping':
      return {
        phase: 'paused',
        why: 'asked',
        reason: WENT_AWAY,
      };
  }
}

/** The same by its journal, which knows whether it was stopped: then there is nothing else to resume. */
export function restsAs({ state, rows }: Restored): JobState {
  const wentAway = state.phase === 'paused' && sameText(state.reason, WENT_AWAY);
  return wentAway && rows.isStopped ? { ...state, reason: WENT_AWAY_STOPPED } : state;
}

/** The snapshot of a job whose page went away: what was in flight is unknown. */
export function restingSnapshot(snapshot: JobSnapshot): JobSnapshot {
  const { counts, state } = snapshot;
  return {
    ...snapshot,
    state: restingState(state),
    counts: { ...counts, running: 0, unknown: counts.unknown + counts.running },
    ratePerSecond: null,
    remainingMs: null,
  };
}

/** What a journal that was lost leaves behind: how far the job was known then. @param at epoch ms */
export function lostSnapshot(snapshot: JobSnapshot, at: number, reason: Text): JobSnapshot {
  return { ...restingSnapshot(snapshot), state: { phase: 'lost', at, reason }, kept: { ok: false, reason } };
}

export function putBackRows({ rows, state, waitingUntil }: Restored, ledger: Ledger, queue: Queue, pace: Pace): void {
  pace.waitUntil(waitingUntil ?? null);
  for (let index = 0; index < ledger.size; index += 1) {
    const row = rows.row(index);
    // Older versions left out what had a request without an answer, as if it had never run.
    const isOpen = row.leftOut && row.unanswered;
    if (row.leftOut && !isOpen) queue.leaveOut(index);
    ledger.restore(index, isOpen ? { ...row, status: 'unknown' } : row);
  }
  // Stopped, and cut off before the closing was answered: that looks before it changes anything, so it simply runs again.
  if (rows.isStopped && state.phase === 'paused') queue.queueClosing();
}
