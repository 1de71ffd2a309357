import type { AnyAction } from '~/actions/action';
import { Secrets, type Held } from '~/actions/secrets';
import { isSame, sessionOf, stayWhile, watchSession, type Owner } from '~/data/session';
import type { Job } from '~/jobs/job';
import { jobs } from '~/jobs/registry';
import { createStore } from '~/lib/store';

/** The secrets of the jobs that this page runs: passwords that nobody has seen yet. In memory, until they are handed out. */

const ofJobs = createStore<ReadonlyMap<string, Secrets>>(new Map());

export const heldSecrets = { get: ofJobs.get, subscribe: ofJobs.subscribe };

/** For a job that is about to begin; null where its action has none. @param typed for the one item that has it */
export function makeSecrets(action: AnyAction, typed?: { id: string; value: string }): Secrets | null {
  return action.secret || action.hands ? new Secrets(action.secret, typed) : null;
}

export function holdSecrets(jobId: string, secrets: Secrets | null): void {
  if (secrets) ofJobs.set(new Map(ofJobs.get()).set(jobId, secrets));
}

/** Forgets those that were handed out or are not wanted. Those that the job makes later are kept. */
export function forgetSecrets(jobId: string, ids: readonly string[]): void {
  const secrets = ofJobs.get().get(jobId);
  if (!secrets) return;
  for (const id of ids) secrets.forget(id);
  ofJobs.set(new Map(ofJobs.get()));
}

// Whoever signs in next must not find them.
watchSession(() => {
  const left = [...ofJobs.get()].filter(([id, secrets]) => {
    const owner = ownerOfJob(id);
    const stays = owner !== undefined && sessionOf(owner) !== null;
    if (!stays) secrets.close();
    return stays;
  });
  if (left.length < ofJobs.get().size) ofJobs.set(new Map(left));
});

const ownerOfJob = (id: string): Owner | undefined => jobs.get(id)?.getSnapshot().owner;

/** Those of a job that are worth keeping, as of now. */
export const heldOf = (job: Job): Iterable<Held> => ofJobs.get().get(job.id)?.heldOf(job) ?? [];

/** How many that nobody has saved yet would be lost with these jobs. @param ids missing: with this page */
export function countHeld(ids: Iterable<string> = ofJobs.get().keys()): number {
  let count = 0;
  for (const id of ids) {
    const job = jobs.get(id);
    if (job) for (const _ of heldOf(job)) count += 1;
  }
  return count;
}

/** How many that nobody has saved yet would be lost by signing this account out. */
export const countHeldBy = (owner: Owner): number =>
  countHeld([...ofJobs.get().keys()].filter((id) => isOf(id, owner)));

const isOf = (jobId: string, owner: Owner): boolean => {
  const its = ownerOfJob(jobId);
  return its !== undefined && isSame(its, owner);
};

/** Whether closing the page, or signing out its account, would lose what nobody has seen yet. @param owner missing: of whichever account */
export function wouldLose(owner?: Owner): boolean {
  for (const id of ofJobs.get().keys()) {
    const job = jobs.get(id);
    if (job && (!owner || isOf(id, owner))) for (const _ of heldOf(job)) return true;
  }
  return false;
}

// Nobody is there to save them: they wait for whoever comes back.
stayWhile(wouldLose);

let warning = false;
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
function warnWhereNeeded(): void {
  const needed = wouldLose();
  if (needed === warning || typeof window === 'undefined') return;
  warning = needed;
  // Only while needed: a page with such a listener is never kept in the browser's back-forward cache.
  if (needed) window.addEventListener('beforeunload', warn);
  else window.removeEventListener('beforeunload', warn);
}
jobs.subscribe(() => {
  const left = [...ofJobs.get()].filter(([id]) => jobs.get(id));
  // The job was deleted, and its secrets with it.
  if (left.length < ofJobs.get().size) ofJobs.set(new Map(left));
  warnWhereNeeded();
});
ofJobs.subscribe(warnWhereNeeded);
