import { draftKey } from './kept-drafts';
import { createStore, type Store } from '~/lib/store';
import { currentAccounts, currentSession, ownerOf, sessionOf, watchSession, type Owner } from './session';

/**
 * A value that each account of this tab has for itself, in the memory of this page: gone once the account is signed out. As a store it is
 * the value of the account that is shown.
 */
export interface AccountMemory<T> extends Store<T> {
  of(owner: Owner): Pick<Store<T>, 'get' | 'set'>;
}

/** Calls back where another account is shown, or none. @returns a function that ends it */
export function watchShown(onChange: () => void): () => void {
  let before = shownKey();
  return watchSession(() => {
    const now = shownKey();
    if (now === before) return;
    before = now;
    onChange();
  });
}

const keyOf = (owner: Owner) => draftKey(owner, '');

function shownKey(): string {
  const state = currentSession();
  return state.status === 'signed-out' ? '' : keyOf(ownerOf(state.session));
}

export function accountMemory<T>(initial: T): AccountMemory<T> {
  const all = createStore<ReadonlyMap<string, T>>(new Map());
  const at = (key: string): T => (all.get().has(key) ? (all.get().get(key) as T) : initial);
  const put = (key: string, value: T) => all.set(new Map(all.get()).set(key, value));
  watchSession(() => {
    const known = new Set(currentAccounts().map(({ session }) => keyOf(ownerOf(session))));
    all.set(new Map([...all.get()].filter(([key]) => known.has(key))));
  });
  return {
    get: () => at(shownKey()),
    set: (value) => put(shownKey(), value),
    subscribe: all.subscribe,
    of: (owner) => ({
      get: () => at(keyOf(owner)),
      // What ends after its account was signed out is nothing to whoever signs in next.
      set: (value) => sessionOf(owner) && put(keyOf(owner), value),
    }),
  };
}
