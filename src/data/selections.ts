import { useSyncExternalStore } from 'react';
import { NOTHING_SELECTED, type Selection } from '~/lib/selection';
import { createStore, type Store } from '~/lib/store';
import { sessionOf, useSession, watchSession, type Owner } from './session';

/** What is selected in each list, in memory: it is there when one comes back to the list, until sign-out. */
const selections = new Map<string, { readonly owner: Owner; readonly store: Store<Selection> }>();

// What an account selected goes with it.
watchSession(() => {
  for (const [key, { owner }] of selections) if (sessionOf(owner) === null) selections.delete(key);
});

export function selectionOf(owner: Owner, list: string): Store<Selection> {
  const key = JSON.stringify([owner.baseUrl, owner.userId, list]);
  const known = selections.get(key);
  if (known) return known.store;
  const store = createStore(NOTHING_SELECTED);
  selections.set(key, { owner, store });
  return store;
}

/** @param list its name: “users” */
export function useKeptSelection(list: string): [Selection, (next: Selection) => void] {
  const { homeserver, userId } = useSession();
  const store = selectionOf({ baseUrl: homeserver.baseUrl, userId }, list);
  return [useSyncExternalStore(store.subscribe, store.get), store.set];
}
