import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLIENT_SCOPE } from '~/mocks/authenticate';
import { addUser } from '~/mocks/build';
import { MockHomeserver, type ModelOptions } from '~/mocks/homeserver';
import type { Check } from './checks';
import { diagnose, type Diagnosis } from './diagnose';

const BASE = 'https://matrix.example';

/** A 301 to another base URL. Without CORS the browser says no more than that the request failed. */
interface Redirection {
  to: string;
  cors: boolean;
}

/** What stands before the homeserver, first match wins. `unread`: an answer without CORS. `cut`: no connection. */
type Front = readonly [
  RegExp,
  'unread' | 'cut' | 'silent' | Redirection | ((request: Request) => Response | Promise<Response>),
][];

let model: MockHomeserver;
let front: Front;
let asked: { method: string; path: string; token: boolean; credentials: string }[];

function build(options: ModelOptions = {}): void {
  model = new MockHomeserver({ serverName: 'example', ...options });
}

beforeEach(() => {
  build();
  front = [];
  asked = [];
  const stub = async (url: string, init: RequestInit): Promise<Response> => {
    const request = new Request(url, { method: init.method ?? 'GET', headers: init.headers ?? {} });
    const path = url.replace(BASE, '');
    asked.push({
      method: request.method,
      path,
      token: request.headers.has('Authorization'),
      credentials: init.credentials ?? '',
    });
    const stance = front.find(([pattern]) =>
      pattern.test(`${path}${request.headers.has('Authorization') ? ' token' : ''}`),
    )?.[1];
    if (stance === 'cut') throw new TypeError('Failed to fetch');
    if (stance === 'unread' && init.mode !== 'no-cors') throw new TypeError('Failed to fetch');
    if (stance === 'silent') return silence(init.signal);
    if (typeof stance === 'function') return stance(request);
    if (typeof stance === 'object') return redirected(stance, url, init);
    return model.handle(request);
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
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** No answer ever; as fetch does, ends with the signal. */
function silence(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => reject(signal?.reason as Error);
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end);
  });
}

const wellKnown = (base_url: string) => () => Response.json({ 'm.homeserver': { base_url } });

function expireAdminToken(): void {
  const row = model.state.tokens.get(model.adminToken);
  if (row) model.state.tokens.set(model.adminToken, { ...row, active: false });
}

const html = (status: number, words: string) => () =>
  new Response(`<html><head><style>b{}</style></head><body><h1>${words}</h1></body></html>`, {
    status,
    headers: { 'Content-Type': 'text/html' },
  });

const refused = () => Response.json({ errcode: 'M_FORBIDDEN', error: 'Not for you' }, { status: 403 });

/** The homeserver, at another base URL. */
const answersAt = (base: string): Front[number] => [
  new RegExp(`^${base}/`),
  (request) => model.handle(new Request(request.url.replace(base, BASE), { headers: request.headers })),
];

interface Given {
  url?: string;
  token?: string;
  pageIsSecure?: boolean;
  signal?: AbortSignal;
  timeoutMs?: number;
  mayGoUnencrypted?: (baseUrl: string) => Promise<boolean>;
}

async function look(given: Given = {}, onChange?: (checks: readonly Check[]) => void): Promise<Diagnosis> {
  return diagnose({ url: BASE, token: model.adminToken, pageIsSecure: true, ...given }, onChange);
}

/** The failed check in one line: id, cause, sentence. */
async function failure(given: Given = {}): Promise<string> {
  const diagnosis = await look(given);
  expect(model.crashes).toEqual([]);
  if (diagnosis.ok) return 'no failure';
  expect(JSON.stringify(diagnosis)).not.toContain(given.token ?? model.adminToken);
  return diagnosis.failure
    ? `${diagnosis.failure.id} ${diagnosis.failure.cause}: ${diagnosis.failure.detail}`
    : 'cancelled';
}

const states = ({ checks }: Diagnosis) => Object.fromEntries(checks.map(({ id, state }) => [id, state]));
const detail = ({ checks }: Diagnosis, id: string) => checks.find((check) => check.id === id)?.detail;

