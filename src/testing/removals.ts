import { actionJob } from '~/actions/job';
import { memberId } from '~/actions/member/member';
import { OUT, removeMembers, type RemovalInput } from '~/actions/member/remove';
import type { ActionItem } from '~/actions/plan';
import type { JobSpec } from '~/jobs/job';
import type { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from './actions';

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

export const removalJob = (
  model: MockHomeserver,
  items: readonly ActionItem[],
  { reason = '', unlimited = false }: Partial<RemovalInput> = {},
): JobSpec<ActionItem> => actionJob(removeMembers, { items, input: { reason, unlimited } }, groundOf(model));
