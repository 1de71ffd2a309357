import { pageEnvironment } from './environment';
import type { Job, LedgerRow } from './job';

/** Rows read between two turns of the page. */
const STEP = 1000;

/** Every row of a ledger, in slices: 100,000 rows at once would hold the page. Ends early once `given` says so. */
export async function readRows(job: Job, take: (row: LedgerRow) => void, given?: AbortSignal): Promise<void> {
  const { total } = job.getSnapshot();
  for (let from = 0; from < total; from += STEP) {
    if (given?.aborted) return;
    for (let index = from; index < Math.min(total, from + STEP); index += 1) take(job.row(index));
    await pageEnvironment.yieldToPage();
  }
}
