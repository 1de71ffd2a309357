import { useQuery } from '@tanstack/react-query';
import { use, useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { whyNotAllowed } from '~/actions/restrictions';
import { HomeserverError } from '~/api/errors';
import { TextError, textOfError } from '~/lib/text-error';
import { sentences, withValues } from '~/lib/text';
import { HeldError } from '~/api/held';
import type { Homeserver } from '~/api/request';
import { NotRenewedError } from '~/api/token-keeper';
import type { Fault, Job, JobSnapshot, JobSpec } from '~/jobs/job';
import { pageEnvironment } from '~/jobs/environment';
import { newId } from '~/jobs/new-id';
import { isActive, whenResting } from '~/jobs/phase';
import { jobs } from '~/jobs/registry';
import { createJob } from '~/jobs/runner';
import { invariant } from '~/lib/invariant';
import { storageQuota } from './journal-db';
import { beginJournal, deleteKeptJob, keptJobs, keptSnapshot, openHere, openKept, readKeptJobs } from './kept-jobs';
import { watchForLateOnes } from './late-looks';
import { atItsPace } from './own-pace';
import { withRequestLog } from './request-log';
import { expireSession, homeserverOf, useSessionState, type Owner } from '~/data/session';
import { askForStorage, readStoragePromise, storagePromise } from './storage-promise';

/** Where the engine meets the session. Jobs begin here, and outlive the screen, the page and the browser. */

/**
 * Begins a job that changes something, lists it, and keeps a journal of it where its kind says how.
 * @param confirmed the number that the admin confirmed: the number that runs (promise 2). `null` only where one item is not
 *   one thing, as in the server's own sweep.
 */
export function startJob<Item>(spec: JobSpec<Item>, confirmed: number | null): Job {
  invariant(
    confirmed === null || confirmed === spec.items.length,
    'the number that was confirmed is the number that runs',
  );
  const notAllowed = whyNotAllowed(spec.kind);
  if (notAllowed !== null) throw new TextError(notAllowed);
  if (spec.keep) void askForStorage();
  const id = newId(pageEnvironment.now());
  const job = createJob(withRequestLog(atItsPace(spec), id), pageEnvironment, {
    id,
    ...(spec.keep && { journal: beginJournal(id, spec) }),
  });
  jobs.add(job);
  job.start();
  return job;
}

/**
 * Begins a job that only reads, to make a plan: it is not listed and leaves no report. `stop()` cancels it, and what is in flight
 * with it: nothing that only reads has to be waited for.
 */
export function startScan<Item>(spec: Omit<JobSpec<Item>, 'scan'>): Job {
  const given = new AbortController();
  const job = createJob(
    atItsPace<JobSpec<Item>>({
      ...spec,
      scan: true,
      run: (item, context) => spec.run(item, { ...context, signal: AbortSignal.any([context.signal, given.signal]) }),
    }),
  );
  job.start();
  return {
    ...job,
    stop() {
      given.abort();
      job.stop();
    },
  };
}

/** A snapshot of the job, anew at most ten times a second. */
export function useJob(job: Job): JobSnapshot {
  return useSyncExternalStore(job.subscribe, job.getSnapshot);
}

/** Every job that this browser knows: of this tab, of other tabs, and those that ran before. Newest first; no scans. */
export function useAllJobs(): readonly JobSnapshot[] {
  const open = useSyncExternalStore(jobs.subscribe, jobs.getSnapshot);
  const { jobs: kept, elsewhere } = useSyncExternalStore(keptJobs.subscribe, keptJobs.get);
  useEffect(() => void readKeptJobs(), []);
  return useMemo(() => {
    const isOpen = new Set(open.map(({ id }) => id));
    const others = [...kept.values()].filter(({ id }) => !isOpen.has(id)).map((one) => keptSnapshot(one, elsewhere));
    return [...open, ...others].toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
  }, [open, kept, elsewhere]);
}

/** Those that the account that is signed in began, here or before. */
export function useJobs(): readonly JobSnapshot[] {
  const all = useAllJobs();
  const isMine = useIsMine();
  return useMemo(() => all.filter(isMine), [all, isMine]);
}

/** Tells of each job whether the account that is signed in began it. */
export function useIsMine(): (job: JobSnapshot) => boolean {
  const state = useSessionState();
  return useCallback(({ owner }) => state.status !== 'signed-out' && isSame(owner, ownerOf(state.session)), [state]);
}

/**
 * What the disk holds: about the bytes each job takes; what the browser gives, and whether it promised to keep it, where it
 * tells; why nothing can be kept.
 */
export function useKeptFacts() {
  const { jobs: kept, problem, isRead, readAt } = useSyncExternalStore(keptJobs.subscribe, keptJobs.get);
  const { data } = useQuery({ queryKey: ['storage'], queryFn: storageQuota });
  const promised = useSyncExternalStore(storagePromise.subscribe, storagePromise.get);
  useEffect(() => void readStoragePromise(), []);
  const sizes = useMemo(() => new Map([...kept.values()].map(({ id, size }) => [id, size])), [kept]);
  return { sizes, problem, isRead, readAt, promised, quota: data ?? null };
}

/** The job ended, but what it changed for its own run was not put back. */
export class UnclosedError extends TextError {
  override readonly name = 'UnclosedError';
}

/**
 * Ends it where it is, and forgets plan, ledger and before-states for good.
 * @param anyway also where what it changed for its own run is not put back: nobody will know any more what was there
 * @throws UnclosedError; or where another tab has it open, or the disk does not answer
 */
export async function deleteJob(id: string, anyway = false): Promise<void> {
  const job = jobs.get(id);
  if (!anyway) await endJob(id);
  // One that has only just begun may be on its way to the disk.
  if (keptJobs.get().jobs.has(id) || job?.getSnapshot().kept?.ok) await deleteKeptJob(id);
  else jobs.remove(id);
}

async function endJob(id: string): Promise<void> {
  const { jobs: kept, elsewhere } = keptJobs.get();
  const onDisk = kept.get(id);
  const snapshot = jobs.get(id)?.getSnapshot() ?? (onDisk && keptSnapshot(onDisk, elsewhere));
  // Another tab runs it: deleting says so.
  if (!snapshot || (snapshot.elsewhere && isActive(snapshot)) || !(isActive(snapshot) || snapshot.unclosed)) return;
  const { unclosed } = snapshot;
  try {
    if (unclosed) homeserverFor(snapshot.owner);
    const job = await openHere(id);
    job.stop();
    const { state, unclosed: still } = await whenResting(job);
    if (still) throw new TextError('reason' in state ? state.reason : job.row(job.getSnapshot().total - 1).reason);
  } catch (error) {
    if (!unclosed) throw error;
    throw new UnclosedError(sentences(unclosed.until, textOfError(error)), { cause: error });
  }
}

/** Asks a job, also one that another tab runs or that is only on disk. @throws what to tell where it can't be opened */
export async function askJob(id: string, command: 'pause' | 'resume'): Promise<void> {
  const job = jobs.get(id) ?? (await openKept(id));
  job[command]();
}

export function jobById(id: string): Job | undefined {
  return jobs.get(id);
}

/** The job that the URL names, of this account. Suspends while it is looked for on disk. */
export function useNamedJob(id: string | null): JobSnapshot | undefined {
  const named = useJobs().find((job) => job.id === id);
  if (!named && id !== null && !keptJobs.get().isRead) use(readKeptJobs());
  return named;
}

/**
 * The whole job. Suspends while it is read from disk.
 * @throws (to the error page) what to tell where it can't be read
 */
export function useOpened(job: JobSnapshot | undefined): Job | undefined {
  return job && (jobById(job.id) ?? use(openKept(job.id)));
}

export function ownerOf(session: { homeserver: Homeserver; userId: string }): Owner {
  return { baseUrl: session.homeserver.baseUrl, userId: session.userId };
}

/** Whether the account that began the job is the one that is signed in now: only then may it go on. */
export function useSignedInAs(owner: Owner): boolean {
  const state = useSessionState();
  return state.status === 'signed-in' && isSame(owner, ownerOf(state.session));
}

/** Nobody is signed in as who began the job. Nothing was sent. */
export class SignedOutError extends TextError {
  override readonly name = 'SignedOutError';
}

const NOT_SIGNED_IN = /*i18n*/ { id: 'job.not-signed-in', message: 'You are not signed in as {userId}.' } as const;

/** Today's token of the account that began the job. Ask before each request. @throws SignedOutError */
export function homeserverFor(owner: Owner): Homeserver {
  const hs = homeserverOf(owner);
  if (!hs) throw new SignedOutError(withValues(NOT_SIGNED_IN, owner));
  return hs;
}

/** What an error of the API layer means for a job. The homeserver's own 401 also opens sign-in over the page. */
export function classifyHomeserverError(error: unknown): Fault {
  const reason = textOfError(error);
  if (error instanceof SignedOutError || error instanceof HeldError) return { kind: 'signed-out', reason };
  if (error instanceof NotRenewedError) return { kind: 'busy', waitMs: null, reason };
  if (!(error instanceof HomeserverError)) return { kind: 'refused', reason };
  if (error.status === 429) return { kind: 'busy', waitMs: error.retryAfterMs ?? null, reason };
  if (error.signedOut) {
    expireSession(reason, error.sentAt, error.sentWith);
    return { kind: 'signed-out', reason };
  }
  if (error.notAdmin) return { kind: 'signed-out', reason };
  if (error.mayHaveHappened || gotNoAnswer(error)) return { kind: 'unanswered', reason };
  return { kind: 'refused', reason };
}

/**
 * Reading again is harmless, and helps where a connection broke, the homeserver stumbled, or something in front of it answered
 * instead: what that says (404, 401, a page with 200, the way to a sign-in of its own) is nobody's word about the item. Too large
 * (413) stays too large.
 */
function gotNoAnswer({ kind, status }: HomeserverError): boolean {
  if (kind === 'http') return status !== 413;
  if (kind === 'network' || kind === 'timeout' || kind === 'aborted' || kind === 'redirect') return true;
  return status !== undefined && status >= 500;
}

const isSame = (one: Owner, other: Owner) => one.baseUrl === other.baseUrl && one.userId === other.userId;

/** Closing the tab would cut off what it runs, and lose the results of paused jobs that are not on disk. */
export function warnsOnLeaving(list: readonly JobSnapshot[]): boolean {
  return list.some((job) => {
    if (job.elsewhere) return false;
    return isActive(job) || (job.state.phase === 'paused' && job.kept?.ok !== true);
  });
}

watchForLateOnes();

let warning = false;
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
jobs.subscribe(() => {
  const needed = warnsOnLeaving(jobs.getSnapshot());
  if (needed === warning || typeof window === 'undefined') return;
  warning = needed;
  // Only while needed: a page with such a listener is never kept in the browser's back-forward cache.
  if (needed) window.addEventListener('beforeunload', warn);
  else window.removeEventListener('beforeunload', warn);
});
