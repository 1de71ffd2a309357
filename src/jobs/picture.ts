import type { JobSnapshot, JobSpec, JobState } from './job';
import type { Ledger } from './ledger';
import type { Scribe } from './scribe';

interface Facts {
  id: string;
  spec: Pick<JobSpec<never>, 'kind' | 'title' | 'href' | 'owner' | 'scan' | 'closing'> & { verify?: unknown };
  state: JobState;
  ledger: Ledger;
  startedAt: number | null;
  endedAt: number | null;
  ratePerSecond: number | null;
  /** Items that still have to end. */
  left: number;
  waitingUntil: number | null;
  concurrency: number;
  isUnclosed: boolean;
  scribe: Scribe;
}

/** What screens are shown of a job. */
export function pictureOf({ id, spec, state, ledger, left, ratePerSecond, scribe, ...facts }: Facts): JobSnapshot {
  return {
    id,
    kind: spec.kind,
    title: spec.title,
    href: spec.href,
    owner: spec.owner,
    state,
    total: ledger.size,
    counts: ledger.counts(),
    startedAt: facts.startedAt,
    endedAt: facts.endedAt,
    ratePerSecond,
    remainingMs: ratePerSecond ? Math.round((left * 1000) / ratePerSecond) : null,
    waitingUntil: facts.waitingUntil,
    concurrency: facts.concurrency,
    canVerify: spec.verify !== undefined,
    scan: spec.scan ?? false,
    version: ledger.version,
    ...(spec.closing && facts.isUnclosed && { unclosed: spec.closing }),
    ...(scribe.lost !== null && { kept: { ok: false, reason: scribe.lost, ...(scribe.isStale && { stale: true }) } }),
    ...(scribe.isKeeping && { kept: { ok: true } }),
  };
}
