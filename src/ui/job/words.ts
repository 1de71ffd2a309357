import type { ItemStatus, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { PAUSE_TEXTS, PHASE_TEXTS, STATUS_COUNTS, STATUS_TEXTS } from '~/jobs/status-texts';
import { duration, exact } from '~/lib/dates';
import { formatCount, plural } from '~/lib/numbers';
import { withValues } from '~/lib/text';
import { wordsOf } from '~/lib/words';

/** A job's state in words. */

export { isOver };

/** In the order in which they are shown: what has ended, then what has not. */
export const STATUSES = ['done', 'skipped', 'failed', 'unknown', 'running', 'waiting'] as const;

export const STATUS_DOTS: Readonly<Record<ItemStatus, string>> = {
  done: 'var(--mantine-color-teal-6)',
  skipped: 'var(--mantine-color-gray-5)',
  failed: 'var(--mantine-color-red-6)',
  unknown: 'var(--mantine-color-orange-5)',
  running: 'var(--mantine-color-cyan-5)',
  waiting: 'light-dark(var(--mantine-color-gray-3), var(--mantine-color-dark-3))',
};

/** How many have ended, one way or another. */
export function endedCount({ counts }: JobSnapshot): number {
  return counts.done + counts.skipped + counts.failed + counts.unknown;
}

/** 0 to 100, and 100 only when everything has ended. */
export function percent(snapshot: JobSnapshot): number {
  if (snapshot.total === 0) return 100;
  const ended = endedCount(snapshot);
  return ended === snapshot.total ? 100 : Math.min(99, Math.floor((100 * ended) / snapshot.total));
}

/** @param now epoch ms */
export function stateWords({ state, waitingUntil, concurrency, counts, unsettled }: JobSnapshot, now: number): string {
  switch (state.phase) {
    case 'ready':
      return 'Getting ready';
    case 'running':
      if (waitingUntil !== null && waitingUntil > now) {
        return `Waiting ${duration(waitingUntil - now)}: the homeserver asked to slow down`;
      }
      if (state.canary) return 'The first few run alone, to see that they succeed';
      return `Running, ${plural(concurrency, 'request')} in parallel`;
    case 'pausing':
      return 'Pausing: requests already sent will finish';
    case 'paused':
      return wordsOf(PAUSE_TEXTS[state.why]);
    case 'stopping':
      return 'Stopping: requests already sent will finish';
    case 'stopped':
      return `Stopped: ${plural(counts.waiting, 'item')} never ran${lateWords(unsettled)}`;
    case 'finished':
      return `${counts.failed + counts.unknown > 0 ? 'Finished, with problems' : 'Finished'}${lateWords(unsettled)}`;
    case 'lost':
      return `As it was at ${exact(state.at)}, when this browser lost its journal`;
  }
}

/** What is not for sure though the job is over. */
const lateWords = (unsettled: JobSnapshot['unsettled']): string =>
  unsettled ? `; ${plural(unsettled.count, 'item')} had a request without an answer` : '';

/** How far a job was known when its journal was lost, and who knows more; empty for every other job. */
export function lostWords({ state, counts: { done, skipped, failed }, total, elsewhere }: JobSnapshot): string {
  if (state.phase !== 'lost') return '';
  const known = `${formatCount(done + skipped + failed)} of ${plural(total, 'item')} had ended when this browser lost its journal, ${exact(state.at)}.`;
  return elsewhere
    ? `${known} What happened since, only the tab that runs it knows.`
    : `${known} What came after that, only its tab knew: a new plan says what is left to do.`;
}

export const statusWord = (status: ItemStatus): string => wordsOf(STATUS_TEXTS[status]);

/** What becomes of the job and its ledger when the tab is closed. */
export function keptWords({ kept, elsewhere, state }: JobSnapshot): string {
  if (state.phase === 'paused' && !elsewhere) {
    return kept?.ok
      ? 'Nothing is sent while it is paused. Plan and results are kept in this browser: you can close the tab and resume later, and nothing that was done is repeated.'
      : 'Nothing is sent while it is paused. The results live in this tab only: closing it loses them.';
  }
  if (elsewhere) return 'Another tab of this browser has this job. What you ask of it here is done there.';
  // Said beside the state: what is in flight ends first.
  if (state.phase !== 'running' && state.phase !== 'ready') return '';
  if (kept?.ok) {
    return 'It keeps running while you look at other pages of Glia. If you close the tab, it pauses: plan and results are kept in this browser, and resuming later repeats nothing that was done.';
  }
  return 'It keeps running while you look at other pages of Glia; the header shows it from anywhere. It needs this tab: closing it cuts off what was sent, and its results are lost.';
}

/** The dot beside a job's phase. */
export function phaseDot(job: JobSnapshot): string {
  if (job.state.phase === 'paused' || job.state.phase === 'lost') return STATUS_DOTS.unknown;
  if (!isOver(job)) return STATUS_DOTS.running;
  const well = job.counts.failed + job.counts.unknown === 0 && !job.unsettled && job.state.phase === 'finished';
  return well ? STATUS_DOTS.done : STATUS_DOTS.unknown;
}

/** One word for a tag. */
export const phaseWord = ({ state }: JobSnapshot): string => wordsOf(PHASE_TEXTS[state.phase]);

/** `1,204 done, 31 skipped, 7 failed`: without what is none, and without what nobody knows. */
export function countWords({ counts, state }: JobSnapshot): string {
  const words = STATUSES.filter(
    (status) => counts[status] > 0 && !(state.phase === 'lost' && status === 'waiting'),
  ).map((status) => wordsOf(withValues(STATUS_COUNTS[status], { count: counts[status] })));
  return words.length === 0 ? 'nothing to do' : words.join(', ');
}

/** `12 a second, about 3 min 20 s left`; empty until it can be said. */
export function paceWords({ ratePerSecond, remainingMs }: JobSnapshot): string {
  if (ratePerSecond === null) return '';
  const rate =
    ratePerSecond >= 1
      ? `${formatCount(Math.round(ratePerSecond))} a second`
      : `${formatCount(Math.max(1, Math.round(ratePerSecond * 60)))} a minute`;
  return remainingMs === null ? rate : `${rate}, about ${duration(remainingMs)} left`;
}
