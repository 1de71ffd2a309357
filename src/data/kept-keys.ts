import { openDB, type DBSchema } from 'idb';
import { createStore } from '~/lib/store';
import { openBriefly } from './open-briefly';

/**
 * Whether single letters do something, in this browser. Those who dictate, or whose hand slips, can switch them off once for all. It is
 * nobody’s secret, and the same for each account.
 */

interface Schema extends DBSchema {
  choices: { key: string; value: boolean };
}

const NAME = 'letters';
const store = createStore(true);
/** What was chosen here is not taken back by what is read from disk later. */
let isChosen = false;

export const keysAreOn = { get: store.get, subscribe: store.subscribe };

const withChoices = openBriefly(() =>
  openDB<Schema>('glia-shortcuts', 1, { upgrade: (db) => void db.createObjectStore('choices') }),
);

/** Reads what was chosen in an earlier visit or in another tab. Where storage is forbidden, they are on. */
export async function loadKeys(): Promise<void> {
  const kept = await withChoices((db) => db.get('choices', NAME)).catch(() => undefined);
  if (kept !== undefined && !isChosen) store.set(kept);
}

/** Where storage is forbidden, a reload forgets it. */
export async function switchKeys(on: boolean): Promise<void> {
  isChosen = true;
  store.set(on);
  await withChoices((db) => db.put('choices', on, NAME)).catch(() => undefined);
}
