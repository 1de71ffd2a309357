import { withoutInvisible } from './invisible';
import { isolated } from './shown-text';

export type ParsedUrl =
  | {
      ok: true;
      baseUrl: string;
      /** What was taken off, in a sentence; null: nothing. */
      note: string | null;
    }
  | { ok: false; reason: string };

const refuse = (reason: string): ParsedUrl => ({ ok: false, reason });

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
  if (text === '') return refuse('Type the URL of your homeserver, for example https://matrix.example.org.');
  if (/^[@!#+][^:]*:/.test(text)) {
    return refuse(
      'This is a Matrix ID. Type the URL of the homeserver instead, for example https://matrix.example.org.',
    );
  }
  if (/\s/.test(text)) return refuse('A URL has no spaces in it.');
  if (/^https?:?\/\/+https?:?\/\//i.test(text)) return refuse('The URL begins twice: leave one “https://” out.');
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'https' && scheme !== 'http') {
    return refuse(`A homeserver is reached by https:// (or http://), not by ${scheme}:.`);
  }
  const [home = '', ...cut] = (scheme === undefined ? withScheme(text) : text).split(ENDPOINTS);
  const url = URL.parse(home);
  if (!url || !isHost(url.hostname)) {
    return refuse('This is not a URL. A homeserver’s looks like https://matrix.example.org.');
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('Leave the name and password out of the URL: Glia signs in with the access token.');
  }
  if (cut.length === 0 && (url.search !== '' || url.hash !== '')) {
    return refuse('The URL of a homeserver has no “?” and no “#” in it: is this the address of an app?');
  }
  // `https//example.org` and `https:https:example.org`.
  if (/^https?$/.test(url.hostname)) return refuse('The URL begins with “https://” once, and then the host follows.');
  // A sentence's full stop, or the root of DNS: servers are set up without either.
  url.hostname = url.hostname.replace(/\.$/, '');
  const baseUrl = url.origin + url.pathname.replace(AT_END, '');
  return { ok: true, baseUrl, note: noteOn(typed, seen, text, baseUrl) };
}

function noteOn(typed: string, seen: string, text: string, baseUrl: string): string | null {
  const removed = [
    ...(seen === typed.trim() ? [] : ['invisible characters']),
    ...(text === seen ? [] : ['quotes, brackets or punctuation around it']),
  ];
  // Not the text itself: an endpoint's query may hold a token.
  return removed.length === 0 ? null : `Read as ${isolated(baseUrl)}, without ${removed.join(' and ')}.`;
}

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