describe('diagnose, of a good homeserver', () => {
  it('tells what a session needs to know', async () => {
    expect(await look()).toMatchObject({
      ok: true,
      facts: {
        homeserver: { baseUrl: BASE, token: model.adminToken },
        userId: '@admin:example',
        serverName: 'example',
        version: '1.163.2',
        mas: false,
      },
    });
  });

  it('passes every check with one look per endpoint', async () => {
    expect(new Set(Object.values(states(await look())))).toEqual(new Set(['ok']));
    expect(asked.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'GET /_matrix/client/v1/auth_metadata',
      'GET /_matrix/client/v1/media/config',
      'GET /_matrix/client/v3/account/whoami',
      'GET /_matrix/client/versions',
      'GET /_synapse/admin/v1/server_version',
      'GET /_synapse/admin/v1/users/%40admin%3Aexample/media?limit=1',
      'GET /_synapse/admin/v2/users/%40admin%3Aexample',
    ]);
    expect(new Set(asked.map(({ credentials }) => credentials))).toEqual(new Set(['omit']));
  });

  it('tells of each check as it goes', async () => {
    const seen: string[] = [];
    await look({}, (checks) => {
      for (const { id, state } of checks) if (state !== 'waiting') seen.push(`${id} ${state}`);
    });
    expect(seen).toEqual(expect.arrayContaining(['versions running', 'versions ok', 'whoami running', 'media ok']));
  });

  it('sees MAS in front', async () => {
    build({ mas: true });
    const diagnosis = await look();
    expect(diagnosis).toMatchObject({ ok: true, facts: { mas: true } });
    expect(detail(diagnosis, 'mas')).toContain('https://auth.example/');
  });

  it('shows what is hidden in what the homeserver says of itself', async () => {
    front = [
      [/client\/versions/, () => Response.json({ versions: ['v1.12\u202E'] })],
      [/server_version/, () => Response.json({ server_version: '1.163.2\u202E' })],
      [/auth_metadata/, () => Response.json({ issuer: 'https://auth.example/\u202E' })],
    ];
    const diagnosis = await look();
    expect(detail(diagnosis, 'versions')).toContain('v1.12[U+202E]');
    expect(detail(diagnosis, 'admin-api')).toContain('1.163.2[U+202E]');
    expect(detail(diagnosis, 'mas')).toContain('https://auth.example/[U+202E]');
  });

  it('takes what can’t be told about MAS as none, with a warning', async () => {
    front = [[/auth_metadata/, html(500, 'Oops')]];
    const diagnosis = await look();
    expect(diagnosis).toMatchObject({ ok: true, facts: { mas: false } });
    expect(states(diagnosis)).toMatchObject({ mas: 'warn' });
  });

  it('only warns where the media endpoints don’t answer', async () => {
    front = [[/media/, 'unread']];
    const diagnosis = await look();
    expect(diagnosis.ok).toBe(true);
    expect(states(diagnosis)).toMatchObject({ admin: 'ok', media: 'warn' });
    expect(detail(diagnosis, 'media')).toMatch(/\/_matrix\/client\/v1\/media and the Admin API’s media part/);
  });

  it('does not ask twice where only this machine is asked by http', async () => {
    const mayGoUnencrypted = vi.fn<() => Promise<boolean>>();
    front = [[/^http:/, (request) => model.handle(request)]];
    for (const url of ['http://localhost:8008', 'http://127.0.0.1', 'http://127.9.9.9:1', 'http://[::1]:8008']) {
      expect(states(await look({ url, mayGoUnencrypted }))).toMatchObject({ secure: 'ok', admin: 'ok' });
    }
    expect(mayGoUnencrypted).not.toHaveBeenCalled();
  });
});

describe('diagnose, http to another machine', () => {
  beforeEach(() => {
    front = [[/^http:/, (request) => model.handle(request)]];
  });

  it.each([
    'http://matrix.example',
    'http://192.168.1.5:8008',
    'http://127.0.0.1.nip.example',
    'http://localhost.example',
  ])('sends nothing with the token to %s before the admin allows it', async (url) => {
    const tokensSent: number[] = [];
    const mayGoUnencrypted = (baseUrl: string) => {
      expect(baseUrl).toBe(url);
      tokensSent.push(asked.filter(({ token }) => token).length);
      return Promise.resolve(true);
    };
    const diagnosis = await look({ url, pageIsSecure: false, mayGoUnencrypted });
    expect(states(diagnosis)).toMatchObject({ secure: 'warn', admin: 'ok' });
    expect(tokensSent).toEqual([0]);
  });

  it.each([
    ['says no', () => Promise.resolve(false)],
    ['is never asked', undefined],
  ] as const)('never sends it where the admin %s', async (_what, mayGoUnencrypted) => {
    const given = { url: 'http://matrix.example', pageIsSecure: false };
    expect(await failure({ ...given, ...(mayGoUnencrypted && { mayGoUnencrypted }) })).toMatch(
      /^secure plain-http: The token was not sent to http:\/\/matrix\.example/,
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.some(({ token }) => token)).toBe(false);
  });
});

