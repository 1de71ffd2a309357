import type { Queue } from './queue';
import type { JobSnapshot, JobSpec, JobState } from './job';
import type { LastLook } from './last-look';
import type { Ledger } from './ledger';
import type { Pace } from './pace';
import { isOver } from './phase';
import type { JournalWriter } from './journal-writer';

interface SnapshotSource {
  readonly id: string;
  readonly ledger: Ledger;
  readonly pace: Pace;
  readonly writer: JournalWriter;
}

interface Facts {
  spec: Pick<JobSpec<never>, 'kind' | 'title' | 'owner' | 'undoes' | 'scan' | 'closing'> & { verify?: unknown };
  state: JobState;
  startedAt: number | null;
  endedAt: number | null;
  ratePerSecond: number | null;
  concurrency: number;
  queue: Queue;
  lastLook: Pick<LastLook<never>, 'rows' | 'isLooking' | 'at'>;
}

/** What screens are shown of a job. */
export function snapshotOf(
  { id, ledger, pace, writer }: SnapshotSource,
  { spec, state, queue, ratePerSecond, lastLook, ...facts }: Facts,
): JobSnapshot {
  /** Items that still have to end. */
  const left = queue.size + pace.taken;
  return {
    id,
    kind: spec.kind,
    title: spec.title,
    owner: spec.owner,
    ...(spec.undoes !== undefined && { undoes: spec.undoes }),
    state,
    total: ledger.size,
    counts: ledger.counts(),
    startedAt: facts.startedAt,
    endedAt: facts.endedAt,
    ratePerSecond,
    remainingMs: ratePerSecond ? Math.round((left * 1000) / ratePerSecond) : null,
    waitingUntil: pace.waitingUntil,
    concurrency: facts.concurrency,
    canVerify: spec.verify !== undefined,
    scan: spec.scan ?? false,
    version: ledger.version,
    ...(pace.failures > 0 && { failures: pace.failures }),
    ...(spec.closing && queue.isUnclosed && { unclosed: spec.closing }),
    ...((state.phase === 'paused' || isOver({ state })) && unsettledOf(lastLook)),
    ...(writer.lost !== null && { kept: { ok: false, reason: writer.lost, ...(writer.isStale && { stale: true }) } }),
    ...(writer.isKeeping && { kept: { ok: true } }),
  };
}

function unsettledOf(look: Facts['lastLook']): Pick<JobSnapshot, 'unsettled'> {
  const count = look.rows().length;
  return count === 0 ? {} : { unsettled: { count, isLooking: look.isLooking, lookedAt: look.at } };
}
