import { useSyncExternalStore } from 'react';
import { NOTHING_SELECTED, type Selection } from '~/lib/selection';
import { createStore, type Store } from '~/lib/store';
import { currentSession, useSession, watchSession } from './session';

/** What is selected in each list, in memory: it is there when one comes back to the list, until sign-out. */
const selections = new Map<string, Store<Selection>>();

// What one admin selected is nothing to the next.
watchSession(() => {
  if (currentSession().status === 'signed-out') selections.clear();
});

export function selectionOf(owner: { baseUrl: string; userId: string }, list: string): Store<Selection> {
  const key = JSON.stringify([owner.baseUrl, owner.userId, list]);
  const known = selections.get(key);
  if (known) return known;
  const fresh = createStore(NOTHING_SELECTED);
  selections.set(key, fresh);
  return fresh;
}

/** @param list its name: “users” */
export function useKeptSelection(list: string): [Selection, (next: Selection) => void] {
  const { homeserver, userId } = useSession();
  const store = selectionOf({ baseUrl: homeserver.baseUrl, userId }, list);
  return [useSyncExternalStore(store.subscribe, store.get), store.set];
}
