import type { MasAnswer, MasRoute } from './call';

const STANDARD = 'authorization,accept,accept-language,content-language,content-type';
const HEADERS: Readonly<Record<Exclude<MasRoute['cors'], 'none'>, string>> = {
  admin: 'authorization,accept,content-type,x-requested-with',
  oauth: `${STANDARD},x-requested-with`,
  discovery: STANDARD,
};

/** Never `Expose-Headers`, never `Allow-Credentials` (`handlers/src/lib.rs`). */
export function respond(cors: MasRoute['cors'], method: string, answer: MasAnswer): Response {
  const headers = new Headers(answer.headers);
  if (cors !== 'none') {
    headers.set('Access-Control-Allow-Origin', '*');
    headers.set('Vary', 'origin, access-control-request-method, access-control-request-headers');
    if (method === 'OPTIONS') {
      headers.set('Access-Control-Allow-Methods', '*');
      headers.set('Access-Control-Allow-Headers', HEADERS[cors]);
      if (cors !== 'admin') headers.set('Access-Control-Max-Age', '3600');
    }
  }
  if (answer.body !== undefined) headers.set('Content-Type', 'application/json');
  else if (answer.text !== undefined && !headers.has('Content-Type')) {
    headers.set('Content-Type', 'text/plain; charset=utf-8');
  }
  const text = answer.body === undefined ? (answer.text ?? null) : JSON.stringify(answer.body);
  return new Response(method === 'HEAD' || answer.status === 204 ? null : text, { status: answer.status, headers });
}
