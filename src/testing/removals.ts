import { actionJob } from '~/actions/job';
import { memberId } from '~/actions/member/member';
import { OUT, removeMembers, type RemovalInput } from '~/actions/member/remove';
import type { ActionItem } from '~/actions/plan';
import { classifyHomeserverError, homeserverFor } from '~/job-store/jobs';
import type { JobSpec } from '~/jobs/job';
import { BASE } from './signed-in';

/** Specs of removals from rooms. */

type Stay = { readonly id: string | null; readonly ts: number };

/** @param stay by which join they are in; null: the first look of the run says it */
export const removal = (userId: string, roomId: string, stay: Stay | null = null): ActionItem => ({
  id: memberId(userId, roomId),
  planned: { joined: true, stay },
  goal: OUT,
  identity: null,
  label: 'Staff',
});

export function removalJob(
  model: { adminId: string; serverName: string; version: string; mas: boolean },
  items: readonly ActionItem[],
  { reason = '', unlimited = false }: Partial<RemovalInput> = {},
): JobSpec<ActionItem> {
  const owner = { baseUrl: BASE, userId: model.adminId };
  const { serverName, version, mas } = model;
  const ground = {
    owner,
    server: () => ({ serverName, version, mas }),
    homeserver: () => homeserverFor(owner),
    classify: classifyHomeserverError,
  };
  return actionJob(removeMembers, { items, input: { reason, unlimited } }, ground);
}
