import { plural, t } from '@lingui/core/macro';
import type { ItemStatus, JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { isReading } from '~/jobs/reading-kind';
import { PAUSE_TEXTS, PHASE_TEXTS, STATUS_COUNTS, STATUS_TEXTS } from '~/jobs/status-texts';
import { duration, exact } from '~/lib/dates';
import { byLocale } from '~/lib/locale';
import { formatCount } from '~/lib/numbers';
import { withValues } from '~/lib/text';
import { wordsOf } from '~/lib/words';

/** A job's state in words. */

export { isOver, isReading };

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
export function stateWords(snapshot: JobSnapshot, now: number): string {
  const { unsettled } = snapshot;
  const state = phaseWords(snapshot, now);
  if (!isOver(snapshot) || snapshot.state.phase === 'lost' || !unsettled) return state;
  // A proxy may still deliver such a request: no ending denies it.
  const late = noAnswerWords(unsettled.count);
  return t`${state}. ${late}`;
}

function phaseWords(
  { state, waitingUntil, concurrency, counts: { waiting, failed, unknown } }: JobSnapshot,
  now: number,
): string {
  switch (state.phase) {
    case 'ready':
      return t`Starting`;
    case 'running': {
      if (waitingUntil !== null && waitingUntil > now) {
        const time = duration(waitingUntil - now);
        return t`Waiting ${time}: the homeserver asked Glia to slow down`;
      }
      if (state.canary) return t`Trying the first few items before the others`;
      return plural(concurrency, { one: 'Running, # request at a time', other: 'Running, # requests in parallel' });
    }
    case 'pausing':
      return t`Pausing: requests already sent will finish`;
    case 'paused':
      return wordsOf(PAUSE_TEXTS[state.why]);
    case 'stopping':
      return t`Stopping: requests already sent will finish`;
    case 'stopped':
      return plural(waiting, {
        0: 'Stopped',
        one: 'Stopped: # item was not started',
        other: 'Stopped: # items were not started',
      });
    case 'finished':
      return failed + unknown > 0 ? t`Finished with problems` : t`Finished`;
    case 'lost': {
      const time = exact(state.at);
      return t`As it was at ${time}, when this browser lost its record`;
    }
  }
}

/** What is not for sure though the job is over. */
export const noAnswerWords = (count: number): string =>
  plural(count, {
    one: '# item had a request without an answer',
    other: '# items had a request without an answer',
  });

/** How far a job was known when its record was lost, and who knows more; empty for every other job. */
export function lostWords({ state, counts: { done, skipped, failed }, total, elsewhere }: JobSnapshot): string {
  if (state.phase !== 'lost') return '';
  const known = formatCount(done + skipped + failed);
  const time = exact(state.at);
  return elsewhere
    ? t`${known} of ${plural(total, { one: '# item', other: '# items' })} had finished when the record was lost (${time}). Only the tab that runs the job knows what happened since.`
    : t`${known} of ${plural(total, { one: '# item', other: '# items' })} had finished when the record was lost (${time}). Make a new plan to see what is left to do.`;
}

export const statusWord = (status: ItemStatus): string => wordsOf(STATUS_TEXTS[status]);

/** What becomes of the job and its results when the tab is closed. */
export function keptWords({ kept, elsewhere, state }: JobSnapshot): string {
  if (state.phase === 'paused' && !elsewhere) {
    return kept?.ok
      ? t`Nothing is sent while the job is paused. The plan and the results are saved in this browser, so you can close the tab and resume later. Nothing is done twice.`
      : t`Nothing is sent while the job is paused. The results are in this tab only: closing it loses them.`;
  }
  if (elsewhere) return t`Another tab of this browser has this job. What you do here is passed on to that tab.`;
  // The state says already that requests already sent will finish.
  if (state.phase !== 'running' && state.phase !== 'ready') return '';
  return kept?.ok
    ? t`The job keeps running while you use other pages of Glia. If you close the tab, it pauses: the plan and the results are saved in this browser, and you can resume later. Nothing is done twice.`
    : t`The job keeps running while you use other pages of Glia, but it needs this tab. Closing the tab cuts off what was sent and loses the results.`;
}

/** The dot beside a job's phase. */
export function phaseDot(job: JobSnapshot): string {
  if (job.state.phase === 'paused' || job.state.phase === 'lost') return STATUS_DOTS.unknown;
  if (!isOver(job)) return STATUS_DOTS.running;
  const well = job.counts.failed + job.counts.unknown === 0 && !job.unsettled && job.state.phase === 'finished';
  return well ? STATUS_DOTS.done : STATUS_DOTS.unknown;
}

/** One word for a tag. */
export const phaseWord = (job: JobSnapshot): string =>
  isReading(job) ? t`Read` : wordsOf(PHASE_TEXTS[job.state.phase]);

const inARow = byLocale((tag) => new Intl.ListFormat(tag, { type: 'unit' }));

/** `1,204 done, 31 skipped, 7 failed`: without what is none, and without what nobody knows. */
export function countWords(job: JobSnapshot): string {
  if (isReading(job)) return t`read, nothing changed`;
  const { counts, state } = job;
  const words = STATUSES.filter(
    (status) => counts[status] > 0 && !(state.phase === 'lost' && status === 'waiting'),
  ).map((status) => wordsOf(withValues(STATUS_COUNTS[status], { count: counts[status] })));
  return words.length === 0 ? t`nothing to do` : inARow().format(words);
}

/** `12 a second, about 3 min 20 s left`; empty until it can be said. */
export function paceWords({ ratePerSecond, remainingMs }: JobSnapshot): string {
  if (ratePerSecond === null) return '';
  const rate = rateWords(ratePerSecond);
  if (remainingMs === null) return rate;
  const time = duration(remainingMs);
  return t`${rate}, about ${time} left`;
}

function rateWords(ratePerSecond: number): string {
  const count = formatCount(Math.max(1, Math.round(ratePerSecond >= 1 ? ratePerSecond : ratePerSecond * 60)));
  return ratePerSecond >= 1 ? t`${count} a second` : t`${count} a minute`;
}
