import * as z from 'zod/mini';
import type { JobSpec, Json } from '~/jobs/job';
import { invariant } from '~/lib/invariant';
import { actionOf } from './all';
import { actionJob, type Ground } from './job';
import type { ActionItem } from './plan';

/** What `actionJob` keeps of a job. */
const keptPlan = z.object({
  input: z.json(),
  /** Missing in journals of older versions. */
  rule: z.optional(z.nullable(z.string())),
  undoes: z.nullable(z.object({ id: z.string(), title: z.string() })),
});
const more = z.object({ note: z.optional(z.json()) });
const keptItem = z.tuple([z.string(), z.json(), z.json(), z.json(), z.optional(more)]);

/** A job of an action as it was kept. @throws where another version of Glia kept it in another form */
export function reviveAction(
  kind: string,
  { plan, items }: { plan: Json; items: readonly Json[] },
  ground: Ground,
): JobSpec<ActionItem> {
  const action = actionOf(kind);
  invariant(action, `this Glia knows the action ${kind}`);
  const { input, rule, undoes } = z.parse(keptPlan, plan);
  const kept = items.map((item): ActionItem => {
    const [id, planned, goal, identity, rest] = z.parse(keptItem, item) as [string, Json, Json, Json, { note?: Json }?];
    return { id, planned, goal, identity, ...rest };
  });
  const facts = { items: kept, input, ...(rule != null && { rule }), ...(undoes && { undoes }) };
  return actionJob(action, facts, ground);
}
