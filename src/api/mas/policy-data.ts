import * as z from 'zod/mini';
import type { Ask } from '~/api/ask';
import { noneWhereNotFound } from '~/api/errors';
import { path, type Homeserver } from '~/api/request';
import { readNow, thingAsk } from './resource';

/**
 * What the policy engine of MAS gets (`admin/v1/policy_data`, 0.15). It is merged over what MAS's configuration has, and replaced as a
 * whole each time. A mistake in it can lock all admins out, or make anyone one.
 */

const policySchema = z.object({ created_at: z.string(), data: z.unknown() });
export type PolicyData = { readonly id: string } & z.output<typeof policySchema>;

export const lookAtPolicyData = (id: string): Ask<PolicyData> =>
  thingAsk(path`/api/admin/v1/policy-data/${id}`, policySchema, id);

/** 404 where none was ever set. */
export const lookAtLatestPolicyData: Ask<PolicyData> = thingAsk(
  path`/api/admin/v1/policy-data/latest`,
  policySchema,
  undefined,
);

/** @returns null where none was ever set */
export const latestPolicyData = (hs: Homeserver, signal?: AbortSignal): Promise<PolicyData | null> =>
  readNow(hs, lookAtLatestPolicyData, signal).catch(noneWhereNotFound);

/** 400 where the policy engine can't load it. */
export const setPolicyData = (data: unknown): Ask<PolicyData> =>
  thingAsk(path`/api/admin/v1/policy-data`, policySchema, undefined, { method: 'POST', body: { data } });
