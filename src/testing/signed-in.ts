import { jobs } from '~/jobs/registry';
import { createJob } from '~/jobs/runner';
import type { JobSpec, LedgerRow } from '~/jobs/job';
import { Hurry, seeItThrough } from './engine';
import { PlanDraft, type Making } from '~/job-store/plan-draft';
import { signIn, signOut, type Session } from '~/data/session';

/** Specs of what runs as somebody: signed in at a homeserver in hand, known only by what it tells of itself. */

export const BASE = 'https://demo.example';

interface Homeserver {
  adminToken: string;
  adminId: string;
  serverName: string;
  version: string;
  mas: boolean;
  /** The model of MAS, where one is in front. */
  masSide?: { readonly baseUrl: string } | null;
  log: { clear(): void };
  /** Where it broke, which is no fault of what is tried out. */
  crashes: readonly unknown[];
}

/** Signs in as its admin, with the token that it takes now if no other is named. */
export function signInTo(model: Omit<Homeserver, 'log' | 'crashes'>, token = model.adminToken): Session {
  return signInAt(BASE, model, token);
}

/** The same at a place of its own, for several at once. */
export function signInAt(
  baseUrl: string,
  model: Omit<Homeserver, 'log' | 'crashes'>,
  token = model.adminToken,
): Session {
  const { adminId, serverName, version, mas, masSide } = model;
  const homeserver = { baseUrl, token, ...(masSide && { mas: { baseUrl: masSide.baseUrl } }) };
  const session: Session = { homeserver, userId: adminId, serverName, version, mas, demo: false };
  signIn(session, 'page');
  return session;
}

/** The page goes away: nobody looks again at what ran in it. */
export function leavePage(): void {
  for (const { id } of jobs.list()) jobs.remove(id);
  signOut();
}

interface Events {
  onJump(ms: number): void;
  onPause(): void;
}

/**
 * A job from its first request to where nothing is left to know, by an admin who signs in again whenever it asks.
 * @param browse puts a browser in place that meets what it meets, and says when the clock jumps or the admin pauses
 * @returns its ledger
 */
export async function runToTheEnd<Item>(
  model: Homeserver,
  spec: JobSpec<Item>,
  browse: (events: Events) => void,
): Promise<LedgerRow[]> {
  const page = new Hurry();
  const job = createJob(spec, page);
  browse({ onJump: (ms) => (page.jumped += ms), onPause: () => job.pause() });
  signInTo(model);
  model.log.clear();
  job.start();
  await seeItThrough(job, () => void signInTo(model));
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
  return job.indexes([]).map((index) => job.row(index));
}

/** The plan that is made in the end. */
export function planMade<Plan>(begin: (making: Making<Plan>) => void): Promise<Plan> {
  const draft = new PlanDraft<object, Plan>({});
  return new Promise((resolve) => {
    draft.subscribe(() => {
      const { planned } = draft.get();
      if (planned !== null) resolve(planned);
    });
    draft.make(begin);
  });
}
