import { BOM, csvLine } from '~/lib/csv';
import { english, reasonAsJson } from '~/lib/english';
import { readText } from '~/lib/text';
import { isoTime } from '~/lib/times';
import { wordsOf } from '~/lib/words';
import { pageEnvironment, SLICE_MS, type Environment } from './environment';
import type { Columns, Job, Json, LedgerRow } from './job';
import { STATUS_TEXTS } from './status-texts';

/** Rows in one piece of text, unless they take longer than a slice. */
const STEP = 64;

/** Says what a row says in this report; the order of the columns is the job's. */
type Line = (row: LedgerRow) => string;

/** Downloads of a report: `report.csv`, `report.json`. Reads live, so a running job's report is as of now. */
export async function reportFile(job: Job, format: 'csv' | 'json', environment?: Environment): Promise<Blob> {
  const parts: Blob[] = [];
  for await (const part of format === 'csv' ? reportCsv(job, environment) : reportJson(job, environment)) {
    // Encoded part by part: a Blob of the strings would encode them all in one go, and hold the page for 100 ms.
    parts.push(new Blob([part]));
  }
  return new Blob(parts, { type: format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json' });
}

/** A row an item, with its outcome (promise 11): a plain table, since spreadsheets and scripts read it. The JSON holds the rest. */
export function reportCsv(job: Job, environment: Environment = pageEnvironment): AsyncIterable<string> {
  const columns = job.columns();
  const titles = ['id', ...columns, 'status', 'reason', 'before', 'attempts', 'time', 'unanswered request'];
  const line: Line = (row) =>
    csvLine([
      row.id,
      ...columns.map((name) => wordsOf(row.columns[name] ?? '')),
      wordsOf(STATUS_TEXTS[row.status]),
      wordsOf(row.reason),
      row.before === undefined && !row.parts ? '' : JSON.stringify(row.before ?? partsInEnglish(row.parts ?? [])),
      row.attempts,
      isoTime(row.endedAt),
      row.unanswered ? 'yes' : '',
    ]);
  return inParts(job, BOM + csvLine(titles), line, '', '', environment);
}

const inEnglish = (columns: Columns) =>
  Object.fromEntries(Object.entries(columns).map(([name, text]) => [name, english(text)]));

/** What each step did, with the state before it. */
export function partsInEnglish(part: Json): Json {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map((one: Json) => partsInEnglish(one));
  if ('id' in part && typeof part['message'] === 'string') return english(readText(part));
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, partsInEnglish(one)]));
}

const jsonLine: Line = ({ id, columns, status, reason, before, parts, attempts, endedAt, unanswered }) =>
  JSON.stringify({
    id,
    columns: inEnglish(columns),
    status,
    ...reasonAsJson(reason),
    before,
    steps: parts && partsInEnglish(parts),
    attempts,
    time: isoTime(endedAt),
    unanswered,
  });

/**
 * The same with who did it as whom, where, when, and the counts. `before` is missing where none was kept, `steps` where an item has
 * none, `unanswered` where each request got an answer.
 */
export function reportJson(job: Job, environment: Environment = pageEnvironment): AsyncIterable<string> {
  const snapshot = job.getSnapshot();
  const head = JSON.stringify({
    report: 'glia-job',
    version: 1,
    id: snapshot.id,
    kind: snapshot.kind,
    title: english(snapshot.title),
    homeserver: snapshot.owner.baseUrl,
    user: snapshot.owner.userId,
    state: 'reason' in snapshot.state ? { ...snapshot.state, ...reasonAsJson(snapshot.state.reason) } : snapshot.state,
    started: isoTime(snapshot.startedAt),
    ended: isoTime(snapshot.endedAt),
    written: isoTime(environment.now()),
    total: snapshot.total,
    counts: snapshot.counts,
    columns: job.columns(),
  });
  return inParts(job, `${head.slice(0, -1)},"items":[\n`, jsonLine, ',\n', '\n]}\n', environment);
}

/** A text in parts, with the page's turn between them: the text of 100,000 rows takes longer than a click may wait. */
async function* inParts(
  job: Job,
  head: string,
  line: Line,
  between: string,
  end: string,
  environment: Environment,
): AsyncGenerator<string> {
  let part = head;
  let sliceBegan = environment.tick();
  const { total } = job.getSnapshot();
  for (let index = 0; index < total; index += 1) {
    part += (index === 0 ? '' : between) + line(job.row(index));
    if (index % STEP === STEP - 1 && environment.tick() - sliceBegan > SLICE_MS) {
      yield part;
      part = '';
      await environment.yieldToPage();
      sliceBegan = environment.tick();
    }
  }
  yield part + end;
}
