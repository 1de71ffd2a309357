import { http, HttpResponse } from 'msw/http';
import { setupWorker } from 'msw/browser';
import { DEMO_BASE_URL } from '~/lib/demo';
import { ConnectionReset } from './faults';
import { MockHomeserver } from './homeserver';
import { fillDemoWorld } from './world';

export interface Demo {
  baseUrl: string;
  token: string;
}

let opening: Promise<Demo> | undefined;

/**
 * Starts the demo homeserver in this page, once. `?chaos=20` (in the search or after the hash) lets that share of requests go
 * wrong, `?latency=200` slows all of them (ms), `?mas=true` puts MAS in front, `?version=1.130.0` makes it an older Synapse.
 * Where service workers can't run (neither https nor localhost) MSW takes the page's own fetch instead.
 */
export function openDemo(): Promise<Demo> {
  opening ??= open().catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

async function open(): Promise<Demo> {
  const wish = wishes();
  const version = wish.get('version');
  const homeserver = new MockHomeserver({
    serverName: new URL(DEMO_BASE_URL).host,
    now: Date.now(),
    mas: wish.get('mas') === 'true',
    ...(version === null ? {} : { version }),
  });
  homeserver.latencyMs = Number(wish.get('latency') ?? 25);
  await fillDemoWorld(homeserver);
  homeserver.faults.chaos(Number(wish.get('chaos') ?? 0));
  const worker = setupWorker(http.all(`${DEMO_BASE_URL}/*`, ({ request }) => answer(homeserver, request)));
  await worker.start({
    quiet: true,
    onUnhandledFrame: 'bypass',
    // Relative to the page, so that the app works from any sub-path.
    serviceWorker: { url: new URL('mockServiceWorker.js', document.baseURI).href },
  });
  return { baseUrl: DEMO_BASE_URL, token: homeserver.adminToken };
}

async function answer(homeserver: MockHomeserver, request: Request): Promise<Response> {
  try {
    return await homeserver.handle(request);
  } catch (error) {
    // What a cut connection looks like from a page: a failed fetch.
    if (error instanceof ConnectionReset) return HttpResponse.error();
    throw error;
  }
}

/** The query, and the one behind the hash. */
function wishes(): URLSearchParams {
  const { search, hash } = window.location;
  const merged = new URLSearchParams(search);
  for (const [name, value] of new URLSearchParams(hash.split('?')[1] ?? '')) merged.set(name, value);
  return merged;
}
