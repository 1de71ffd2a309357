import type { Environment } from './environment';
import type { Job, JobSnapshot, JobSpec, LedgerRow } from './job';
import type { Entry, Recollection } from './journal';
import { Ledger } from './ledger';
import { whenOver } from './phase';
import { Publisher } from './publisher';
import { Roster } from './roster';

export const COMMANDS = ['pause', 'resume', 'stop', 'retryFailed', 'verifyUnknown'] as const;
/** What an admin asks of a job. */
export type Command = (typeof COMMANDS)[number];

/** A job that another page runs, seen through its journal: its rows are those that are written down. */
export interface Mirror extends Job {
  /** What was written since, in order, and the picture that came with it. */
  take(entries: readonly Entry[], snapshot: JobSnapshot): void;
}

/**
 * @param ask hands a command to whoever runs the job
 * @param snapshot as it was written last
 * @param rows what the journal tells so far; it is read on from here
 */
export function createMirror<Item>(
  spec: JobSpec<Item>,
  environment: Environment,
  { snapshot, rows, ask }: { snapshot: JobSnapshot; rows: Recollection; ask(command: Command): void },
): Mirror {
  const roster = new Roster(spec);
  const ledger = new Ledger(roster.size);
  let picture = snapshot;
  const publisher = new Publisher(
    environment,
    // Counts are the runner's; the version is that of the rows shown here.
    () => ({ ...picture, version: ledger.version }),
    () => false,
  );
  for (let index = 0; index < ledger.size; index += 1) ledger.restore(index, shown(rows, index));
  publisher.flush();
  return {
    id: snapshot.id,
    subscribe: publisher.subscribe,
    getSnapshot: publisher.getSnapshot,
    columns: () => roster.columns,
    row: (index): LedgerRow => ({ index, ...roster.describe(index), ...ledger.facts(index) }),
    indexes: (statuses) => ledger.indexes(statuses),
    take(entries, next) {
      rows.read(entries);
      if (next.elsewhere) {
        for (const entry of entries) {
          if (entry[0] !== 'stop' && entry[1] < ledger.size) ledger.restore(entry[1], shown(rows, entry[1]));
        }
      } else {
        // Its runner is gone: what was in flight is unknown.
        for (let index = 0; index < ledger.size; index += 1) ledger.restore(index, rows.row(index));
      }
      picture = next;
      publisher.flush();
    },
    // It was started long ago.
    start: () => undefined,
    pause: () => ask('pause'),
    resume: () => ask('resume'),
    stop: () => ask('stop'),
    retryFailed: () => ask('retryFailed'),
    verifyUnknown: () => ask('verifyUnknown'),
    settled: () => whenOver(publisher),
  };
}

/** What was marked as about to be sent is not unknown while its runner lives: it waits, or is in flight. */
function shown(rows: Recollection, index: number) {
  const row = rows.row(index);
  return row.cutOff ? { ...row, status: 'waiting' as const, reason: '' } : row;
}
