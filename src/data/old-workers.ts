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
    const isUnder = controller !== null && scripts.has(controller.scriptURL);
    const wasLoadedAgain = markReload(isUnder);
    return isUnder && !wasLoadedAgain;
  } catch {
    // Where the browser lets nobody ask (a privacy setting), it has no workers either.
    return false;
  }
}

/**
 * Notes beside the address that this page is loaded again for its worker's sake, or that it need not be. One that stays under its
 * worker whatever is done must not load again and again.
 * @returns whether it was noted before
 */
function markReload(isNeeded: boolean): boolean {
  const state = (history.state ?? {}) as Record<string, unknown>;
  const { leftWorker, ...rest } = state;
  if (isNeeded || leftWorker !== undefined) history.replaceState(isNeeded ? { ...rest, leftWorker: true } : rest, '');
  return leftWorker !== undefined;
}
