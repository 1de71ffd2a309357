import { withoutInvisible } from '~/lib/invisible';

export type ReadToken =
  | {
      ok: true;
      token: string;
      /** What was taken off, or where the token was found, in a sentence; null: it was pasted alone. */
      note: string | null;
    }
  | { ok: false; reason: string };

/** `"access_token": "syt_…"` in what a login answers, whole or in part, also as curl prints it. */
const IN_JSON = /(["'])access_token\1\s*:\s*(["'])([^"']*)\2/g;
const IN_URL = /[?&]access_token=([^&#\s"']+)/;
const AROUND = /^["'`´<>“”„‘’«»]+|["'`´<>“”„‘’«»,;]+$/g;
const WIDE_SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;

/** The access token in what was pasted: a whole login answer, a header, quotes around it. No sentence repeats it. */
export function readToken(pasted: string): ReadToken {
  const seen = withoutInvisible(pasted).replaceAll(WIDE_SPACES, '').trim();
  const named = new Set([...seen.matchAll(IN_JSON)].map(([, , , token = '']) => token));
  if (named.size > 1) return { ok: false, reason: 'This holds more than one access_token: paste the one to use.' };
  const [inJson] = named;
  const inUrl = inJson === undefined ? IN_URL.exec(seen)?.[1] : undefined;
  if (inJson === undefined && inUrl === undefined && /^[{[]/.test(seen)) {
    return {
      ok: false,
      reason: `This is JSON without an access_token. ${/"errcode"/.test(seen) ? 'It is an error of the homeserver.' : 'Paste the token, or the whole answer of a login.'}`,
    };
  }
  const bare = seen
    .replace(/^-H\s+/, '')
    .replaceAll(AROUND, '')
    .replace(/^authorization:\s*/i, '')
    .replace(/^bearer\s+/i, '')
    .replaceAll(AROUND, '');
  const token = inJson ?? inUrl ?? bare;
  if (token === '') return { ok: false, reason: 'Paste the access token of an admin’s account.' };
  if (/\s/.test(token))
    return { ok: false, reason: 'An access token has no spaces or line breaks: was more copied than the token?' };
  // A header takes nothing else; `fetch` would fail as if the network had.
  if (!/^[\u0021-\u007E]+$/.test(token))
    return { ok: false, reason: 'An access token has only plain letters, digits and signs.' };
  return { ok: true, token, note: noteOn(pasted.trim(), seen, token, inJson ?? inUrl) };
}

function noteOn(pasted: string, seen: string, token: string, found: string | undefined): string | null {
  if (found !== undefined) return 'The access_token in it is used, and nothing else.';
  if (seen !== pasted) return 'Invisible characters were removed.';
  return token === pasted ? null : 'What stands around the token was removed.';
}
