import { t } from '@lingui/core/macro';
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
const IN_JSON = /access_token\\*["']\s*:\s*\\*["']([^"'\\]*)\\*["']/g;
/** In a URL, a cookie, a shell's variable or a form: the first part of what follows the sign. */
const ASSIGNED = /(?<![a-z])access_token\\*["']?\s*[=:]\s*\\*["']?([^&#;,\s"'\\{}]+)/gi;
/** What is left of JSON, or of a form, is no part of a token. */
const NO_TOKEN = /access_token|["'{}\\]/i;
const AROUND = /^["'`´<>“”„‘’«»]+|["'`´<>“”„‘’«»,;]+$/g;
const WIDE_SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;

/** The access token in what was pasted: a whole login answer, a header, quotes around it. No sentence repeats it. */
export function readToken(pasted: string): ReadToken {
  const seen = withoutInvisible(pasted).replaceAll(WIDE_SPACES, '').trim();
  const inJsons = [...seen.matchAll(IN_JSON)];
  const found = inJsons.length > 0 ? inJsons : [...seen.matchAll(ASSIGNED)];
  const named = new Set(found.map(([, token = '']) => token));
  if (named.size > 1)
    return { ok: false, reason: t`This contains more than one access_token. Paste only the one to use.` };
  const [inside] = named;
  if (inside === undefined && /^[{[]/.test(seen)) {
    return {
      ok: false,
      reason: /"errcode"/.test(seen)
        ? t`This is an error message of the homeserver, without an access_token.`
        : t`This is JSON without an access_token. Paste the token, or the whole answer of a login.`,
    };
  }
  const bare = seen
    .replace(/^-H\s+/, '')
    .replaceAll(AROUND, '')
    .replace(/^authorization:\s*/i, '')
    .replace(/^bearer\s+/i, '')
    .replaceAll(AROUND, '');
  const token = inside ?? bare;
  if (token === '') return { ok: false, reason: t`Paste the access token of an admin account.` };
  if (/\s/.test(token))
    return { ok: false, reason: t`An access token has no spaces or line breaks. Copy only the token.` };
  if (NO_TOKEN.test(token))
    return {
      ok: false,
      reason: t`There is more here than the token, and it isn’t clear where the token ends. Paste only the token.`,
    };
  // A header takes nothing else; `fetch` would fail as if the network had.
  if (!/^[\u0021-\u007E]+$/.test(token))
    return { ok: false, reason: t`An access token has only plain letters, digits and punctuation.` };
  return { ok: true, token, note: noteOn(pasted.trim(), seen, token, inside) };
}

function noteOn(pasted: string, seen: string, token: string, found: string | undefined): string | null {
  if (found !== undefined) return t`Only the access_token in it is used.`;
  if (seen !== pasted) return t`Invisible characters were removed.`;
  return token === pasted ? null : t`The text around the token was removed.`;
}
