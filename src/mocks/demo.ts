import { DEMO_BASE_URL } from '~/lib/demo';
import { MockHomeserver } from './homeserver';
import { answersOf } from './in-page';
import { fillDemoWorld } from './world';

export interface Demo {
  baseUrl: string;
  token: string;
  /** Answers what is asked of that base URL. */
  answer: (request: Request) => Promise<Response>;
  /** Where its MAS is, which is answered in the same way; missing: there is none. */
  mas?: DemoMas;
}

export interface DemoMas {
  baseUrl: string;
  answer: (request: Request) => Promise<Response>;
  /** Shows the page of MAS over this one. @returns the URL that it leads back to */
  visit: (url: string) => Promise<string>;
  /** Signed in before a reload, which took all of it. */
  knows: (token: string, oauth: { refreshToken: string; clientId: string; expiresAt: number }) => void;
}

/** As long as a job of MAS takes to reach Synapse. */
const JOB_MS = 1200;

const opening = new Map<string, Promise<Demo>>();

/**
 * Starts a demo homeserver in this page, once. `?chaos=20` (in the search or after the hash) lets that share of requests go
 * wrong, `?latency=200` slows all of them (ms), `?mas=true` puts MAS in front, `?version=1.130.0` makes it an older Synapse.
 */
export function openDemo(baseUrl = DEMO_BASE_URL): Promise<Demo> {
  const known = opening.get(baseUrl);
  if (known) return known;
  const demo = open(baseUrl).catch((error: unknown) => {
    opening.delete(baseUrl);
    throw error;
  });
  opening.set(baseUrl, demo);
  return demo;
}

async function open(baseUrl: string): Promise<Demo> {
  const wish = wishes();
  const version = wish.get('version');
  const homeserver = new MockHomeserver({
    serverName: new URL(baseUrl).host,
    now: Date.now(),
    mas: wish.get('mas') === 'true',
    ...(version === null ? {} : { version }),
  });
  homeserver.latencyMs = Number(wish.get('latency') ?? 25);
  await fillDemoWorld(homeserver);
  const mas = homeserver.mas ? await inFront(homeserver) : null;
  homeserver.faults.chaos(Number(wish.get('chaos') ?? 0));
  return {
    baseUrl,
    token: homeserver.adminToken,
    answer: answersOf(homeserver, baseUrl),
    ...(mas !== null && { mas }),
  };
}

/** Its jobs run by themselves. */
async function inFront(homeserver: MockHomeserver): Promise<DemoMas> {
  const [{ MockMas }, { fillMasWorld }, { MasOAuth }, { knows }] = await Promise.all([
    import('./mas/mas'),
    import('./mas/world'),
    import('./mas/oauth/oauth'),
    import('./mas/oauth/reload'),
  ]);
  const mas = new MockMas(homeserver);
  const oauth = new MasOAuth(mas);
  await fillMasWorld(mas);
  mas.cranksAfterMs = JOB_MS;
  return {
    baseUrl: mas.baseUrl,
    answer: answersOf(homeserver, mas.baseUrl),
    visit: async (url) => (await import('./mas/oauth/page')).visit(oauth, new URL(url)),
    knows: (token, kept) => knows(oauth, token, kept),
  };
}

/** The query, and the one behind the hash. */
function wishes(): URLSearchParams {
  const { search, hash } = window.location;
  const merged = new URLSearchParams(search);
  for (const [name, value] of new URLSearchParams(hash.split('?')[1] ?? '')) merged.set(name, value);
  return merged;
}