describe('diagnose, the URL', () => {
  it('asks nobody when it is none', async () => {
    expect(await failure({ url: 'my homeserver' })).toBe('url url: A URL has no spaces in it.');
    expect(asked).toEqual([]);
  });

  it('names http from an https page as the reason, not what followed from it', async () => {
    front = [[/./, 'cut']];
    const diagnosis = await look({ url: 'http://matrix.example' });
    expect(diagnosis).toMatchObject({ ok: false, failure: { id: 'secure', cause: 'mixed-content' } });
    expect(states(diagnosis)).toMatchObject({ versions: 'waiting', 'admin-api': 'waiting' });
    expect(await failure({ url: 'http://matrix.example', pageIsSecure: false })).toMatch(/^versions unreachable/);
  });

  it('tells no connection from an answer without CORS', async () => {
    front = [[/./, 'cut']];
    expect(await failure()).toMatch(/^versions unreachable: No connection/);
    front = [[/./, 'unread']];
    expect(await failure()).toMatch(/^versions cors: Something answers there, but without the headers/);
  });

  it('never sends the token to what did not answer as a homeserver', async () => {
    front = [[/./, html(404, 'Not found')]];
    expect(await failure()).toMatch(/^versions not-a-homeserver: .*no Matrix homeserver: status 404 \(“Not found”\)/);
    front = [[/./, html(200, 'Welcome to our website')]];
    expect(await failure()).toMatch(/^versions not-a-homeserver: .*a page that is not Synapse’s answer/);
    expect(asked.some(({ token }) => token)).toBe(false);
  });

  it('suggests what well-known says, and never swaps it in', async () => {
    const website: Front[number] = [/^(?!\/\.well-known)/, html(404, 'Not found')];
    front = [[/well-known/, wellKnown('https://matrix.elsewhere.example/')], website];
    expect(await look()).toMatchObject({
      ok: false,
      suggestion: { url: 'https://matrix.elsewhere.example', by: 'well-known' },
    });
    expect(asked.every(({ path }) => path.startsWith('/'))).toBe(true);
    for (const useless of [`${BASE}/`, 'javascript:alert(1)', '']) {
      front = [[/well-known/, wellKnown(useless)], website];
      expect(await look()).toMatchObject({ ok: false, suggestion: null });
    }
  });

  it('tells a proxy whose homeserver is down', async () => {
    front = [[/./, html(502, 'Bad Gateway')]];
    expect(await failure()).toMatch(/^versions homeserver-down: The proxy answers 502.*“Bad Gateway”/);
  });

  it('gives up on silence in its own time', async () => {
    front = [[/versions/, 'silent']];
    expect(await failure({ timeoutMs: 30 })).toMatch(/^versions timeout: No answer came in time/);
  });

  it('hands on a 429 with the time it asks for', async () => {
    front = [[/versions/, () => Response.json({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 2500 }, { status: 429 })]];
    expect(await failure()).toBe('versions busy: The homeserver asks to slow down (429). Try again in 3 s.');
  });

  it('says so when it is /_matrix that the proxy does not forward', async () => {
    front = [[/^\/_matrix/, 'unread']];
    expect(await failure()).toMatch(/^versions client-api-blocked: The proxy forwards \/_synapse\/admin but not/);
  });
});

