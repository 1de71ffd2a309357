import type { ActionPlan } from '~/actions/titles';
import type { DateRule } from '~/actions/media/delete';
import type { ActionItem } from '~/actions/plan';
import type { MediaFile, Plan, Rule } from './plan';

/** Deletes the planned files one by one with the action `media.delete`, which checks this rule again for each file. */
export const exactPlan = ({ rule, files, byVerdict }: Deletion, serverName: string): ActionPlan => ({
  items: byVerdict.delete.flatMap((index) => itemsOf(files[index], serverName)),
  input: ruleInput(rule),
});

/** The parts of a plan that a run needs. */
export type Deletion = Pick<Plan, 'rule' | 'files'> & { byVerdict: Pick<Plan['byVerdict'], 'delete'> };

// Without avatars: either no planned file is one, or the rule keeps none.
export const ruleInput = ({ by, beforeTs, largerThan }: Rule): DateRule => ({ by, beforeTs, largerThan });

const itemsOf = (file: MediaFile | undefined, serverName: string): ActionItem[] =>
  file ? [itemOf(file, serverName)] : [];

export function itemOf(
  { id, owner, name, type, bytes, createdTs, lastAccessTs }: MediaFile,
  serverName: string,
): ActionItem {
  return {
    id: `mxc://${serverName}/${id}`,
    planned: { exists: true },
    goal: { exists: false },
    identity: createdTs,
    note: { owner, name, type, bytes, created: createdTs, opened: lastAccessTs },
  };
}
