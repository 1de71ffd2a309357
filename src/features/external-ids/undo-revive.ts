import * as z from 'zod/mini';
import type { Kept } from '~/job-store/job-kinds';
import { mapInSlices } from '~/jobs/in-slices';
import type { JobSpec } from '~/jobs/job';
import type { PutBackItem } from './undo-plan';
import { putBackSpec } from './undo-run';

/** What `putBackSpec` keeps of a job. */
const keptFacts = z.object({ undoes: z.string() });
const keptIds = z.array(z.object({ auth_provider: z.string(), external_id: z.string() }));
const keptItem = z.tuple([z.string(), keptIds, keptIds, z.nullable(z.number()), z.optional(z.literal(true))]);

/** An undo as it was kept. Rejects where another version of Glia kept it in another form. */
export async function revive({ owner, plan, items }: Kept): Promise<JobSpec<unknown>> {
  const putBacks = await mapInSlices(items, (item): PutBackItem => {
    const [userId, adds, left, createdAt, late] = z.parse(keptItem, item);
    return { userId, adds, left, createdAt, ...(late && { late }) };
  });
  return putBackSpec(putBacks, z.parse(keptFacts, plan), owner);
}
