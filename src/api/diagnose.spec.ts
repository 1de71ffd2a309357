import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLIENT_SCOPE } from '~/mocks/authenticate';
import { addUser } from '~/mocks/build';
import { MockHomeserver, type ModelOptions } from '~/mocks/homeserver';
import type { Check } from './checks';
import { diagnose, type Diagnosis } from './diagnose';

const BASE = 'https://matrix.example';

/** What stands before the homeserver, first match wins. `unread`: an answer without CORS. `cut`: no connection. */
type Front = readonly [RegExp, 'unread' | 'cut' | 'silent' | ((request: Request) => Response | Promise<Response>)][];

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
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
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
    return model.handle(request);
  });
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

interface Given {
  url?: string;
  token?: string;
  pageIsSecure?: boolean;
  signal?: AbortSignal;
  timeoutMs?: number;
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

  it('warns of a token sent by http over the network, not of this machine', async () => {
    const plain = 'http://matrix.example';
    front = [[/^http:/, (request) => model.handle(request)]];
    expect(states(await look({ url: plain, pageIsSecure: false }))).toMatchObject({ secure: 'warn', admin: 'ok' });
    expect(states(await look({ url: 'http://localhost:8008' }))).toMatchObject({ secure: 'ok', admin: 'ok' });
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
    expect(await look()).toMatchObject({ ok: false, suggestion: 'https://matrix.elsewhere.example' });
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
