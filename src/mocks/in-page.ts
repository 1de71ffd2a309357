import { http, HttpResponse } from 'msw/http';
import { getResponse } from 'msw/utils/get-response';
import { ConnectionReset } from './faults';
import type { MockHomeserver } from './homeserver';

/**
 * What stands in the place of `fetch` for a homeserver that lives in this page. No service worker: one would be registered for
 * good, and all requests of all tabs of Glia would pass through it, those of real jobs included.
 */
export function answersOf(homeserver: MockHomeserver, baseUrl: string): (request: Request) => Promise<Response> {
  const handlers = [http.all(`${baseUrl}/*`, ({ request }) => answer(homeserver, request))];
  return async (request) => {
    const response = await unlessAborted(request.signal, () => getResponse(handlers, request));
    // As a page sees a connection that broke.
    if (!response || response.type === 'error') throw new TypeError('Failed to fetch');
    return response;
  };
}

async function answer(homeserver: MockHomeserver, request: Request): Promise<Response> {
  try {
    return await homeserver.handle(request);
  } catch (error) {
    if (error instanceof ConnectionReset) return HttpResponse.error();
    throw error;
  }
}

/** Who asked does not wait any longer, and learns why; the homeserver may still be at work. */
async function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const aborted = new Promise<never>((_resolve, reject) => {
    // What a signal is aborted with is what `fetch` rejects with.
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work(), aborted]);
}
