import { withoutInvisible } from './invisible';
import { withValues, type Text } from './text';

export type ParsedUrl =
  | {
      ok: true;
      baseUrl: string;
      /** What was taken off, in a sentence; null: nothing. */
      note: Text | null;
    }
  | { ok: false; reason: Text };

const refuse = (reason: Text): ParsedUrl => ({ ok: false, reason });

/** `example.org:8448` has no scheme, `ftp://x` and `mailto:x` have one. */
const SCHEME = /^([a-z][a-z0-9+.-]*):(?!\d)/i;
/** Where a pasted address stops being the homeserver's own. */
const ENDPOINTS = /\/(?:_matrix|_synapse|\.well-known\/matrix)(?:[/?#]|$)/;
/** What mails, chats and documentation put around an address; spaces that look like others. */
const AROUND = /^["'`´<>()[\]“”„‘’«»]+|["'`´<>()“”„‘’«»,;]+$/g;
/** The same where a slash stands behind it. */
const AT_END = /[/"'`´<>()“”„‘’«»,;]+$/;
const WIDE_SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
const HOSTNAME = /^(?:[a-z0-9_-]+\.)*[a-z0-9_-]+\.?$/;

/**
 * The homeserver's URL from what was typed or pasted, without a trailing slash. Nothing is asked of the network and nothing
 * swapped in: a server name stays that host, sub-paths stay, only an endpoint's own path is cut off.
 */
export function parseHomeserverUrl(typed: string): ParsedUrl {
  const seen = withoutInvisible(typed).replaceAll(WIDE_SPACES, '').trim();
  const text = seen.replaceAll(AROUND, '').trim();
  if (text === '') return refuse(MISSING);
  if (/^[@!#+][^:]*:/.test(text)) {
    return refuse(MATRIX_ID);
  }
  if (/\s/.test(text)) return refuse(SPACES);
  if (/^https?:?\/\/+https?:?\/\//i.test(text)) return refuse(TWICE);
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'https' && scheme !== 'http') {
    return refuse(withValues(OTHER_SCHEME, { scheme }));
  }
  const [home = '', ...cut] = (scheme === undefined ? withScheme(text) : text).split(ENDPOINTS);
  const url = URL.parse(home);
  if (!url || !isHost(url.hostname)) {
    return refuse(NO_URL);
  }
  if (url.username !== '' || url.password !== '') {
    return refuse(PASSWORD);
  }
  if (cut.length === 0 && (url.search !== '' || url.hash !== '')) {
    return refuse(QUERY);
  }
  // `https//example.org` and `https:https:example.org`.
  if (/^https?$/.test(url.hostname)) return refuse(NO_HOST);
  // A sentence's full stop, or the root of DNS: servers are set up without either.
  url.hostname = url.hostname.replace(/\.$/, '');
  const baseUrl = url.origin + url.pathname.replace(AT_END, '');
  return { ok: true, baseUrl, note: noteOn(typed, seen, text, baseUrl) };
}

function noteOn(typed: string, seen: string, text: string, urlId: string): Text | null {
  const hasInvisible = seen !== typed.trim();
  const hasQuotes = text !== seen;
  if (!hasInvisible && !hasQuotes) return null;
  const note = hasInvisible ? (hasQuotes ? WITHOUT_BOTH : WITHOUT_INVISIBLE) : WITHOUT_QUOTES;
  // Not the text itself: an endpoint's query may hold a token.
  return withValues(note, { urlId });
}

const MISSING = /*i18n*/ {
  id: 'url.missing',
  message: 'Enter the URL of your homeserver, for example https://matrix.example.org.',
};
const MATRIX_ID = /*i18n*/ {
  id: 'url.matrix-id',
  message: 'This is a Matrix ID. Enter the URL of the homeserver instead, for example https://matrix.example.org.',
};
const SPACES = /*i18n*/ { id: 'url.spaces', message: 'A URL can’t contain spaces.' };
const TWICE = /*i18n*/ { id: 'url.twice', message: 'The URL starts with “https://” twice. Remove one.' };
const OTHER_SCHEME = /*i18n*/ {
  id: 'url.scheme',
  message: 'A homeserver URL starts with https:// (or http://), not with {scheme}:.',
} as const;
const NO_URL = /*i18n*/ {
  id: 'url.invalid',
  message: 'This is not a valid URL. A homeserver URL looks like https://matrix.example.org.',
};
const PASSWORD = /*i18n*/ {
  id: 'url.password',
  message: 'Remove the user name and password from the URL. Glia signs in with the access token.',
};
const QUERY = /*i18n*/ {
  id: 'url.query',
  message: 'A homeserver URL has no “?” or “#” in it. Is this the address of an app, such as Element?',
};
const NO_HOST = /*i18n*/ {
  id: 'url.no-host',
  message: 'The URL must start with “https://”, followed by the host name.',
};
const WITHOUT_INVISIBLE = /*i18n*/ {
  id: 'url.without-invisible',
  message: 'Read as {urlId}, without invisible characters.',
} as const;
const WITHOUT_QUOTES = /*i18n*/ {
  id: 'url.without-quotes',
  message: 'Read as {urlId}, without the quotes, brackets or punctuation around it.',
} as const;
const WITHOUT_BOTH = /*i18n*/ {
  id: 'url.without-both',
  message: 'Read as {urlId}, without invisible characters and without the quotes, brackets or punctuation around it.',
} as const;

/** https, as Matrix asks; only this machine's own addresses are meant as http, since they hardly ever have a certificate. */
function withScheme(text: string): string {
  const url = URL.parse(`http://${text}`);
  return `${url && isLoopback(url.hostname) ? 'http' : 'https'}://${text}`;
}

function isHost(hostname: string): boolean {
  return hostname.startsWith('[') || HOSTNAME.test(hostname);
}

/** This machine: browsers let an https page ask it by http. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
