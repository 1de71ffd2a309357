import { useCallback, useState, useSyncExternalStore } from 'react';
import type * as z from 'zod/mini';
import { draftKey, keepDraft, readDraft } from '~/data/kept-drafts';
import { createStore, type Store } from '~/lib/store';
import { PlanDraft, type PlanState } from './plan-draft';
import { currentSession, useSession, watchSession } from '~/data/session';

/** What was entered and planned in a wizard, kept from step to step and from page to page. What was entered also outlives a reload. */
const drafts = new Map<string, unknown>();
const plans = new Set<PlanDraft<never, never>>();

/** What saves each choice, only when the page goes away: saving at each key would slow down typing. */
const keepers = new Map<string, () => void>();
const keepAll = () => {
  for (const keep of keepers.values()) keep();
};
if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', keepAll);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && keepAll());
}

// Signing out ends the account's work here: what is read for its plans is cancelled, and nothing of it waits for the next admin.
watchSession(() => {
  const state = currentSession();
  if (state.status !== 'signed-out') return;
  if (state.isAway === true) keepAll();
  keepers.clear();
  for (const plan of plans) plan.drop();
  plans.clear();
  drafts.clear();
});

/** Which parts of a choice are saved. They are read back only in this form; the rest begins anew after a reload. */
export type Schema<T extends object> = z.ZodMiniType<Partial<T>>;

function kept<T>(key: string, make: () => T): T {
  const known = drafts.get(key);
  if (known !== undefined) return known as T;
  const fresh = make();
  drafts.set(key, fresh);
  return fresh;
}

/** A name within the memory of the account that is signed in. */
function useKey(name: string): string {
  const { homeserver, userId } = useSession();
  return draftKey({ baseUrl: homeserver.baseUrl, userId }, name);
}

/**
 * A part of a wizard's memory, per account: `useDraft('join-rooms/undo-reason', { reason: '' })`. Use one name with one type. For
 * something that a plan is made from, use `usePlan`.
 */
export function useDraft<T extends object>(name: string, initial: T): [T, (patch: Partial<T>) => void] {
  const store: Store<T> = kept(useKey(name), () => createStore<T>(initial));
  const value = useSyncExternalStore(store.subscribe, store.get);
  const patch = useCallback((part: Partial<T>) => store.set({ ...store.get(), ...part }), [store]);
  return [value, patch];
}

export type Plans<Choice extends object, Plan> = PlanState<Choice, Plan> &
  Pick<PlanDraft<Choice, Plan>, 'choose' | 'make' | 'replan' | 'drop'>;

/**
 * A choice and the plan that is made from it, per account: `usePlan<Choice, Planned>('delete-media', FIRST_CHOICE)`. Use one name with
 * one type. The plan may be finished after the component is gone: the admin may look at another page in the meantime.
 * @param schema with it, the choice outlives a reload
 */
export function usePlan<Choice extends object, Plan>(
  name: string,
  first: Choice,
  schema?: Schema<Choice>,
): Plans<Choice, Plan> {
  const [start] = useState(first);
  const key = useKey(name);
  const draft = kept(key, () => {
    const made = new PlanDraft<Choice, Plan>({ ...start, ...(schema && readDraft(key, schema)) });
    if (schema) keepers.set(key, () => keepDraft(key, schema, made.get().choice));
    plans.add(made as unknown as PlanDraft<never, never>);
    return made;
  });
  const state = useSyncExternalStore(draft.subscribe, draft.get);
  const { choose, make, replan, drop } = draft;
  return { ...state, choose, make, replan, drop };
}
