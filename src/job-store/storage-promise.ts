import { createStore } from '~/lib/store';

/**
 * Whether the browser promised to keep what this site stores: without that it clears it by itself when it runs short of room. Null
 * until it is known, and where the browser does not tell, as on pages that come over plain http.
 */
const store = createStore<boolean | null>(null);

export const storagePromise = { get: store.get, subscribe: store.subscribe };

export async function readStoragePromise(): Promise<void> {
  if ('storage' in navigator) await take(() => navigator.storage.persisted());
}

let asked = false;

/**
 * Asks for the promise, once a page. To call when a job begins: Firefox asks the admin, who knows then what for; Chromium decides
 * by itself. Nothing waits for the answer.
 */
export async function askForStorage(): Promise<void> {
  if (asked || !('storage' in navigator)) return;
  asked = true;
  await take(async () => (await navigator.storage.persisted()) || navigator.storage.persist());
}

async function take(answer: () => Promise<boolean>): Promise<void> {
  try {
    store.set(await answer());
  } catch {
    // No promise then; a job that can't be kept at all says so itself.
  }
}
