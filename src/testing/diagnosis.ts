import { expect, vi } from 'vitest';
import type { Check } from '~/api/checks';
import { diagnose, type Diagnosis } from '~/api/diagnose';
import { MockHomeserver, type ModelOptions } from '~/mocks/homeserver';
import { wordsOf } from '~/lib/words';

/** Specs of what sign-in looks at: a homeserver, what stands before it, and what was asked of both. */

export const BASE = 'https://matrix.example';

/** A 301 to another base URL. Without CORS the browser says no more than that the request failed. */
interface Redirection {
  to: string;
  cors: boolean;
}

/** `unread`: an answer without CORS. `cut`: no connection. */
export type Stance = readonly [
  RegExp,
  'unread' | 'cut' | 'silent' | Redirection | ((request: Request) => Response | Promise<Response>),
];

export const scene = {
  model: new MockHomeserver(),
  /** What stands before the homeserver: the first match wins. */
  front: [] as readonly Stance[],
  asked: [] as { method: string; path: string; token: boolean; credentials: string }[],
};

export function build(options: ModelOptions = {}): void {
  scene.model = new MockHomeserver({ serverName: 'example', ...options });
}

/** Before each test: nothing stands before a homeserver that works, and nothing was asked. */
export function beginAnew(): void {
  build();
  scene.front = [];
  scene.asked = [];
  const stub = async (url: string, init: RequestInit): Promise<Response> => {
    const request = new Request(url, { method: init.method ?? 'GET', headers: init.headers ?? {} });
    const path = url.replace(BASE, '');
    scene.asked.push({
      method: request.method,
      path,
      token: request.headers.has('Authorization'),
      credentials: init.credentials ?? '',
    });
    const stance = scene.front.find(([pattern]) =>
      pattern.test(`${path}${request.headers.has('Authorization') ? ' token' : ''}`),
    )?.[1];
    if (stance === 'cut') throw new TypeError('Failed to fetch');
    if (stance === 'unread' && init.mode !== 'no-cors') throw new TypeError('Failed to fetch');
    if (stance === 'silent') return silence(init.signal);
    if (typeof stance === 'function') return stance(request);
    if (typeof stance === 'object') return redirected(stance, url, init);
    return scene.model.handle(request);
  };
  /** As a browser follows, or doesn't. */
  const redirected = async ({ to, cors }: Redirection, url: string, init: RequestInit): Promise<Response> => {
    if (!cors && init.mode !== 'no-cors') throw new TypeError('Failed to fetch');
    if (init.redirect === 'manual') return Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' });
    const place = to + url.slice(url.search(/\/(_matrix|_synapse|\.well-known)\//));
    const response = await stub(place, init);
    return response.url === '' ? Object.defineProperty(response, 'url', { value: place }) : response;
  };
  vi.stubGlobal('fetch', stub);
}

/** No answer ever; as fetch does, ends with the signal. */
function silence(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => reject(signal?.reason as Error);
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end);
  });
}

export const wellKnown = (base_url: string) => () => Response.json({ 'm.homeserver': { base_url } });

export function expireAdminToken(): void {
  const row = scene.model.state.tokens.get(scene.model.adminToken);
  if (row) scene.model.state.tokens.set(scene.model.adminToken, { ...row, active: false });
}

export const html = (status: number, words: string) => () =>
  new Response(`<html><head><style>b{}</style></head><body><h1>${words}</h1></body></html>`, {
    status,
    headers: { 'Content-Type': 'text/html' },
  });

export const refused = () => Response.json({ errcode: 'M_FORBIDDEN', error: 'Not for you' }, { status: 403 });

/** The homeserver, at another base URL. */
export const answersAt = (base: string): Stance => [
  new RegExp(`^${base}/`),
  (request) => scene.model.handle(new Request(request.url.replace(base, BASE), { headers: request.headers })),
];

interface Given {
  url?: string;
  token?: string;
  pageIsSecure?: boolean;
  signal?: AbortSignal;
  timeoutMs?: number;
  mayGoUnencrypted?: (baseUrl: string) => Promise<boolean>;
}

export async function look(given: Given = {}, onChange?: (checks: readonly Check[]) => void): Promise<Diagnosis> {
  return diagnose({ url: BASE, token: scene.model.adminToken, pageIsSecure: true, ...given }, onChange);
}

/** The failed check in one line: id, cause, sentence. */
export async function failure(given: Given = {}): Promise<string> {
  const diagnosis = await look(given);
  expect(scene.model.crashes).toEqual([]);
  if (diagnosis.ok) return 'no failure';
  expect(JSON.stringify(diagnosis)).not.toContain(given.token ?? scene.model.adminToken);
  return diagnosis.failure
    ? `${diagnosis.failure.id} ${diagnosis.failure.cause}: ${wordsOf(diagnosis.failure.detail)}`
    : 'cancelled';
}

export const states = ({ checks }: Diagnosis) => Object.fromEntries(checks.map(({ id, state }) => [id, state]));
export const detail = ({ checks }: Diagnosis, id: string) =>
  wordsOf(checks.find((check) => check.id === id)?.detail ?? '');
