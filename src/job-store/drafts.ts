import { useCallback, useState, useSyncExternalStore } from 'react';
import type * as z from 'zod/mini';
import { draftKey, keepDraft, readDraft } from '~/data/kept-drafts';
import { createStore, type Store } from '~/lib/store';
import { PlanDraft, type PlanState } from './plan-draft';
import { currentSession, ownerOf, sessionOf, useSession, watchSession, type Owner } from '~/data/session';

/** What was entered and planned in a wizard, kept from step to step and from page to page. What was entered also outlives a reload. */
interface Entry {
  readonly owner: Owner;
  readonly draft: unknown;
  /** Where it is a plan: cancels what is read for it. */
  readonly drop?: () => void;
  /** Saves the choice, only when the page goes away: saving at each key would slow down typing. */
  readonly keep?: () => void;
}
const drafts = new Map<string, Entry>();
const keepAll = () => {
  for (const { keep } of drafts.values()) keep?.();
};
if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', keepAll);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && keepAll());
}

// Signing out ends the account's work here: what is read for its plans is cancelled, and nothing of it waits for the next admin.
watchSession(() => {
  const state = currentSession();
  if (state.status === 'signed-out' && state.isAway === true) keepAll();
  for (const [key, { owner, drop }] of drafts) {
    if (sessionOf(owner) !== null) continue;
    drafts.delete(key);
    drop?.();
  }
});

/** Which parts of a choice are saved. They are read back only in this form; the rest begins anew after a reload. */
export type Schema<T extends object> = z.ZodMiniType<Partial<T>>;

/** Within the memory of the account that is shown. */
function useKept<T>(name: string, make: (key: string) => Omit<Entry, 'owner'> & { draft: T }): T {
  const owner = ownerOf(useSession());
  const key = draftKey(owner, name);
  const known = drafts.get(key);
  if (known) return known.draft as T;
  const made = make(key);
  drafts.set(key, { owner, ...made });
  return made.draft;
}

/**
 * A part of a wizard's memory, per account: `useDraft('join-rooms/undo-reason', { reason: '' })`. Use one name with one type. For
 * something that a plan is made from, use `usePlan`.
 */
export function useDraft<T extends object>(name: string, initial: T): [T, (patch: Partial<T>) => void] {
  const store = useKept<Store<T>>(name, () => ({ draft: createStore<T>(initial) }));
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
  const draft = useKept(name, (key) => {
    const made = new PlanDraft<Choice, Plan>({ ...start, ...(schema && readDraft(key, schema)) });
    const keep = () => schema && keepDraft(key, schema, made.get().choice);
    return { draft: made, keep, drop: () => made.drop() };
  });
  const state = useSyncExternalStore(draft.subscribe, draft.get);
  const { choose, make, replan, drop } = draft;
  return { ...state, choose, make, replan, drop };
}
