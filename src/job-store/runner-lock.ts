import { TextError } from '~/lib/text-error';

/**
 * One runner a job: a tab holds the job's Web Lock for as long as it has the job open, whether it runs or rests, unless it is
 * asked for one that rests. The browser gives the lock back when the tab is closed, crashes or is killed.
 */

const nameOf = (id: string) => `glia-job ${id}`;

const releases = new Map<string, () => void>();

/** Missing on pages that come over plain http. */
const manager = (): LockManager | undefined => ('locks' in navigator ? navigator.locks : undefined);

const NO_LOCKS = /*i18n*/ {
  id: 'kept.no-locks',
  message:
    'This page was loaded over plain http, where tabs can’t agree on which of them runs a job. Serve Glia over https to have jobs saved.',
};

/** @returns whether this tab holds it now; false: another tab does. @throws where the browser has no locks */
export function holdRunner(id: string): Promise<boolean> {
  if (releases.has(id)) return Promise.resolve(true);
  return hold(id, { ifAvailable: true });
}

/**
 * Waits for it behind those who asked before, so that nobody who asks later is quicker.
 * @returns whether this tab holds it now; false: nobody let go of it in time. @throws where the browser has no locks
 */
export async function awaitRunner(id: string, withinMs: number): Promise<boolean> {
  if (releases.has(id)) return true;
  const signal = AbortSignal.timeout(withinMs);
  return hold(id, { signal }).catch((error: unknown) => {
    if (signal.aborted) return false;
    throw error;
  });
}

function hold(id: string, options: LockOptions): Promise<boolean> {
  const locks = manager();
  if (!locks) return Promise.reject(new TextError(NO_LOCKS));
  return new Promise((resolve, reject) => {
    const held = locks.request(nameOf(id), options, (lock) => {
      resolve(lock !== null);
      // Held until this promise ends.
      return lock ? new Promise<void>((release) => releases.set(id, release)) : undefined;
    });
    held.catch(reject);
  });
}

/** Whether it is this tab that runs it. */
export const isRunner = (id: string): boolean => releases.has(id);

export function releaseRunner(id: string): void {
  releases.get(id)?.();
  releases.delete(id);
}

/** The jobs that some tab holds, this one included. */
export async function heldJobs(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await manager()?.query()) ?? {};
  const prefix = nameOf('');
  // Shared ones are those of tabs that wait for it (whenReleased).
  const runners = held.filter(({ mode, name }) => mode === 'exclusive' && name?.startsWith(prefix) === true);
  return new Set(runners.map(({ name = '' }) => name.slice(prefix.length)));
}

/** Calls back once when the tab that holds the job is gone, or lets it go. */
export function whenReleased(id: string, callback: () => void): void {
  // A shared lock is granted to all that wait as soon as nobody holds the exclusive one, and given back at once.
  void manager()?.request(nameOf(id), { mode: 'shared' }, callback);
}
