import * as z from 'zod/mini';
import type { ExternalId } from '~/api/users';
import type { Json, LedgerRow } from '~/jobs/job';

/**
 * What the ledger keeps of a user just before ids were taken from it; journals and reports of older versions of Glia are read
 * with it, so it only ever grows. `removes` is what this job takes away: empty where it left the user alone, so that nobody
 * takes ids that were gone already for ids that this job removed.
 */
const idSchema = z.object({ auth_provider: z.string(), external_id: z.string() });
const beforeSchema = z.object({
  kept: z.literal('external-ids/1'),
  user_id: z.string(),
  /** Of the account, ms: another account of the same name has another one. Null where the homeserver does not tell. */
  created_at: z.nullable(z.number()),
  /** The whole list, of all providers. */
  external_ids: z.array(idSchema),
  removes: z.array(idSchema),
  /** They were found gone after a try whose answer nobody read: this job took them, or someone else. */
  found_gone: z.optional(z.literal(true)),
  /** An answer said that this job took them, however the row ended. Missing in journals of older versions. */
  taken: z.optional(z.literal(true)),
});
export type Before = z.output<typeof beforeSchema>;

/** As JSON, and nothing but what makes an id. */
export const plainIds = (ids: readonly ExternalId[]) =>
  ids.map(({ auth_provider, external_id }) => ({ auth_provider, external_id }));

interface BeforeFacts {
  userId: string;
  createdAt: number | null;
  ids: readonly ExternalId[];
  removes: readonly ExternalId[];
  foundGone?: true;
  taken?: true;
}

export function beforeJson({ userId, createdAt, ids, removes, foundGone, taken }: BeforeFacts): Json {
  return {
    kept: 'external-ids/1',
    user_id: userId,
    created_at: createdAt,
    external_ids: plainIds(ids),
    removes: plainIds(removes),
    ...(foundGone && { found_gone: true }),
    ...(taken && { taken: true }),
  };
}

/** Null: nothing was kept, or in a form that this version does not know. */
export function readBefore(before: Json | undefined): Before | null {
  const parsed = z.safeParse(beforeSchema, before);
  return parsed.success ? parsed.data : null;
}

/** Whether an answer said that this row of a job took ids away, and it tells which. */
export function tookThem({ status, before }: Pick<LedgerRow, 'status' | 'before'>): boolean {
  const kept = readBefore(before);
  if (kept === null || kept.removes.length === 0 || kept.found_gone === true) return false;
  return status === 'done' || (status === 'failed' && kept.taken === true);
}

/**
 * Whether this row of a job took ids away, or may have, and tells which. Where somebody else may have taken them, the plan of an
 * undo asks.
 */
export function canBePutBack({
  status,
  before,
  unanswered,
}: Pick<LedgerRow, 'status' | 'before' | 'unanswered'>): boolean {
  const kept = readBefore(before);
  if (!kept || kept.removes.length === 0) return false;
  return status === 'done' || unanswered === true || kept.found_gone === true || tookThem({ status, before });
}
