import { useCallback, useState, useSyncExternalStore } from 'react';
import { createStore, type Store } from '~/lib/store';
import { currentSession, useSession, watchSession } from './session';

/** What was entered and planned in a wizard: memory, kept from step to step and from page to page until the tab closes. */
const drafts = new Map<string, unknown>();

// Who signs out leaves nothing behind for the next one at this screen, not even the same account.
watchSession(() => {
  if (currentSession().status === 'signed-out') drafts.clear();
});

function draft<T extends object>(key: string, initial: T): Store<T> {
  const known = drafts.get(key);
  if (known !== undefined) return known as Store<T>;
  const fresh = createStore<T>(initial);
  drafts.set(key, fresh);
  return fresh;
}

/**
 * A part of a wizard's memory, per account: `useDraft('join-rooms/choose', { rooms: '' })`. Use one name with one type.
 * `patch` may be called after the component is gone (by a scan that ends while the admin looks at another page).
 * @returns value, patch, reset to what `initial` is now
 */
export function useDraft<T extends object>(name: string, initial: T): [T, (patch: Partial<T>) => void, () => void] {
  const { homeserver, userId } = useSession();
  const store = draft(JSON.stringify([homeserver.baseUrl, userId, name]), initial);
  const [first] = useState(initial);
  const value = useSyncExternalStore(store.subscribe, store.get);
  const patch = useCallback((part: Partial<T>) => store.set({ ...store.get(), ...part }), [store]);
  const reset = useCallback(() => store.set(first), [store, first]);
  return [value, patch, reset];
}