describe('diagnose, a URL that redirects', () => {
  const HOME = 'https://www.matrix.example';
  it('says where it leads, suggests that, and sends no token on the way', async () => {
    front = [answersAt(HOME), [/^\//, { to: HOME, cors: true }]];
    expect(await failure()).toMatch(
      /^versions redirect: This URL redirects to https:\/\/www\.matrix\.example\/_matrix\/client\/versions\./,
    );
    expect(await look()).toMatchObject({ suggestion: { url: HOME, by: 'redirect' }, baseUrl: BASE });
    expect(asked.some(({ token }) => token)).toBe(false);
  });

  it('to what is no homeserver, says so and suggests nothing of it', async () => {
    front = [
      [/^https:\/\/www/, html(200, 'Welcome')],
      [/^\//, { to: HOME, cors: true }],
    ];
    expect(await failure()).toMatch(/^versions redirect: .*What answers there is not a Matrix homeserver\.$/);
    expect(await look()).toMatchObject({ suggestion: null });
  });

  it.each([
    ['from http to https', 'http://example.org', 'https://example.org'],
    ['from http with a port', 'http://example.org:8008/sub', 'https://example.org/sub'],
    ['from the bare domain to www', 'https://example.org', 'https://www.example.org'],
    ['from http to https and www', 'http://example.org', 'https://www.example.org'],
  ])('without CORS, where the browser can’t read it: finds the homeserver %s', async (_how, url, to) => {
    front = [answersAt(to), [new RegExp(`^${url}/_`), { to, cors: false }], [/./, 'cut']];
    expect(await look({ url, pageIsSecure: false })).toMatchObject({
      ok: false,
      failure: { cause: 'cors', detail: expect.stringContaining('or a redirect') as unknown },
      suggestion: { url: to, by: 'neighbour' },
    });
    expect(asked.some(({ token }) => token)).toBe(false);
  });

  it('guesses no other name for a number or for this machine', async () => {
    for (const url of ['http://192.168.1.5:8008', 'http://localhost:8008', 'http://[2001:db8::1]']) {
      front = [[/^http:/, 'unread']];
      expect(await look({ url, pageIsSecure: false })).toMatchObject({ ok: false, suggestion: null });
    }
    expect(asked.every(({ path }) => path.startsWith('http:'))).toBe(true);
  });

  it.each([
    [/^\/_synapse/, /^admin-api admin-api-blocked: .*answers a redirect to another URL/],
    [/ token$/, /^whoami authorization-blocked: Requests with a token are redirected to another URL.*not sent on/],
    [/v2\/users/, /^admin admin-api-blocked: .*answers a redirect to another URL/],
  ])('in part (%s) is not followed with the token', async (pattern, words) => {
    front = [[pattern, { to: 'https://login.example', cors: true }]];
    expect(await failure()).toMatch(words);
    expect(asked.filter(({ path }) => path.includes('login.example'))).toEqual([]);
  });
});

describe('diagnose, what /versions answers', () => {
  it.each([
    ['a proxy’s 403', html(403, '403 Forbidden'), 'status 403 (“403 Forbidden”)'],
    ['a 403 in JSON', refused, 'status 403 (“Not for you”)'],
    ['a 404 page', html(404, '404 page not found'), 'status 404 (“404 page not found”)'],
    ['null', () => Response.json(null), 'status 200 with JSON that is not what Synapse answers'],
    ['a list', () => Response.json([]), 'status 200 with JSON that is not what Synapse answers'],
    ['nothing', () => new Response(''), 'a page that is not Synapse’s answer'],
  ] as const)('is said by status and words, and not called a CORS fault: %s', async (_what, answer, words) => {
    front = [[/client\/versions/, answer]];
    const line = await failure();
    expect(line).toMatch(/^versions client-api-blocked: The Admin API answers, but \/_matrix does not get through/);
    expect(line).toContain(words);
    front = [[/./, answer]];
    const alone = await failure();
    expect(alone).toMatch(/^versions not-a-homeserver: /);
    expect(alone).toContain(words);
    for (const one of [line, alone]) expect(one).not.toMatch(/CORS|✖/);
  });
});

describe('diagnose, the Admin API', () => {
  it.each([
    ['answers without CORS', 'unread', /does? not|but not \/_synapse\/admin, or answers without CORS/],
    ['is cut off', 'cut', /connection is cut/],
    ['gets the proxy’s own page', html(403, 'Forbidden'), /answers status 403 \(“Forbidden”\)/],
    ['gets the website', html(200, 'Hello'), /answers a page that is not Synapse’s answer \(“Hello”\)/],
  ] as const)('is blocked by the proxy where it %s', async (_how, stance, words) => {
    front = [[/^\/_synapse/, stance]];
    const line = await failure();
    expect(line).toMatch(/^admin-api admin-api-blocked: /);
    expect(line).toMatch(words);
    expect(asked.some(({ token }) => token)).toBe(false);
  });

  it('is absent where something that is not Synapse answers', async () => {
    front = [
      [
        /^\/_synapse/,
        () => Response.json({ errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' }, { status: 404 }),
      ],
    ];
    expect(await failure()).toMatch(/^admin-api admin-api-absent: .*M_UNRECOGNIZED/);
  });

  it('is blocked where only server_version gets through', async () => {
    front = [[/v2\/users/, html(404, 'Not found')]];
    expect(await failure()).toMatch(/^admin admin-api-blocked: .*status 404/);
  });
});

describe('diagnose, where a proxy answers in Synapse’s place', () => {
  it('its 404 does not say that there is no MAS', async () => {
    front = [[/auth_metadata/, html(404, 'Not Found')]];
    const diagnosis = await look();
    expect(states(diagnosis)).toMatchObject({ mas: 'warn' });
    expect(detail(diagnosis, 'mas')).toContain('could not be told');
  });

  it('its 403 and a portal’s success are no working media endpoints', async () => {
    front = [[/users\/.*\/media/, html(403, 'Forbidden')]];
    expect(states(await look())).toMatchObject({ media: 'warn' });
    front = [[/media\/config/, () => Response.json({ status: 'ok' })]];
    expect(states(await look())).toMatchObject({ media: 'warn' });
  });
});

describe('diagnose, the token', () => {
  it('that nobody knows', async () => {
    expect(await failure({ token: 'syt_nobody' })).toMatch(/^whoami token-unknown: .*“Invalid access token passed.”/);
  });

  it('that has expired, by own authentication and under MAS', async () => {
    expireAdminToken();
    expect(await failure()).toMatch(/^whoami token-expired: .*“Access token has expired”/);
    build({ mas: true });
    expireAdminToken();
    expect(await failure()).toMatch(/^whoami token-expired: .*“Token is not active”/);
  });

  it('of a guest', async () => {
    addUser(model, { localpart: 'guest1', is_guest: true });
    expect(await failure({ token: model.issueToken('@guest1:example') })).toMatch(
      /^whoami guest: @guest1:example is a guest/,
    );
  });

  it('of a locked account', async () => {
    addUser(model, { localpart: 'locked', locked: true });
    expect(await failure({ token: model.issueToken('@locked:example') })).toMatch(
      /^whoami account-locked: .*has been locked/,
    );
  });

  it('of an expired account', async () => {
    front = [
      [
        /whoami/,
        () =>
          Response.json({ errcode: 'ORG_MATRIX_EXPIRED_ACCOUNT', error: 'User account has expired' }, { status: 403 }),
      ],
    ];
    expect(await failure()).toMatch(/^whoami account-expired: .*“User account has expired”/);
  });

  it('that a proxy drops, or does not let through', async () => {
    front = [[/ token/, (request) => model.handle(new Request(request.url))]];
    expect(await failure()).toMatch(/^whoami authorization-dropped: .*drops the Authorization header/);
    front = [[/ token/, 'cut']];
    expect(await failure()).toMatch(/^whoami authorization-blocked: /);
  });

  it.each([401, 403])('that an authenticating proxy answers with %i: nothing is said of the token', async (status) => {
    front = [[/ token/, html(status, 'Sign in')]];
    const line = await failure();
    expect(line).toMatch(/^whoami authorization-blocked: Something in front .*sign-in of its own.*“Sign in”/);
    front = [[/v2\/users.* token/, html(status, 'Sign in')]];
    expect(await failure()).toMatch(/^admin (authorization-blocked|admin-api-blocked): .*“Sign in”/);
  });

  it('of an admin, where a proxy says that there is no such user: nobody said that this is an admin', async () => {
    front = [[/v2\/users/, () => Response.json({ error: 'not found' }, { status: 404 })]];
    expect(await failure()).toMatch(/^admin admin-api-blocked: /);
  });

  it('of who is not an admin', async () => {
    addUser(model, { localpart: 'anna' });
    expect(await failure({ token: model.issueToken('@anna:example') })).toBe(
      'admin not-admin: @anna:example is not a server admin.',
    );
  });

  it('that lacks the admin’s scope under MAS, whatever the admin column says', async () => {
    build({ mas: true });
    const token = model.issueToken(model.adminId, null, [CLIENT_SCOPE]);
    expect(await failure({ token })).toMatch(/^admin mas-scope: @admin:example .*lacks the scope urn:synapse:admin:\*/);
    expect(await failure({ token: model.issueToken(model.adminId, null, []) })).toMatch(/^whoami mas-scope: /);
  });

  it('that Synapse can’t ask MAS about, or whose account it does not have', async () => {
    build({ mas: true });
    front = [
      [
        /whoami/,
        () => Response.json({ errcode: 'M_UNKNOWN', error: 'Unable to introspect the access token' }, { status: 503 }),
      ],
    ];
    expect(await failure()).toMatch(/^whoami mas-down: /);
    front = [];
    expect(await failure({ token: model.issueToken('@ghost:example') })).toMatch(
      /^whoami account-missing: .*“User not found”/,
    );
  });
});

it('diagnose stops when cancelled, and blames nothing', async () => {
  const controller = new AbortController();
  front = [[/whoami/, 'silent']];
  const pending = look({ signal: controller.signal }, (checks) => {
    if (checks.some(({ id, state }) => id === 'whoami' && state === 'running')) controller.abort();
  });
  expect(await pending).toMatchObject({ ok: false, failure: null });
});
