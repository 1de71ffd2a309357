import { msg } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { actionOf } from '~/actions/all';
import { dayText, oneOf, readParams, searchText, writeParams } from '~/data/list-state';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { isReading } from '~/jobs/reading-kind';
import { endOfDay, startOfDay } from '~/lib/dates';
import { needlesOf } from '~/lib/needles';
import { wordsOf, type Words } from '~/lib/words';

/** What of the jobs is shown, as it stands in the URL. */

export const OUTCOMES = ['any', 'open', 'well', 'problems', 'stopped', 'lost'] as const;

const schema = z.object({
  search: z._default(searchText, ''),
  /** One kind, or all changes, or all readings. */
  kind: z._default(searchText, ''),
  outcome: z._default(oneOf(OUTCOMES, 'any'), 'any'),
  /** `any`, `mine`, `others`, or the ID of an account. */
  whose: z._default(searchText, 'any'),
  /** Days as `YYYY-MM-DD`, both included. */
  from: z._default(dayText, ''),
  to: z._default(dayText, ''),
  /** The ID of what was changed or read. */
  target: z._default(searchText, ''),
});

/** In the place of a kind. */
export const CHANGES = 'changes';
export const READINGS = 'readings';

export type JobList = z.output<typeof schema> & { readonly page: number };

export const USUAL: JobList = {
  search: '',
  kind: '',
  outcome: 'any',
  whose: 'any',
  from: '',
  to: '',
  target: '',
  page: 1,
};

export const jobList = {
  read: (params: URLSearchParams): JobList => ({ ...readParams(schema, params), page: 1 }),
  write: (state: JobList): URLSearchParams => writeParams({ ...state }, { ...USUAL }),
};

/** How many filters are set. */
export const filtersSet = ({ kind, outcome, whose, from, to, target }: JobList): number =>
  [kind !== '', outcome !== 'any', whose !== 'any', from !== '', to !== '', target !== ''].filter(Boolean).length;

/** All but the target: which items a job has is not in its snapshot. */
export function filterJobs(
  jobs: readonly JobSnapshot[],
  { search, kind, outcome, whose, from, to }: JobList,
  isMine: (job: JobSnapshot) => boolean,
): readonly JobSnapshot[] {
  const needles = search === '' ? [] : needlesOf(search);
  const since = startOfDay(from) ?? Number.NEGATIVE_INFINITY;
  const last = startOfDay(to);
  const until = last === null ? Number.POSITIVE_INFINITY : endOfDay(last);
  return jobs.filter((job) => {
    const at = job.startedAt ?? Date.now();
    return (
      at >= since &&
      at <= until &&
      isOfKind(job, kind) &&
      (outcome === 'any' || outcomeOf(job) === outcome) &&
      isOf(job, whose, isMine) &&
      (needles.length === 0 || needles.some((needle) => textOf(job).includes(needle)))
    );
  });
}

const textOf = (job: JobSnapshot): string => `${wordsOf(job.title)} ${kindWords(job.kind)} ${job.id}`.toLowerCase();

function isOfKind(job: JobSnapshot, kind: string): boolean {
  if (kind === '') return true;
  if (kind === CHANGES || kind === READINGS) return isReading(job) === (kind === READINGS);
  return job.kind === kind;
}

function isOf(job: JobSnapshot, whose: string, isMine: (job: JobSnapshot) => boolean): boolean {
  if (whose === 'mine' || whose === 'others') return isMine(job) === (whose === 'mine');
  return !whose.startsWith('@') || job.owner.userId === whose;
}

function outcomeOf(job: JobSnapshot): (typeof OUTCOMES)[number] {
  const { state, counts, unsettled } = job;
  if (!isOver(job)) return 'open';
  if (state.phase === 'lost') return 'lost';
  if (state.phase === 'stopped') return 'stopped';
  return counts.failed + counts.unknown > 0 || unsettled ? 'problems' : 'well';
}

const KINDS: Readonly<Record<string, Words>> = {
  'create-user': msg`Create user`,
  'import-users': msg`Import users`,
  'join-rooms': msg`Join users to rooms`,
  'join-rooms-undo': msg`Undo joins`,
  'delete-media': msg`Delete media by date`,
  'external-ids': msg`Remove external IDs`,
  'external-ids-undo': msg`Restore external IDs`,
  'read.messages': msg`Read messages in a room`,
  'read.messages-by': msg`Read messages of a user`,
  'read.file': msg`Open a file`,
  'read.files': msg`Download the files of a user`,
  'read.user-data': msg`Read the data of a user`,
  'console.sent': msg`Send a request from the console`,
};

/** What a kind of job is called. */
export const kindWords = (kind: string): string => wordsOf(KINDS[kind] ?? actionOf(kind)?.label ?? kind);
