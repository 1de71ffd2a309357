import * as z from 'zod/mini';
import { memberId } from '~/actions/member/member';
import { makeAdminStep, withLimitLifted } from '~/actions/member/removal-steps';
import { OUT, removeMembers } from '~/actions/member/remove';
import { actionJob } from '~/actions/job';
import type { ActionItem } from '~/actions/plan';
import { groundFor } from '~/job-store/action-jobs';
import type { Kept } from '~/job-store/job-kinds';
import { mapInSlices } from '~/jobs/in-slices';
import type { JobSpec, Json } from '~/jobs/job';

/** Undos of joins that an older version of Glia began: they run as removals of members, with what their journal keeps. */

const keptFacts = z.object({ undoes: z.string(), reason: z.string(), unlimited: z.boolean() });
const keptLimit = z.nullable(z.object({ messages_per_second: z.number(), burst_count: z.number() }));
const keptEvent = z.object({ id: z.nullable(z.string()), ts: z.number() });
const keptItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lift-limit'), was: keptLimit }),
  z.object({ kind: z.literal('make-admin'), roomId: z.string(), room: z.string(), adminIn: z.boolean() }),
  z.object({
    kind: z.literal('remove'),
    roomId: z.string(),
    room: z.string(),
    userId: z.string(),
    // Missing in journals of even older versions.
    late: z._default(z.boolean(), false),
    seen: z._default(z.nullable(keptEvent), null),
  }),
  z.object({ kind: z.literal('put-limit-back'), was: keptLimit }),
]);
const keptBefore = z.object({ kept: z.literal('join-undo/1'), join_event: z.optional(keptEvent) });

/** Rejects where another version of Glia kept it in another form. */
export async function revive({ owner, title, plan, items }: Kept): Promise<JobSpec<unknown>> {
  const steps = await mapInSlices(items, (item): ActionItem => itemOf(z.parse(keptItem, item)));
  const { undoes: id, reason, unlimited } = z.parse(keptFacts, plan);
  const spec = actionJob(
    removeMembers,
    { items: steps, input: { reason, unlimited }, undoes: { id, title } },
    groundFor(owner),
  );
  const revived: JobSpec<ActionItem> = {
    ...spec,
    kind: 'join-rooms-undo',
    title,
    run: (item, context) => spec.run(item, { ...context, kept: asKeptNow(context.kept) }),
    ...(spec.verify && {
      verify: (item, context) => spec.verify?.(item, { ...context, kept: asKeptNow(context.kept) }) as never,
    }),
  };
  return revived;
}

function itemOf(item: z.output<typeof keptItem>): ActionItem {
  switch (item.kind) {
    case 'lift-limit':
      return withLimitLifted(item.was, [])[0] as ActionItem;
    case 'put-limit-back':
      return withLimitLifted(item.was, [])[1] as ActionItem;
    case 'make-admin':
      return makeAdminStep({ roomId: item.roomId, room: item.room });
    case 'remove': {
      const { roomId, room, userId, seen, late } = item;
      const planned = { joined: true, stay: seen };
      return {
        id: memberId(userId, roomId),
        planned,
        goal: OUT,
        identity: null,
        label: room,
        ...(late && { late: true as const }),
      };
    }
  }
}

/** The join that an earlier try set out to undo, as it is kept today. Steps keep what they kept then. */
function asKeptNow(kept: Json | undefined): Json | undefined {
  const { data } = z.safeParse(keptBefore, kept);
  if (!data) return kept;
  const stay = data.join_event ?? null;
  return { kept: 'action/1', before: { joined: true, stay }, goal: OUT, identity: null };
}
