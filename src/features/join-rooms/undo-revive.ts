import * as z from 'zod/mini';
import type { Kept } from '~/job-store/job-kinds';
import { mapInSlices } from '~/jobs/in-slices';
import type { JobSpec } from '~/jobs/job';
import { groundOf } from './revive';
import type { UndoItem } from './undo-plan';
import { undoJoinsSpec } from './undo-run';

/** What `undoJoinsSpec` keeps of a job. */
const keptFacts = z.object({ undoes: z.string(), reason: z.string(), unlimited: z.boolean() });
const keptLimit = z.nullable(z.object({ messages_per_second: z.number(), burst_count: z.number() }));
const keptItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lift-limit'), was: keptLimit }),
  z.object({ kind: z.literal('make-admin'), roomId: z.string(), room: z.string(), adminIn: z.boolean() }),
  z.object({
    kind: z.literal('remove'),
    roomId: z.string(),
    room: z.string(),
    userId: z.string(),
    // Missing in journals of older versions.
    late: z._default(z.boolean(), false),
    seen: z._default(z.nullable(z.object({ id: z.nullable(z.string()), ts: z.number() })), null),
  }),
  z.object({ kind: z.literal('put-limit-back'), was: keptLimit }),
]);

/** An undo as it was kept. Rejects where another version of Glia kept it in another form. */
export async function revive({ owner, plan, items }: Kept): Promise<JobSpec<unknown>> {
  const steps = await mapInSlices(items, (item): UndoItem => z.parse(keptItem, item));
  return undoJoinsSpec(groundOf(owner), z.parse(keptFacts, plan), steps);
}
