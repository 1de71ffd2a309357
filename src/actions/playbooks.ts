import * as z from 'zod/mini';
import type { JobSpec, Json } from '~/jobs/job';
import { invariant } from '~/lib/invariant';
import type { Text } from '~/lib/text';
import type { Ground } from './job';
import type { Playbook, Target } from './playbook';
import { playbookJob } from './playbook-job';

/** Every playbook there is: a file of this folder that exports one makes it. */
const files = import.meta.glob<Record<string, unknown>>(['./playbook/*.ts', '!./playbook/*.spec.ts'], { eager: true });

const isPlaybook = (value: unknown): value is Playbook =>
  typeof value === 'object' && value !== null && 'kind' in value && 'steps' in value;

const playbooks: readonly Playbook[] = Object.values(files).flatMap((exports) =>
  Object.values(exports).filter(isPlaybook),
);

export const playbookOf = (kind: string): Playbook | undefined => playbooks.find((one) => one.kind === kind);

const keptPlan = z.object({ input: z.json() });
const keptTarget = z.tuple([z.string(), z.nullable(z.string())], z.json());

/** A job of a playbook as it was kept. @throws where another version of Glia kept it in another form */
export function revivePlaybook(
  kind: string,
  { title, plan, items }: { title: Text; plan: Json; items: readonly Json[] },
  ground: Ground,
): JobSpec<Target> {
  const playbook = playbookOf(kind);
  invariant(playbook, `this Glia knows the playbook ${kind}`);
  const { input } = z.parse(keptPlan, plan);
  const targets = items.map((item): Target => {
    const [id, label, note] = z.parse(keptTarget, item) as [string, string | null, Json?];
    return { id, ...(label !== null && { label }), ...(note !== undefined && { note }) };
  });
  return { ...playbookJob(playbook, { targets, input }, ground), title };
}
