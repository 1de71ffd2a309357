/**
 * Earlier versions of Glia registered a service worker for their demo, for good: every request of every tab of Glia passed
 * through it, also those to a real homeserver, token included. To call before any request with a token is sent.
 * @returns whether this page is still under such a worker: a page gets rid of it only by being loaded again
 */
export async function removeOldWorkers(): Promise<boolean> {
  // Missing on pages that come over plain http, where none could be registered.
  if (!('serviceWorker' in navigator)) return false;
  const scope = new URL('./', document.baseURI).href;
  try {
    const registrations = await navigator.serviceWorker.getRegistrations();
    // Other apps of this origin have scopes of their own.
    const old = registrations.filter((registration) => registration.scope === scope);
    const scripts = new Set(
      old.flatMap(({ active, waiting, installing }) => [active?.scriptURL, waiting?.scriptURL, installing?.scriptURL]),
    );
    await Promise.all(old.map((registration) => registration.unregister()));
    const { controller } = navigator.serviceWorker;
    return controller !== null && scripts.has(controller.scriptURL) && isFirstTry();
  } catch {
    // Where the browser lets nobody ask (a privacy setting), it has no workers either.
    return false;
  }
}

/** Once: a page that stays under its worker whatever is done must not load again and again. */
function isFirstTry(): boolean {
  const state: unknown = history.state;
  const marked = typeof state === 'object' && state !== null && 'leftWorker' in state;
  history.replaceState(marked ? null : { leftWorker: true }, '');
  return !marked;
}
