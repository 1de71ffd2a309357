import type { AnyAction, Server } from './action';

/**
 * The same change in both worlds. Where Matrix Authentication Service (MAS) keeps the accounts, Synapse may write a change that has no
 * effect: then the action's variant for MAS takes its place. Its kind is the same, so a job comes back by its kind, and the job
 * keeps for which of both it was planned.
 */

const merged = new WeakMap<AnyAction, AnyAction>();

/** The action as it acts on this homeserver: always the same object. */
export function actionFor(action: AnyAction, { mas }: Pick<Server, 'mas'>): AnyAction {
  const { underMas, ...rest } = action;
  if (!mas || !underMas) return action;
  const known = merged.get(action);
  if (known) return known;
  // The guard of an action knows its variant's.
  const { guard: _, ...differs } = underMas;
  const made = { ...rest, ...differs, at: 'mas' } as AnyAction;
  merged.set(action, made);
  return made;
}

/** Whether the homeserver has changed since: it has MAS now, or no longer. */
export const isMoved = (planned: AnyAction, given: AnyAction, { mas }: Server): boolean =>
  (planned.at === 'mas') !== mas && (planned.at === 'mas' || given.underMas !== undefined);
