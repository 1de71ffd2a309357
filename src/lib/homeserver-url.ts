export type ParsedUrl = { ok: true; baseUrl: string } | { ok: false; reason: string };

const refuse = (reason: string): ParsedUrl => ({ ok: false, reason });

/** `example.org:8448` has no scheme, `ftp://x` and `mailto:x` have one. */
const SCHEME = /^([a-z][a-z0-9+.-]*):(?!\d)/i;
/** Where a pasted address stops being the homeserver's own. */
const ENDPOINTS = /\/(?:_matrix|_synapse|\.well-known\/matrix)(?:[/?#]|$)/;
const HOSTNAME = /^(?:[a-z0-9_-]+\.)*[a-z0-9_-]+\.?$/;

/**
 * The homeserver's URL from what was typed or pasted, without a trailing slash. Nothing is asked of the network and nothing
 * swapped in: a server name stays that host, sub-paths stay, only an endpoint's own path is cut off.
 */
export function parseHomeserverUrl(typed: string): ParsedUrl {
  const text = typed.trim();
  if (text === '') return refuse('Type the URL of your homeserver, for example https://matrix.example.org.');
  if (/^[@!#+][^:]*:/.test(text)) {
    return refuse(
      'This is a Matrix id. Type the URL of the homeserver instead, for example https://matrix.example.org.',
    );
  }
  if (/\s/.test(text)) return refuse('A URL has no spaces in it.');
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
  return { ok: true, baseUrl: url.origin + url.pathname.replace(/\/+$/, '') };
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
