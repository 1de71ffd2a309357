export interface Answer {
  status: number;
  headers: Headers;
  /** The parsed JSON, or the text where it is not JSON. */
  body: unknown;
}

export interface Ask {
  method?: string;
  token?: string;
  json?: unknown;
  /** A raw body instead of `json`. */
  raw?: BodyInit;
  headers?: Record<string, string>;
}

/** One request to a homeserver, whatever the status. Throws where there is no answer within 60 s. */
export async function ask(baseUrl: string, path: string, options: Ask = {}): Promise<Answer> {
  const headers = new Headers(options.headers);
  if (options.token !== undefined) headers.set('Authorization', `Bearer ${options.token}`);
  if (options.json !== undefined) headers.set('Content-Type', 'application/json');
  const response = await fetch(baseUrl + path, {
    method: options.method ?? 'GET',
    headers,
    body: options.json === undefined ? options.raw : JSON.stringify(options.json),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: the text is the body.
  }
  return { status: response.status, headers: response.headers, body };
}

/** As `ask`, but anything other than 2xx throws with the request and the server's own words. */
export async function must<T = Record<string, unknown>>(baseUrl: string, path: string, options: Ask = {}): Promise<T> {
  const answer = await ask(baseUrl, path, options);
  if (answer.status < 200 || answer.status > 299) {
    throw new Error(`${options.method ?? 'GET'} ${path} → ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer.body as T;
}

/** Path with each placeholder encoded: path`/_synapse/admin/v2/users/${userId}`. */
export const path = (strings: TemplateStringsArray, ...parts: string[]): string =>
  String.raw({ raw: strings }, ...parts.map(encodeURIComponent));
