import { queryOptions } from '@tanstack/react-query';
import { stepsToUndo } from '~/actions/playbook-undo';
import { playbookOf } from '~/actions/playbooks';
import type { Job, Json } from '~/jobs/job';
import { keptPlan } from './kept-plan';

/** The steps of a playbook’s job that can be undone. None where this browser does not keep its plan: nobody knows its steps then. */
export const stepsToUndoOf = (job: Job) =>
  queryOptions({
    queryKey: ['steps-to-undo', job.id],
    async queryFn() {
      const playbook = playbookOf(job.getSnapshot().kind);
      const kept = playbook && (await keptPlan(job.id).catch(() => null));
      return kept ? stepsToUndo(playbook, (kept.plan as { input: Json }).input) : [];
    },
    staleTime: Infinity,
    retry: false,
  });
