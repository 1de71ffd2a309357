import type { Json } from '~/jobs/job';
import { sentences, withValues } from '~/lib/text';
import type { AnyAction, LookAt, Server } from './action';
import { heldBy } from './claims';
import { ALREADY, type Verdict } from './plan';
import { isSame } from './reading';

export interface MoreLooks {
  readonly seen: unknown;
  readonly input: Json;
  readonly look: LookAt;
  readonly server: Server;
  /** Its goal is what was there before: only what stands against that is looked for. */
  readonly isUndo?: true;
}

/** What further looks make of an item that would be changed: they complete its goal, or find a reason against it. */
export async function afterMoreLooks(action: AnyAction, found: Verdict, by: MoreLooks): Promise<Verdict> {
  if (found.verdict !== 'will') return found;
  const { look, server, isUndo } = by;
  const { id, planned: now, goal } = found.item;
  const prepared = isUndo ? null : ((await action.prepare?.({ id, planned: now, goal }, by)) ?? null);
  if (prepared && 'cannot' in prepared) return { verdict: 'cannot', id, now, reason: prepared.cannot };
  const ready = prepared
    ? {
        ...found,
        item: { ...found.item, goal: prepared.goal },
        reason: sentences(found.reason, prepared.remark ?? ''),
      }
    : found;
  if (prepared && isSame(action, prepared.goal, now)) {
    return { verdict: 'nothing', id, now, reason: withValues(ALREADY, { state: action.words(now) }) };
  }
  const reason =
    (await action.obstacle?.(ready.item, look, server)) ?? (await heldBy(id, action.claims?.(ready.item) ?? [], look));
  return reason === null ? ready : { verdict: 'cannot', id, now, reason };
}

export const needsMoreLooks = ({ prepare, obstacle, claims }: AnyAction): boolean =>
  prepare !== undefined || obstacle !== undefined || claims !== undefined;
