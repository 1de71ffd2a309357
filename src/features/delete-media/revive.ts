import * as z from 'zod/mini';
import { actionJob } from '~/actions/job';
import { deleteMedia } from '~/actions/media/delete';
import { groundFor } from '~/job-store/action-jobs';
import { classifyHomeserverError, homeserverFor } from '~/job-store/jobs';
import type { Kept } from '~/job-store/job-kinds';
import type { Owner } from '~/data/session';
import { mapInSlices } from '~/jobs/in-slices';
import type { JobSpec } from '~/jobs/job';
import type { MediaFile } from './plan';
import { exactPlan } from './exact';
import { remoteJob, sweepJob, type Ground } from './run';
import type { LocalSlice } from './slices';

/** What `sweepJob` and `remoteJob` keep of a job, and what older versions kept of an exact deletion. */
const keptRule = z.object({
  by: z.enum(['not-opened-since', 'uploaded-before']),
  beforeTs: z.number(),
  largerThan: z.number(),
  keepAvatars: z.boolean(),
  method: z.enum(['exact', 'sweep']),
});
const keptPlan = z.object({
  serverName: z.string(),
  /** Missing: the remote media cache. */
  rule: z.optional(keptRule),
});
const keptFile = z.object({
  id: z.string(),
  owner: z.string(),
  name: z.nullable(z.string()),
  type: z.nullable(z.string()),
  bytes: z.nullable(z.number()),
  createdTs: z.number(),
  lastAccessTs: z.nullable(z.number()),
  isProtected: z.boolean(),
  isQuarantined: z.boolean(),
  isLinkPreview: z.boolean(),
});
const keptSlice = z.object({ fromTs: z.nullable(z.number()), beforeTs: z.number() });
const keptLocalSlice = z.extend(keptSlice, { bytes: z.number(), files: z.array(keptFile) });

/** What a deletion of this account needs to run. */
export function groundOf(owner: Owner, serverName: string): Ground {
  return {
    owner,
    serverName,
    homeserver: () => homeserverFor(owner),
    classify: classifyHomeserverError,
  };
}

const everyIndex = (list: readonly unknown[]): number[] => [...list.keys()];

/** A deletion that was kept. Rejects if another version of Glia kept it in another form. */
export async function revive({ owner, plan, items }: Kept): Promise<JobSpec<unknown>> {
  const { serverName, rule } = z.parse(keptPlan, plan);
  const ground = groundOf(owner, serverName);
  if (!rule) {
    const remote = items.map((item) => z.parse(keptSlice, item));
    return remoteJob(ground, remote);
  }
  if (rule.method === 'exact') {
    const files = await mapInSlices(items, (item) => z.parse(keptFile, item));
    const exact = exactPlan({ rule, files, byVerdict: { delete: everyIndex(files) } }, serverName);
    // An older version began it, and on disk it keeps its kind, which says how it is read.
    return { ...actionJob(deleteMedia, exact, groundFor(owner)), kind: 'delete-media' };
  }
  const files: MediaFile[] = [];
  const slices = await mapInSlices(items, (item): LocalSlice => {
    const { files: own, ...slice } = z.parse(keptLocalSlice, item);
    const planned = own.map((_file, index) => files.length + index);
    files.push(...own);
    return { ...slice, planned };
  });
  return sweepJob(ground, { rule, files, byVerdict: { delete: everyIndex(files) } }, slices);
}
