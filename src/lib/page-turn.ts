/**
 * Resolves in a later task, so that the page can paint and answer clicks in between. By a message, not a timer: browsers hold back the
 * timers of hidden pages and round nested ones up to 4 ms.
 */
export function yieldToPage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
