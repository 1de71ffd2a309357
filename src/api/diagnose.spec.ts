import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  BASE,
  beginAnew,
  build,
  detail,
  failure,
  html,
  look,
  scene,
  states,
  wellKnown,
  type Stance,
} from '~/testing/diagnosis';

/** What sign-in finds out about a homeserver that works, and about its URL. */

beforeEach(beginAnew);
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('diagnose, of a good homeserver', () => {
  it('tells what a session needs to know', async () => {
    expect(await look()).toMatchObject({
      ok: true,
      facts: {
        homeserver: { baseUrl: BASE, token: scene.model.adminToken },
        userId: '@admin:example',
        serverName: 'example',
        version: '1.163.2',
        mas: false,
      },
    });
  });

  it('passes every check with one look per endpoint', async () => {
    expect(new Set(Object.values(states(await look())))).toEqual(new Set(['ok']));
    expect(scene.asked.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'GET /_matrix/client/v1/auth_metadata',
      'GET /_matrix/client/v1/media/config',
      'GET /_matrix/client/v3/account/whoami',
      'GET /_matrix/client/versions',
      'GET /_synapse/admin/v1/server_version',
      'GET /_synapse/admin/v1/users/%40admin%3Aexample/media?limit=1',
      'GET /_synapse/admin/v2/users/%40admin%3Aexample',
    ]);
    expect(new Set(scene.asked.map(({ credentials }) => credentials))).toEqual(new Set(['omit']));
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
    scene.front = [
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
    scene.front = [[/auth_metadata/, html(500, 'Oops')]];
    const diagnosis = await look();
    expect(diagnosis).toMatchObject({ ok: true, facts: { mas: false } });
    expect(states(diagnosis)).toMatchObject({ mas: 'warn' });
  });

  it('only warns where the media endpoints don’t answer', async () => {
    scene.front = [[/media/, 'unread']];
    const diagnosis = await look();
    expect(diagnosis.ok).toBe(true);
    expect(states(diagnosis)).toMatchObject({ admin: 'ok', media: 'warn' });
    expect(detail(diagnosis, 'media')).toMatch(
      /^Neither \/_matrix\/client\/v1\/media nor the media part of the Admin API/,
    );
  });

  it('does not ask twice where only this machine is asked by http', async () => {
    const mayGoUnencrypted = vi.fn<() => Promise<boolean>>();
    scene.front = [[/^http:/, (request) => scene.model.handle(request)]];
    for (const url of ['http://localhost:8008', 'http://127.0.0.1', 'http://127.9.9.9:1', 'http://[::1]:8008']) {
      expect(states(await look({ url, mayGoUnencrypted }))).toMatchObject({ secure: 'ok', admin: 'ok' });
    }
    expect(mayGoUnencrypted).not.toHaveBeenCalled();
  });
});

describe('diagnose, http to another machine', () => {
  beforeEach(() => {
    scene.front = [[/^http:/, (request) => scene.model.handle(request)]];
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
      tokensSent.push(scene.asked.filter(({ token }) => token).length);
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
      /^secure plain-http: The access token was not sent to http:\/\/matrix\.example/,
    );
    expect(scene.asked.length).toBeGreaterThan(0);
    expect(scene.asked.some(({ token }) => token)).toBe(false);
  });
});

describe('diagnose, the URL', () => {
  it('asks nobody when it is none', async () => {
    expect(await failure({ url: 'my homeserver' })).toBe('url url: A URL can’t contain spaces.');
    expect(scene.asked).toEqual([]);
  });

  it('names http from an https page as the reason, not what followed from it', async () => {
    scene.front = [[/./, 'cut']];
    const diagnosis = await look({ url: 'http://matrix.example' });
    expect(diagnosis).toMatchObject({ ok: false, failure: { id: 'secure', cause: 'mixed-content' } });
    expect(states(diagnosis)).toMatchObject({ versions: 'waiting', 'admin-api': 'waiting' });
    expect(await failure({ url: 'http://matrix.example', pageIsSecure: false })).toMatch(/^versions unreachable/);
  });

  it('tells no connection from an answer without CORS', async () => {
    scene.front = [[/./, 'cut']];
    expect(await failure()).toMatch(/^versions unreachable: No connection/);
    scene.front = [[/./, 'unread']];
    expect(await failure()).toMatch(/^versions cors: Something answers there, but without the headers/);
  });

  it('never sends the token to what did not answer as a homeserver', async () => {
    scene.front = [[/./, html(404, 'Not found')]];
    expect(await failure()).toMatch(/^versions not-a-homeserver: .*not a Matrix homeserver.*status 404: “Not found”/);
    scene.front = [[/./, html(200, 'Welcome to our website')]];
    expect(await failure()).toMatch(/^versions not-a-homeserver: .*a page that is not from Synapse/);
    expect(scene.asked.some(({ token }) => token)).toBe(false);
  });

  it('suggests what well-known says, and never swaps it in', async () => {
    const website: Stance = [/^(?!\/\.well-known)/, html(404, 'Not found')];
    scene.front = [[/well-known/, wellKnown('https://matrix.elsewhere.example/')], website];
    expect(await look()).toMatchObject({
      ok: false,
      suggestion: { url: 'https://matrix.elsewhere.example', by: 'well-known' },
    });
    expect(scene.asked.every(({ path }) => path.startsWith('/'))).toBe(true);
    for (const useless of [`${BASE}/`, 'javascript:alert(1)', '']) {
      scene.front = [[/well-known/, wellKnown(useless)], website];
      expect(await look()).toMatchObject({ ok: false, suggestion: null });
    }
  });

  it('tells a proxy whose homeserver is down', async () => {
    scene.front = [[/./, html(502, 'Bad Gateway')]];
    expect(await failure()).toMatch(/^versions homeserver-down: The proxy is up.*502.*“Bad Gateway”/);
  });

  it('gives up on silence in its own time', async () => {
    scene.front = [[/versions/, 'silent']];
    expect(await failure({ timeoutMs: 30 })).toMatch(/^versions timeout: No answer came in time/);
  });

  it('hands on a 429 with the time it asks for', async () => {
    scene.front = [
      [/versions/, () => Response.json({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 2500 }, { status: 429 })],
    ];
    expect(await failure()).toBe('versions busy: The homeserver asks to slow down (429). Try again in 3 seconds.');
  });

  it('says so when it is /_matrix that the proxy does not forward', async () => {
    scene.front = [[/^\/_matrix/, 'unread']];
    expect(await failure()).toMatch(/^versions client-api-blocked: The proxy forwards \/_synapse\/admin but not/);
  });
});

it('diagnose stops when cancelled, and blames nothing', async () => {
  const controller = new AbortController();
  scene.front = [[/whoami/, 'silent']];
  const pending = look({ signal: controller.signal }, (checks) => {
    if (checks.some(({ id, state }) => id === 'whoami' && state === 'running')) controller.abort();
  });
  expect(await pending).toMatchObject({ ok: false, failure: null });
});
