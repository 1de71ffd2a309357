import { createStore } from '~/lib/store';

/** Whether single letters do something, in this tab. Those who dictate, or whose hand slips, can switch them off. */

const NAME = 'glia.keys';

function isOff(): boolean {
  try {
    return sessionStorage.getItem(NAME) === 'off';
  } catch {
    // Storage can be forbidden.
    return false;
  }
}

const store = createStore(!isOff());

export const keysAreOn = { get: store.get, subscribe: store.subscribe };

export function switchKeys(on: boolean): void {
  store.set(on);
  try {
    if (on) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, 'off');
  } catch {
    // Forbidden: then a reload forgets it.
  }
}
