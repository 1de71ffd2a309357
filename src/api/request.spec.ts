import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { sendCredentials } from './credentials';
import { HomeserverError } from './errors';
import { answerInPage, path, request, requestBlob, requestWithStatus, whereto } from './request';
import { rowsOf } from './rows';

/** A real server, since what is tested is what the wire can do to us. */
type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

let answer: Answer;
let baseUrl: string;
const server = createServer((incoming, outgoing) => answer(incoming, outgoing));

beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(
  () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
);

const TOKEN = 'syt_secret_0123456789';
const schema = z.object({ name: z.string() });

function says(status: number, body: string, type = 'application/json'): Answer {
  return (_incoming, outgoing) => outgoing.writeHead(status, { 'Content-Type': type }).end(body);
}

/** The error of a GET (or another method) of /x. */
async function refused(
  spec: { method?: 'PUT'; timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<HomeserverError> {
  const hs = { baseUrl, token: TOKEN };
  const error: unknown = await request(hs, { path: path`/x`, schema, ...spec }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HomeserverError)) throw new Error(`expected a HomeserverError, got ${String(error)}`);
  expect(error.message).not.toContain(TOKEN);
  return error;
}

describe('request', () => {
  it('lets no cache answer: where Synapse does not see to that itself, it is asked for', async () => {
    const asked = vi
      .spyOn(globalThis, 'fetch')
      .mockImplementation((url) =>
        Promise.resolve(
          (url as string).endsWith('/picture')
            ? new Response('x', { headers: { 'Content-Type': 'image/png' } })
            : Response.json({ name: 'x' }),
        ),
      );
    const spec = { path: path`/x`, schema };
    await request({ baseUrl, token: TOKEN }, spec);
    await request({ baseUrl }, spec);
    await requestBlob({ baseUrl, token: TOKEN }, { path: path`/picture` });
    const caches = asked.mock.calls.map(([, init]) => init?.cache);
    asked.mockRestore();
    expect(caches).toEqual(['default', 'no-store', 'no-store']);
  });

  it('gives the checked body of a success', async () => {
    answer = says(200, '{"name":"anna","more":1}');
    await expect(request({ baseUrl, token: TOKEN }, { path: path`/x`, schema })).resolves.toEqual({ name: 'anna' });
  });

  it('tells 200 from 201, since a PUT may have created an account', async () => {
    answer = says(201, '{"name":"anna"}');
    const answered = await requestWithStatus({ baseUrl, token: TOKEN }, { method: 'PUT', path: path`/x`, schema });
    expect(answered.status).toBe(201);
  });

  it('sends the token in a header and never in the URL', async () => {
    let seen: IncomingMessage | undefined;
    answer = (incoming, outgoing) => {
      seen = incoming;
      outgoing.end('{"name":"a"}');
    };
    await request({ baseUrl, token: TOKEN }, { path: path`/x`, query: { a: 'b c', many: ['1', '2'] }, schema });
    expect(seen?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(seen?.url).toBe('/x?a=b+c&many=1&many=2');
  });

  it('sends no cookies, unless a proxy in front of the homeserver asks for them', async () => {
    const asked: RequestCredentials[] = [];
    const at = 'https://in-the-page.example';
    answerInPage(at, async ({ credentials }) => {
      asked.push(credentials);
      return new Response('{"name":"a"}');
    });
    const ask = () => request({ baseUrl: at, token: TOKEN }, { path: path`/x`, schema });
    await ask();
    sendCredentials('include');
    await ask();
    sendCredentials('omit');
    expect(asked).toEqual(['omit', 'include']);
  });

  it('encodes #, /, ? and % in ids, and refuses the parts that URLs fold away', () => {
    expect(path`/join/${'#a/b?c%:d.org'}`).toBe('/join/%23a%2Fb%3Fc%25%3Ad.org');
    expect(() => path`/token/${'..'}`).toThrow('“..” can’t be part of a URL');
  });
});

describe('each way to fail has its sentence', () => {
  it('Matrix errors keep the server’s own reason', async () => {
    answer = says(403, '{"errcode":"M_FORBIDDEN","error":"You are not a server admin"}');
    const error = await refused();
    expect(error).toMatchObject({ kind: 'matrix', status: 403, errcode: 'M_FORBIDDEN', notAdmin: true });
    expect(error.message).toContain('You are not a server admin');
  });

  it('401 says that the token is not accepted', async () => {
    answer = says(401, '{"errcode":"M_UNKNOWN_TOKEN","error":"Invalid access token passed."}');
    const error = await refused();
    expect(error.signedOut).toBe(true);
    expect(error.message).toMatch(/does not accept the access token.*Invalid access token passed\./);
  });

  it('tells “no such endpoint” from “no such thing”', async () => {
    answer = says(404, '{"errcode":"M_UNRECOGNIZED","error":"Unrecognized request"}');
    const absent = await refused();
    expect(absent).toMatchObject({ endpointAbsent: true, notFound: false });
    expect(absent.message).toContain('does not support this');
    answer = says(404, '{"errcode":"M_NOT_FOUND","error":"User not found"}');
    const missing = await refused();
    expect(missing).toMatchObject({ endpointAbsent: false, notFound: true });
    expect(missing.message).toContain('User not found');
  });

  it('429 carries retry_after_ms from the body', async () => {
    answer = says(429, '{"errcode":"M_LIMIT_EXCEEDED","error":"Too Many Requests","retry_after_ms":1500}');
    expect(await refused()).toMatchObject({ kind: 'matrix', status: 429, retryAfterMs: 1500 });
  });

  it.each(['"soon"', 'null', '1e999', '{}'])('429 with retry_after_ms %s keeps the words beside it', async (said) => {
    answer = says(429, `{"errcode":"M_LIMIT_EXCEEDED","error":"Too Many Requests","retry_after_ms":${said}}`);
    expect(await refused()).toMatchObject({ kind: 'matrix', errcode: 'M_LIMIT_EXCEEDED', retryAfterMs: undefined });
  });

  it('a proxy’s HTML page is told as a proxy’s, with its words and without its markup', async () => {
    answer = says(502, '<html><style>b{}</style><h1>502 Bad Gateway</h1><hr>nginx</html>', 'text/html');
    const error = await refused();
    expect(error).toMatchObject({ kind: 'http', status: 502 });
    expect(error.message).toContain('502 Bad Gateway nginx');
    expect(error.message).not.toContain('<');
  });

  it.each([
    ['Traefik’s 404 while a container restarts', 404, '404 page not found', 'text/plain'],
    ['nginx’s 404', 404, '<html><h1>404 Not Found</h1><hr>nginx</html>', 'text/html'],
    ['an API gateway’s JSON', 404, '{"error":"no Route matched with those values"}', 'application/json'],
    ['a 404 in JSON whose errcode is not Matrix’s', 404, '{"errcode":40401,"error":"x"}', 'application/json'],
    ['an authenticating proxy’s 401', 401, '<h1>Sign in</h1>', 'text/html'],
    ['a 403 in another server’s words', 403, 'You are not a server admin', 'text/plain'],
    ['an empty 404', 404, '', 'text/plain'],
    ['405', 405, 'M_UNRECOGNIZED', 'text/plain'],
    ['a portal’s page with 200', 200, '<h1>Welcome</h1>', 'text/html'],
    ['an empty success', 204, '', 'text/plain'],
  ])('%s is not the homeserver’s word: nothing is gone, signed out or absent', async (_what, status, body, type) => {
    answer = says(status, body, type);
    const error = await refused();
    expect(error).toMatchObject({ kind: 'http', status, mayHaveHappened: false });
    expect(error).toMatchObject({ notFound: false, signedOut: false, notAdmin: false, endpointAbsent: false });
    expect(error.message).toMatch(
      /^Something in front of the homeserver(, not Synapse, answered \d+| answered \d+ .*not from Synapse)/,
    );
    expect((await refused({ method: 'PUT' })).mayHaveHappened).toBe(true);
  });

  it('a proxy’s 413 and 429 say that the request was not passed on', async () => {
    answer = says(413, '');
    const tooLarge = await refused({ method: 'PUT' });
    expect(tooLarge.mayHaveHappened).toBe(false);
    expect(tooLarge.message).toContain('larger than');
    answer = says(429, '<h1>429 Too Many Requests</h1>', 'text/html');
    expect((await refused({ method: 'PUT' })).mayHaveHappened).toBe(false);
  });

  it('a proxy’s page is no picture', async () => {
    answer = says(200, '<html>Please log in</html>', 'text/html');
    const picture = requestBlob({ baseUrl, token: TOKEN }, { path: path`/x` });
    await expect(picture).rejects.toMatchObject({ kind: 'http', status: 200 });
  });

  it('a success that is not JSON is no success', async () => {
    answer = says(200, '<html>Please log in</html>', 'text/html');
    const error = await refused({ method: 'PUT' });
    expect(error).toMatchObject({ kind: 'http', status: 200, mayHaveHappened: true });
    expect(error.message).toContain('Please log in');
  });

  it('a success of another shape says what is wrong with it', async () => {
    answer = says(200, '{"name":7}');
    expect((await refused()).message).toContain('name');
  });

  it('a success about somebody else is no answer to what was asked: a write may have been carried out', async () => {
    answer = says(200, '{"name":"@b:x"}');
    const asked = { path: path`/x`, schema, subject: ({ name }: { name: string }) => [name, '@a:x'] as const };
    const write = request({ baseUrl, token: TOKEN }, { ...asked, method: 'PUT' });
    await expect(write).rejects.toMatchObject({ kind: 'shape', mayHaveHappened: true });
    await expect(request({ baseUrl, token: TOKEN }, asked)).rejects.toThrow('it is about @b:x, not about @a:x');
    answer = says(200, '{"name":"@a:x"}');
    await expect(request({ baseUrl, token: TOKEN }, asked)).resolves.toEqual({ name: '@a:x' });
  });

  it('an answer cut short is no answer', async () => {
    answer = (_incoming, outgoing) => {
      outgoing.writeHead(200, { 'Content-Length': '100' });
      outgoing.write('{"name":');
      setTimeout(() => outgoing.destroy(), 20);
    };
    expect(await refused({ method: 'PUT' })).toMatchObject({ kind: 'network', mayHaveHappened: true });
  });

  it('no answer at all: a read surely changed nothing, a write may have', async () => {
    answer = (incoming) => incoming.socket.destroy();
    expect(await refused()).toMatchObject({ kind: 'network', mayHaveHappened: false });
    expect(await refused({ method: 'PUT' })).toMatchObject({ kind: 'network', mayHaveHappened: true });
  });

  it('no answer in time is a timeout, and a cancelled request says so', async () => {
    answer = () => undefined;
    expect((await refused({ timeoutMs: 30 })).kind).toBe('timeout');
    expect((await refused({ signal: AbortSignal.abort() })).kind).toBe('aborted');
  });
});

describe('the token never comes back in', () => {
  it.each([
    ['an error page', 502, `<h1>502</h1><p>${'x'.repeat(130)} Authorization: Bearer ${TOKEN}</p>`],
    [
      'a page that breaks it by tags',
      502,
      `<p>${TOKEN.slice(0, 8)}<b>${TOKEN.slice(8, 16)}</b>\n${TOKEN.slice(16)}</p>`,
    ],
    ['a page with a script in it', 502, `${TOKEN.slice(0, 14)}<script>f(1 > 0)</script>${TOKEN.slice(14)}`],
    ['a Matrix error', 403, JSON.stringify({ errcode: `M_${TOKEN}`, error: `You sent Bearer ${TOKEN}` })],
    ['a page with 200', 200, `<pre>authorization: Bearer ${encodeURIComponent(TOKEN)}</pre>`],
    ['a success of another shape', 200, JSON.stringify({ [TOKEN]: TOKEN })],
  ])('%s that echoes it is read without it', async (_what, status, body) => {
    answer = says(status, body);
    const error = await refused();
    const all = [JSON.stringify(error), error.message, error.stack].join(' ');
    expect(all).not.toContain(TOKEN);
    // Nor is a part of it left where the words are cut.
    expect(all).not.toContain(TOKEN.slice(0, 10));
    expect(all).not.toContain(TOKEN.slice(-10));
  });

  it('a success that echoes it in a value is read without it', async () => {
    answer = says(200, JSON.stringify({ name: `anna ${TOKEN}` }));
    const body = await request({ baseUrl, token: TOKEN }, { path: path`/x`, schema });
    expect(body).toEqual({ name: 'anna [access token]' });
  });
});

describe('rowsOf', () => {
  it('keeps the good rows and names the odd one', () => {
    const parsed = z.parse(rowsOf(schema), [{ name: 'a' }, { name: null }, { name: 'c' }]);
    expect(parsed.rows).toEqual([{ name: 'a' }, { name: 'c' }]);
    expect(parsed.odd).toEqual([{ index: 1, problem: expect.stringContaining('name') as string }]);
  });
});

describe('a redirect', () => {
  const leads: Answer = (incoming, outgoing) => {
    asked.push(
      `${incoming.method} ${incoming.url} ${incoming.headers.authorization === undefined ? '' : 'token'}`.trim(),
    );
    if (incoming.url === '/elsewhere') outgoing.end('{"name":"anna"}');
    else outgoing.writeHead(307, { Location: '/elsewhere' }).end();
  };
  let asked: string[];
  beforeEach(() => {
    asked = [];
    answer = leads;
  });

  it.each(['GET', 'PUT'] as const)('is not followed with the token: %s fails in words of its own', async (method) => {
    const error = await refused(method === 'PUT' ? { method } : {});
    expect(error).toMatchObject({
      kind: 'redirect',
      mayHaveHappened: method === 'PUT',
      notFound: false,
      signedOut: false,
    });
    expect(error.message).toMatch(/redirects this request to another URL/);
    expect(asked).toEqual([`${method} /x token`]);
  });

  it('of a picture is not followed either', async () => {
    const picture = requestBlob({ baseUrl, token: TOKEN }, { path: path`/x` });
    await expect(picture).rejects.toMatchObject({ kind: 'redirect' });
    expect(asked).toEqual(['GET /x token']);
  });

  it('without a token is followed only where that is asked for, and never with one', async () => {
    await expect(request({ baseUrl }, { path: path`/x`, schema })).rejects.toMatchObject({ kind: 'redirect' });
    await expect(request({ baseUrl }, { path: path`/x`, schema, follow: true })).resolves.toEqual({ name: 'anna' });
    const withToken = request({ baseUrl, token: TOKEN }, { path: path`/x`, schema, follow: true });
    await expect(withToken).rejects.toMatchObject({ kind: 'redirect' });
    expect(asked).toEqual(['GET /x', 'GET /x', 'GET /elsewhere', 'GET /x token']);
  });

  it('tells where it leads, without the token', async () => {
    const { url, json } = await whereto({ baseUrl }, path`/x`, new AbortController().signal);
    expect(url).toBe(`${baseUrl}/elsewhere`);
    expect(json).toEqual({ name: 'anna' });
    expect(asked.some((line) => line.includes('token'))).toBe(false);
  });
});

describe('a homeserver in the page', () => {
  it('answers what is asked of its base URL, and nothing else goes through it', async () => {
    const there: string[] = [];
    answerInPage('https://demo.example', (incoming) => {
      there.push(`${incoming.method} ${incoming.url} ${incoming.headers.get('Authorization')}`);
      return Promise.resolve(Response.json({ name: 'demo' }));
    });
    answer = says(200, '{"name":"real"}');
    const demo = { baseUrl: 'https://demo.example', token: 'demo' };
    await expect(request(demo, { path: path`/x`, query: { a: '1' }, schema })).resolves.toEqual({ name: 'demo' });
    await expect(request({ baseUrl, token: TOKEN }, { path: path`/x`, schema })).resolves.toEqual({ name: 'real' });
    expect(there).toEqual(['GET https://demo.example/x?a=1 Bearer demo']);
  });
});
