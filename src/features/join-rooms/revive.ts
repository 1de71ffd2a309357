import * as z from 'zod/mini';
import { classifyHomeserverError, homeserverFor } from '~/job-store/jobs';
import type { Kept } from '~/job-store/job-kinds';
import type { Owner } from '~/data/session';
import { mapInSlices } from '~/jobs/in-slices';
import type { JobSpec } from '~/jobs/job';
import { createAgeClock } from '~/lib/age-clock';
import type { FoundRoom, RunItem } from './plan';
import { joinJob, type RunGround } from './run';

/** What `joinJob` keeps of a job. */
const keptRoom = z.object({
  ref: z.string(),
  roomId: z.string(),
  name: z.nullable(z.string()),
  alias: z.nullable(z.string()),
  via: z.array(z.string()),
  known: z.boolean(),
  joinRule: z.nullable(z.string()),
  adminIn: z.boolean(),
  adminCanInvite: z.boolean(),
  /** Whether it was replaced, and joining it was chosen. Missing in journals of older versions. */
  replaced: z._default(z.boolean(), false),
});
const keptPlan = z.object({ rooms: z.array(keptRoom) });
/** The number of its room, and who joins; nobody = the making of an admin. */
const keptItem = z.union([z.tuple([z.number(), z.string()]), z.tuple([z.number()])]);

/** What joins of this account stand on. */
export function groundOf(owner: Owner): RunGround {
  return {
    owner,
    homeserver: () => homeserverFor(owner),
    classify: classifyHomeserverError,
    tick: createAgeClock(),
  };
}

/** Joins as they were kept. Rejects where another version of Glia kept them in another form. */
export async function revive({ owner, plan, items }: Kept): Promise<JobSpec<unknown>> {
  // What the plan was made with is gone, and the run looks again.
  const unread = {
    blocked: false,
    isSpace: false,
    members: new Set<string>(),
    banned: new Set<string>(),
    bansLookedAt: false,
  };
  const rooms = z
    .parse(keptPlan, plan)
    .rooms.map(({ replaced, ...room }): FoundRoom =>
      Object.assign(room, unread, { replaced: replaced ? ({ kind: 'none' } as const) : null }),
    );
  const joins = await mapInSlices(items, (item): RunItem => {
    const [number, userId] = z.parse(keptItem, item);
    const room = rooms[number];
    if (!room) throw new Error(`Item of a room that is not there: ${number}.`);
    return userId === undefined ? { kind: 'make-admin', room } : { kind: 'join', room, userId };
  });
  return joinJob(groundOf(owner), joins);
}
