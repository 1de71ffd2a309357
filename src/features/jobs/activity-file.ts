import { readRowsOf } from '~/job-store/kept-rows';
import type { JobSnapshot, LedgerRow } from '~/jobs/job';
import { partsInEnglish } from '~/jobs/report';
import { BOM, csvLine } from '~/lib/csv';
import { english, reasonAsJson } from '~/lib/english';
import type { Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import { isoTime } from '~/lib/times';
import { wordsOf } from '~/lib/words';
import { kindWords } from './job-list';

/** Activity as a file: a line a job, or a line an item. Never a token: no job has one. */

export type Format = 'csv' | 'json';

const head = ({ id, kind, title, owner, state, total, counts, startedAt, endedAt, undoes }: JobSnapshot) => ({
  id,
  kind,
  title: english(title),
  user: owner.userId,
  homeserver: owner.baseUrl,
  state: state.phase,
  started: isoTime(startedAt),
  ended: isoTime(endedAt),
  items: total,
  counts,
  undoes: undoes ?? null,
});

const JOB_HEAD = ['id', 'kind', 'title', 'user', 'homeserver', 'state', 'started', 'ended', 'items'];
const COUNTS = ['done', 'skipped', 'failed', 'unknown', 'running', 'waiting'] as const;

/** A line a job. */
export function jobsFile(jobs: readonly JobSnapshot[], format: Format, now = Date.now()): Blob {
  if (format === 'json') {
    const list = { report: 'glia-activity', version: 1, written: isoTime(now), jobs: jobs.map(head) };
    return new Blob([`${JSON.stringify(list, null, 1)}\n`], { type: 'application/json' });
  }
  const lines = jobs.map((job) => {
    const { id, kind, owner, state, total, counts, startedAt, endedAt, undoes } = job;
    return csvLine([
      id,
      kindWords(kind),
      wordsOf(job.title),
      owner.userId,
      owner.baseUrl,
      state.phase,
      isoTime(startedAt),
      isoTime(endedAt),
      total,
      ...COUNTS.map((status) => counts[status]),
      undoes,
    ]);
  });
  const first = BOM + csvLine([...JOB_HEAD, ...COUNTS, 'undoes']);
  return new Blob([first, ...lines], { type: 'text/csv;charset=utf-8' });
}

export interface ItemsFile {
  readonly file: Blob;
  /** Jobs whose items are not in it, and why. */
  readonly unread: readonly { readonly job: JobSnapshot; readonly reason: Text }[];
}

const ITEM_HEAD = [
  'job',
  'title',
  'user',
  'homeserver',
  'id',
  'columns',
  'status',
  'reason',
  'before',
  'attempts',
  'time',
];

/**
 * A line an item: the ledger of one job after the other is read, and never all at once.
 * @param onRead called after each job, with how many were read
 */
export async function itemsFile(
  jobs: readonly JobSnapshot[],
  format: Format,
  signal: AbortSignal,
  onRead: (count: number) => void = () => undefined,
): Promise<ItemsFile> {
  const parts: Blob[] = [];
  const unread: { job: JobSnapshot; reason: Text }[] = [];
  const isJson = format === 'json';
  parts.push(new Blob([isJson ? '{"report":"glia-activity-items","version":1,"jobs":[\n' : BOM + csvLine(ITEM_HEAD)]));
  for (const [index, job] of jobs.entries()) {
    signal.throwIfAborted();
    let text = isJson && index > 0 ? ',\n' : '';
    const lines: string[] = [];
    let why: Text | null = null;
    try {
      // oxlint-disable-next-line no-await-in-loop -- ledger after ledger
      await readRowsOf(job, (row) => lines.push(isJson ? jsonLine(row) : itemLine(job, row)), signal);
    } catch (error) {
      why = textOfError(error);
      unread.push({ job, reason: why });
    }
    if (isJson) {
      const facts = JSON.stringify({ ...head(job), ...(why !== null && { unread: reasonAsJson(why) }) });
      // Half a ledger is none.
      text += `${facts.slice(0, -1)},"rows":${why === null ? `[\n${lines.join(',\n')}\n]` : 'null'}}`;
    } else if (why === null) text += lines.join('');
    parts.push(new Blob([text]));
    onRead(index + 1);
  }
  signal.throwIfAborted();
  if (isJson) parts.push(new Blob(['\n]}\n']));
  return { file: new Blob(parts, { type: isJson ? 'application/json' : 'text/csv;charset=utf-8' }), unread };
}

const jsonLine = ({ id, columns, status, reason, before, parts, attempts, endedAt, unanswered }: LedgerRow): string =>
  JSON.stringify({
    id,
    columns: Object.fromEntries(Object.entries(columns).map(([name, text]) => [name, english(text)])),
    status,
    ...reasonAsJson(reason),
    before,
    steps: parts && partsInEnglish(parts),
    attempts,
    time: isoTime(endedAt),
    unanswered,
  });

/** Each kind of job has columns of its own, so they stand in one cell. */
const itemLine = ({ id: job, title, owner }: JobSnapshot, row: LedgerRow): string =>
  csvLine([
    job,
    wordsOf(title),
    owner.userId,
    owner.baseUrl,
    row.id,
    Object.entries(row.columns)
      .map(([name, text]) => `${name}: ${wordsOf(text)}`)
      .join('\n'),
    row.status,
    wordsOf(row.reason),
    row.before === undefined && !row.parts ? '' : JSON.stringify(row.before ?? partsInEnglish(row.parts ?? [])),
    row.attempts,
    isoTime(row.endedAt),
  ]);
