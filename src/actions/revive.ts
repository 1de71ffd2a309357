import * as z from 'zod/mini';
import type { JobSpec, Json } from '~/jobs/job';
import { invariant } from '~/lib/invariant';
import { readText, type Text } from '~/lib/text';
import { actionOf } from './all';
import { actionJob, type Ground } from './job';
import { olderPlan } from './older';
import type { ActionItem } from './plan';

/** What `actionJob` keeps of a job. */
const keptPlan = z.object({
  input: z.json(),
  /** Missing in journals of older versions. */
  rule: z.optional(z.nullable(z.json())),
  undoes: z.nullable(z.object({ id: z.nullable(z.string()), title: z.json() })),
  /** Planned for MAS. */
  mas: z.optional(z.boolean()),
});
const keptItem = z.tuple([z.string(), z.json(), z.json(), z.json()], z.json());
const keptMore = z.object({
  step: z.optional(z.string()),
  label: z.optional(z.string()),
  note: z.optional(z.json()),
  late: z.optional(z.literal(true)),
});

/** A job of an action as it was kept. @throws where another version of Glia kept it in another form */
export function reviveAction(
  kind: string,
  { title, plan, items }: { title: Text; plan: Json; items: readonly Json[] },
  ground: Ground,
): JobSpec<ActionItem> {
  const action = actionOf(kind);
  invariant(action, `this Glia knows the action ${kind}`);
  const older = olderPlan(kind, plan);
  if (older) {
    const { item, ...rest } = older;
    return { ...actionJob(action, { items: items.map(item), mas: false, ...rest }, ground), title };
  }
  const { input, rule, undoes, mas = false } = z.parse(keptPlan, plan);
  const kept = items.map((item): ActionItem => {
    const [id, planned, goal, identity, more = {}] = z.parse(keptItem, item) as [string, Json, Json, Json, Json?];
    return {
      id,
      planned,
      goal,
      identity,
      ...(z.parse(keptMore, more) as Omit<ActionItem, 'id' | 'planned' | 'goal' | 'identity'>),
    };
  });
  const facts = {
    items: kept,
    input,
    mas,
    ...(rule != null && { rule: readText(rule) }),
    ...(undoes && { undoes: { id: undoes.id, title: readText(undoes.title) } }),
  };
  return actionJob(action, facts, ground);
}
