import * as z from 'zod/mini';
import type { Kept } from '~/job-store/job-kinds';
import { mapInSlices } from '~/jobs/in-slices';
import type { JobSpec } from '~/jobs/job';
import type { RemovalItem } from './plan';
import { removalSpec } from './run';

/** What `removalSpec` keeps of a job. */
const keptIds = z.array(z.object({ auth_provider: z.string(), external_id: z.string() }));
const keptPlan = z.object({ provider: z.string() });
const keptItem = z.tuple([z.string(), keptIds, keptIds]);

/** A removal as it was kept. Rejects where another version of Glia kept it in another form. */
export async function revive({ owner, plan, items }: Kept): Promise<JobSpec<unknown>> {
  const { provider } = z.parse(keptPlan, plan);
  const removals = await mapInSlices(items, (item): RemovalItem => {
    const [userId, removes, planned] = z.parse(keptItem, item);
    return { userId, provider, removes, planned };
  });
  return removalSpec({ provider, items: removals }, owner);
}
