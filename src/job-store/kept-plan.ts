import type { Json } from '~/jobs/job';
import { withValues } from '~/lib/text';
import { TextError } from '~/lib/text-error';
import { readKept } from './journal-db';
import { reviverOf } from './job-kinds';
import { UNKNOWN_KIND } from './unreadable-job';

const NO_PLAN = /*i18n*/ { id: 'kept.no-plan', message: 'The plan of this job is not saved in this browser.' };

/** The plan of a job as this browser's disk keeps it, its items ready to be used again. @throws where it is not there, or not whole */
export async function keptPlan(id: string): Promise<{ items: readonly unknown[]; plan: Json }> {
  const back = await readKept(id);
  if (!back) throw new TextError(NO_PLAN);
  const { kind, title, owner } = back.kept.snapshot;
  const revive = await reviverOf(kind);
  if (!revive) throw new TextError(withValues(UNKNOWN_KIND, { kind }));
  const { items } = await revive({ title, owner, plan: back.plan, items: back.items });
  return { items, plan: back.plan };
}
