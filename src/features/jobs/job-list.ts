import { msg } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { actionOf } from '~/actions/all';
import { oneOf, readParams, searchText, writeParams } from '~/data/list-state';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { needlesOf } from '~/lib/needles';
import { wordsOf, type Words } from '~/lib/words';

/** What of the jobs is shown, as it stands in the URL. */

export const OUTCOMES = ['any', 'open', 'well', 'problems', 'stopped', 'lost'] as const;
export const WHOSE = ['any', 'mine', 'others'] as const;

const schema = z.object({
  search: z._default(searchText, ''),
  kind: z._default(searchText, ''),
  outcome: z._default(oneOf(OUTCOMES, 'any'), 'any'),
  whose: z._default(oneOf(WHOSE, 'any'), 'any'),
});

export type JobList = z.output<typeof schema> & { readonly page: number };

const USUAL: JobList = { search: '', kind: '', outcome: 'any', whose: 'any', page: 1 };

export const jobList = {
  read: (params: URLSearchParams): JobList => ({ ...readParams(schema, params), page: 1 }),
  write: (state: JobList): URLSearchParams => writeParams({ ...state }, { ...USUAL }),
};

/** How many filters are set. */
export const filtersSet = ({ kind, outcome, whose }: JobList): number =>
  [kind !== '', outcome !== 'any', whose !== 'any'].filter(Boolean).length;

export function filterJobs(
  jobs: readonly JobSnapshot[],
  { search, kind, outcome, whose }: JobList,
  isMine: (job: JobSnapshot) => boolean,
): readonly JobSnapshot[] {
  const needles = search === '' ? [] : needlesOf(search);
  return jobs.filter((job) => {
    const text = `${wordsOf(job.title)} ${kindWords(job.kind)} ${job.id}`.toLowerCase();
    return (
      (needles.length === 0 || needles.some((needle) => text.includes(needle))) &&
      (kind === '' || job.kind === kind) &&
      (outcome === 'any' || outcomeOf(job) === outcome) &&
      (whose === 'any' || isMine(job) === (whose === 'mine'))
    );
  });
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
};

/** What a kind of job is called. */
export const kindWords = (kind: string): string => wordsOf(KINDS[kind] ?? actionOf(kind)?.label ?? kind);
