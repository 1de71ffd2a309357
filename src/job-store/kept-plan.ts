import type { Json } from '~/jobs/job';
import { readKept } from './journal-db';
import { reviverOf } from './job-kinds';

/** The plan of a job as this browser's disk keeps it, its items ready to be used again. @throws where it is not there, or not whole */
export async function keptPlan(id: string): Promise<{ items: readonly unknown[]; plan: Json }> {
  const back = await readKept(id);
  if (!back) throw new Error('This browser does not keep the plan of this job.');
  const { kind, title, owner } = back.kept.snapshot;
  const revive = await reviverOf(kind);
  if (!revive) throw new Error(`This version of Glia does not know jobs of the kind “${kind}”.`);
  const { items } = await revive({ title, owner, plan: back.plan, items: back.items });
  return { items, plan: back.plan };
}
