import type { Environment } from './environment';
import { eachInSlices } from './in-slices';
import type { Job, JobSnapshot, JobSpec, LedgerRow } from './job';
import { Recollection, type KeptEntry } from './journal';
import { Ledger } from './ledger';
import { whenOver } from './phase';
import { Publisher } from './publisher';
import { ItemIndex } from './item-index';

export const COMMANDS = ['pause', 'resume', 'stop', 'retryFailed', 'verifyUnknown', 'lookAgain'] as const;
/** What an admin asks of a job. */
export type Command = (typeof COMMANDS)[number];

/** What was written to a journal since it was read last, in order. */
export interface News {
  batches: AsyncIterable<readonly KeptEntry[]>;
  /** It is the whole journal, since that was written anew. */
  isWhole: boolean;
}

/** A job that another page runs, seen through its journal: its rows are those that are written down. */
export interface Mirror extends Job {
  /**
   * In slices; the next news are taken only when it resolves.
   * @param snapshot that goes with them, asked for when all is read
   */
  take(news: News, snapshot: () => JobSnapshot): Promise<void>;
}

/**
 * @param ask hands a command to whoever runs the job
 * @param snapshot as it was written last
 * @param rows what is in the journal so far; the rest is read from here on
 */
export function createMirror<Item>(
  spec: JobSpec<Item>,
  environment: Environment,
  { snapshot: first, rows, ask }: { snapshot: JobSnapshot; rows: Recollection; ask(command: Command): void },
): Mirror {
  const itemIndex = new ItemIndex(spec);
  const ledger = new Ledger(itemIndex.size);
  let known = rows;
  let snapshot = first;
  const publisher = new Publisher(
    environment,
    // Counts are the runner's; the version is that of the rows shown here.
    () => ({ ...snapshot, version: ledger.version }),
    () => false,
  );
  for (let index = 0; index < ledger.size; index += 1) ledger.restore(index, shown(known, index));
  publisher.flush();
  return {
    id: snapshot.id,
    subscribe: publisher.subscribe,
    getSnapshot: publisher.getSnapshot,
    columns: () => itemIndex.columns,
    row: (index): LedgerRow => ({ index, ...itemIndex.describe(index), ...ledger.facts(index) }),
    indexes: (statuses) => ledger.indexes(statuses),
    async take({ batches, isWhole }, next) {
      if (isWhole) known = new Recollection(ledger.size);
      const touched = new Set<number>();
      for await (const entries of batches) {
        known.read(entries);
        for (const entry of entries) {
          if (entry[0] !== 'stop' && entry[0] !== 'text' && entry[1] < ledger.size) touched.add(entry[1]);
        }
      }
      const latest = next();
      // Where its runner is gone, what was in flight is unknown, whatever its row says.
      const changed = isWhole || !latest.elsewhere ? everyIndex(ledger.size) : touched;
      const row = (index: number) => (latest.elsewhere ? shown(known, index) : known.row(index));
      await eachInSlices(changed, (index) => ledger.restore(index, row(index)), environment);
      snapshot = latest;
      publisher.flush();
    },
    // It was started long ago.
    start: () => undefined,
    pause: () => ask('pause'),
    resume: () => ask('resume'),
    stop: () => ask('stop'),
    retryFailed: () => ask('retryFailed'),
    verifyUnknown: () => ask('verifyUnknown'),
    lookAgain: () => ask('lookAgain'),
    settled: () => whenOver(publisher),
  };
}

function* everyIndex(size: number): Generator<number> {
  for (let index = 0; index < size; index += 1) yield index;
}

/** What was marked as about to be sent is not unknown while its runner lives: it waits, or is in flight. */
function shown(rows: Recollection, index: number) {
  const row = rows.row(index);
  return row.cutOff ? { ...row, status: 'waiting' as const, reason: '', cutOff: false } : row;
}
