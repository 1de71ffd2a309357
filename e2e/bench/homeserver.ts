import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer as createHttp, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import { connect, createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { extname, join } from 'node:path';

/** A homeserver for measuring: its answers are ready at once, its round trip and its capacity are what is set. */

export const SERVER_NAME = 'bench.test';
export const PROVIDER = 'oidc-old';
const OTHER = 'oidc-new';
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export interface BenchServer {
  baseUrl: string;
  /** Ms on the wire, there and back: also for the handshake of a connection. */
  roundTripMs: number;
  /** Ms of work an answer takes. */
  workMs: number;
  /** Requests that are worked on at once; the others queue. */
  capacity: number;
  /** The server's own ms for each answer, and when (epoch ms): since `forget`. */
  times: { at: number; ms: number }[];
  requests: number;
  forget(): void;
  /** `users` users, of whom every `every`th has an id of PROVIDER. */
  fill(users: number, every: number): void;
  /** How many hold an id of PROVIDER. */
  held(): number;
  close(): void;
}

type Ids = readonly { auth_provider: string; external_id: string }[];

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** Ends whatever is still open. */
function closing(server: Server): () => void {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  return () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
}

function selfSigned(folder: string): { key: Buffer; cert: Buffer } {
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, '-days', '2', ...subject], {
    stdio: 'ignore',
  });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

function send(response: ServerResponse, status: number, type: string, text: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** One direction of a wire: what goes in comes out `ms` later, in order. */
function delay(from: Socket, to: Socket, ms: () => number): void {
  let last = 0;
  from.on('data', (chunk) => {
    const due = Math.max(last, performance.now() + ms());
    last = due;
    const wait = due - performance.now();
    if (wait <= 0) to.write(chunk);
    else setTimeout(() => to.write(chunk), wait);
  });
  // What is still on the wire arrives before its end does.
  from.on('close', () => setTimeout(() => to.end(), Math.max(0, last - performance.now()) + 1));
  from.on('error', () => to.destroy());
}

/** @param folder the built page, which has the same origin; the certificate is kept there too. */
export async function startServer(folder: string, protocol: 'http/1.1' | 'h2'): Promise<BenchServer> {
  const users = new Map<string, Ids>();
  const queue: (() => void)[] = [];
  let working = 0;

  function answerOf(method: string, url: URL, body: string): unknown {
    const path = decodeURIComponent(url.pathname);
    if (path === '/_synapse/admin/v3/users') {
      const from = Number(url.searchParams.get('from') ?? 0);
      const limit = Number(url.searchParams.get('limit') ?? 100);
      const names = [...users.keys()].slice(from, from + limit);
      const next = from + limit < users.size ? { next_token: String(from + limit) } : {};
      return { users: names.map((name) => ({ name })), total: users.size, ...next };
    }
    const name = path.slice('/_synapse/admin/v2/users/'.length);
    if (method === 'PUT') users.set(name, (JSON.parse(body) as { external_ids: Ids }).external_ids);
    return { name, creation_ts: 1_700_000_000, external_ids: users.get(name) ?? [] };
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://bench');
    if (!url.pathname.startsWith('/_')) {
      const file = join(folder, url.pathname === '/' ? 'index.html' : url.pathname);
      if (existsSync(file)) send(response, 200, TYPES[extname(file)] ?? 'text/plain', readFileSync(file));
      else send(response, 404, 'text/plain', 'No such file.');
      return;
    }
    const arrived = performance.now();
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    const finish = () => {
      send(response, 200, 'application/json', JSON.stringify(answerOf(request.method ?? 'GET', url, body)));
      server.requests += 1;
      server.times.push({ at: Date.now(), ms: performance.now() - arrived });
    };
    const work = () => {
      if (server.workMs === 0) {
        finish();
        return;
      }
      working += 1;
      setTimeout(() => {
        working -= 1;
        finish();
        queue.shift()?.();
      }, server.workMs);
    };
    request.on('end', () => {
      if (server.workMs === 0 || working < server.capacity) work();
      else queue.push(work);
    });
  }

  const listener: RequestListener = (request, response) => handle(request, response);
  const origin =
    protocol === 'h2'
      ? createSecureServer({ ...selfSigned(folder), allowHTTP1: true }, listener as never)
      : createHttp({ keepAliveTimeout: 60_000 }, listener);
  const endOrigin = closing(origin);
  const originPort = await listen(origin);
  const wire = createTcp({ noDelay: true }, (near) => {
    const far = connect({ port: originPort, host: '127.0.0.1', noDelay: true });
    // A connection costs a round trip before its first byte.
    let handshakeMs = server.roundTripMs;
    delay(near, far, () => {
      const ms = handshakeMs + server.roundTripMs / 2;
      handshakeMs = 0;
      return ms;
    });
    delay(far, near, () => server.roundTripMs / 2);
  });
  const endWire = closing(wire);
  const port = await listen(wire);
  const server: BenchServer = {
    baseUrl: `${protocol === 'h2' ? 'https' : 'http'}://127.0.0.1:${port}`,
    roundTripMs: 0,
    workMs: 0,
    capacity: 1,
    times: [],
    requests: 0,
    forget() {
      server.times = [];
      server.requests = 0;
    },
    fill(count, every) {
      users.clear();
      for (let index = 0; index < count; index += 1) {
        const ids = [{ auth_provider: OTHER, external_id: `new-${index}` }];
        if (index % every === 0) ids.push({ auth_provider: PROVIDER, external_id: `old-${index}` });
        users.set(`@user${index}:${SERVER_NAME}`, ids);
      }
    },
    held: () => [...users.values()].filter((ids) => ids.some((id) => id.auth_provider === PROVIDER)).length,
    close() {
      endWire();
      endOrigin();
    },
  };
  return server;
}
