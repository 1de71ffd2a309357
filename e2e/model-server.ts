import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MockHomeserver } from '../src/mocks/homeserver.ts';

/**
 * The model homeserver behind real HTTP: CORS, preflights and cut connections are then the browser's own, and the test holds
 * the model in its hand.
 */
export interface ServedModel {
  url: string;
  close(): Promise<void>;
}

export async function serveModel(model: Pick<MockHomeserver, 'handle'>): Promise<ServedModel> {
  const server = createServer((incoming, outgoing) => {
    void answer(model, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}

async function answer(
  model: Pick<MockHomeserver, 'handle'>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const response = await model.handle(await toRequest(incoming));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch {
    // The model's “reset” fault: the connection is cut, as by a server that dies.
    incoming.socket.destroy();
  }
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
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
  });
}
