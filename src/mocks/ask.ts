import type { MockHomeserver } from './homeserver';

export interface Said {
  status: number;
  /** Parsed, or the text where it is no JSON object. */
  body: Record<string, unknown>;
  text: string;
  headers: Headers;
}

interface Options {
  /** The admin's unless said; null sends none. */
  token?: string | null;
  headers?: Record<string, string>;
}

/** One request of the specs, past any API layer: `ask(hs, 'GET', '/_synapse/admin/v2/users')`. A string body goes as it is. */
export async function ask(
  hs: MockHomeserver,
  method: string,
  path: string,
  body?: unknown,
  { token = hs.adminToken, headers = {} }: Options = {},
): Promise<Said> {
  const request = new Request(`http://localhost:8008${path}`, {
    method,
    headers: { ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...headers },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const response = await hs.handle(request);
  const text = await response.text();
  return { status: response.status, body: parsed(text), text, headers: response.headers };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
