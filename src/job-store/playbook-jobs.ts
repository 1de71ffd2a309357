import type { Playbook } from '~/actions/playbook';
import { playbookJob, type PlaybookPlan } from '~/actions/playbook-job';
import { playbookOf, revivePlaybook } from '~/actions/playbooks';
import type { Session } from '~/data/session';
import type { Job, JobSpec } from '~/jobs/job';
import { groundFor } from './action-jobs';
import type { Revive } from './job-kinds';
import { ownerOf, startJob } from './jobs';

/** Jobs of playbooks: begun, and brought back. */

/** @param confirmed the number that the admin confirmed */
export const startPlaybook = (playbook: Playbook, plan: PlaybookPlan, session: Session, confirmed: number): Job =>
  startJob(playbookJob(playbook, plan, groundFor(ownerOf(session))), confirmed);

/** Undefined where this Glia does not know the kind. */
export function reviverOfPlaybook(kind: string): Revive | undefined {
  if (!playbookOf(kind)) return undefined;
  return ({ owner, ...kept }) => Promise.resolve(revivePlaybook(kind, kept, groundFor(owner)) as JobSpec<unknown>);
}
