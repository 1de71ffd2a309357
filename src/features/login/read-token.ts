export type ReadToken = { ok: true; token: string } | { ok: false; reason: string };

/** The access token from what was pasted: quotes around it and a `Bearer` before it are no part of it. */
export function readToken(pasted: string): ReadToken {
  const token = pasted
    .trim()
    .replace(/^authorization:\s*/i, '')
    .replace(/^bearer\s+/i, '')
    .replace(/^(["'`])(.*)\1$/, '$2');
  if (token === '') return { ok: false, reason: 'Paste the access token of an admin’s account.' };
  if (/\s/.test(token))
    return { ok: false, reason: 'An access token has no spaces or line breaks: was more copied than the token?' };
  // A header takes nothing else; `fetch` would fail as if the network had.
  if (!/^[\u0021-\u007E]+$/.test(token))
    return { ok: false, reason: 'An access token has only plain letters, digits and signs.' };
  return { ok: true, token };
}
