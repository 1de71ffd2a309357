import type { Answer } from './answer';

/** §5.1: exactly these, on successes and JSON errors alike; never Allow-Credentials, never Max-Age. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, DELETE, OPTIONS',
  'Access-Control-Allow-Headers': 'X-Requested-With, Content-Type, Authorization, Date',
  'Access-Control-Expose-Headers': 'Synapse-Trace-Id, Server',
} as const;

export function toResponse(server: { version: string }, method: string, answer: Answer): Response {
  const headers = new Headers(answer.withoutCors ? {} : CORS);
  headers.set('Server', `Synapse/${server.version}`);
  let body: string | Uint8Array<ArrayBuffer> | null = null;
  if (answer.bytes) {
    body = answer.bytes.content;
    headers.set('Content-Type', answer.bytes.type);
  } else if (answer.body !== undefined) {
    body = JSON.stringify(answer.body);
    headers.set('Content-Type', 'application/json');
    headers.set('Cache-Control', 'no-cache, no-store, must-revalidate');
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value);
  return new Response(method === 'HEAD' || answer.status === 204 ? null : body, { status: answer.status, headers });
}

/** What a reverse proxy says itself: HTML, and no CORS headers, so that another origin can't read it (§5.1). */
export function proxyPage(status: number, title: string): Response {
  const heading = status === 200 ? title : `${status} ${title}`;
  const page = `<html>\r\n<head><title>${heading}</title></head>\r\n<body>\r\n<center><h1>${heading}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return new Response(page, { status, headers: { 'Content-Type': 'text/html', Server: 'nginx' } });
}

/** What Traefik says where it knows no container for the host. */
export const plainPage = (status: number, text: string): Response =>
  new Response(text, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });

/** An error page for who set the proxy up: it shows the request, with all of its headers. */
export function echoPage(status: number, request: Request): Response {
  const headers = [...request.headers].map(([name, value]) => `<tr><td>${name}</td><td>${value}</td></tr>`).join('');
  const page = `<html><h1>${status} upstream failed</h1><table>${headers}</table></html>`;
  return new Response(page, { status, headers: { 'Content-Type': 'text/html' } });
}

/** The same answer, but the connection breaks in the middle of the body. */
export function cutShort(response: Response, reason: () => Error): Response {
  const whole = response.clone();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const bytes = new Uint8Array(await whole.arrayBuffer());
      controller.enqueue(bytes.slice(0, Math.floor(bytes.length / 2)));
    },
    // Only when the first half was taken, or an error would overtake it.
    pull(controller) {
      controller.error(reason());
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}
