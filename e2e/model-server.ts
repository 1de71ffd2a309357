import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MockHomeserver } from '../src/mocks/homeserver.ts';

/**
 * The model homeserver behind real HTTP: CORS, preflights and cut connections are then the browser's own, and the test holds
 * the model in its hand.
 */
export interface ServedModel {
  url: string;
  /** Cuts every connection and takes no new one: connecting is refused, as where a server died. */
  goAway(): Promise<void>;
  /** On the same port again. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export async function serveModel(model: Pick<MockHomeserver, 'handle'>): Promise<ServedModel> {
  const server = createServer((incoming, outgoing) => {
    void answer(model, incoming, outgoing);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve, reject) => {
      server.closeAllConnections();
      server.close((error) => (error ? reject(error) : resolve()));
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    goAway: stop,
    comeBack: () => listen(port),
    close: () => (server.listening ? stop() : Promise.resolve()),
  };
}

async function answer(
  model: Pick<MockHomeserver, 'handle'>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const gone = new AbortController();
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) gone.abort();
    });
    const response = await model.handle(await toRequest(incoming, gone.signal));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    // Piece by piece: of an answer that is cut short, the first half is on its way before the connection breaks.
    for await (const piece of response.body ?? []) await new Promise((resolve) => outgoing.write(piece, resolve));
    outgoing.end();
  } catch {
    // The model's “reset” fault: the connection is cut, as by a server that dies.
    incoming.socket.destroy();
  }
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD' && chunks.length > 0;
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method,
    headers,
    body: hasBody ? Buffer.concat(chunks) : null,
    signal,
  });
}
