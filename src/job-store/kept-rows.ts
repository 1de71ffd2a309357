import { pageEnvironment } from '~/jobs/environment';
import type { JobSnapshot, LedgerRow } from '~/jobs/job';
import { jobs } from '~/jobs/registry';
import { readRows } from '~/jobs/row-slices';
import { TextError } from '~/lib/text-error';
import { withValues } from '~/lib/text';
import { readKept } from './journal-db';
import { reviverOf } from './job-kinds';
import { GONE, UNKNOWN_KIND } from './unreadable-job';

/** Rows described between two turns of the page. */
const STEP = 1000;

/**
 * Every item of a job with how it ended, without opening the job: no tab holds it afterwards, and nothing of it runs.
 * @throws TextError where this browser doesn’t have it whole
 */
export async function readRowsOf(
  { id, kind, title, owner }: JobSnapshot,
  take: (row: LedgerRow) => void,
  signal: AbortSignal,
) {
  const open = jobs.get(id);
  if (open) return readRows(open, take, signal);
  const back = await readKept(id);
  if (!back) throw new TextError(GONE);
  const revive = await reviverOf(kind);
  if (!revive) throw new TextError(withValues(UNKNOWN_KIND, { kind }));
  const { items, describe } = await revive({ title, owner, plan: back.plan, items: back.items });
  for (const [index, item] of items.entries()) {
    if (signal.aborted) return;
    const { status, reason, before, parts, attempts, endedAt, unanswered } = back.rows.row(index);
    const more = { ...(parts && { parts }), ...(unanswered && { unanswered }) };
    take({ index, ...describe(item), status, reason, before, attempts, endedAt, ...more });
    // oxlint-disable-next-line no-await-in-loop -- the page has its turn
    if (index % STEP === STEP - 1) await pageEnvironment.yieldToPage();
  }
}
