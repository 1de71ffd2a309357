import type { HomeserverError } from './errors';
import { sentences, withValues, type Text } from '~/lib/text';

/** Why a check of sign-in failed. About thirty-five public threads come down to these; the page says what to do about each. */
export type Cause =
  | 'url'
  | 'mixed-content'
  | 'plain-http'
  | 'redirect'
  | 'unreachable'
  | 'cors'
  | 'timeout'
  | 'busy'
  | 'homeserver-down'
  | 'not-a-homeserver'
  | 'client-api-blocked'
  | 'admin-api-blocked'
  | 'admin-api-absent'
  | 'authorization-blocked'
  | 'authorization-dropped'
  | 'token-unknown'
  | 'token-expired'
  | 'guest'
  | 'account-locked'
  | 'account-expired'
  | 'account-missing'
  | 'mas-down'
  | 'mas-scope'
  | 'not-admin'
  | 'media'
  | 'old'
  | 'odd';

export interface Verdict {
  detail: Text;
  cause: Cause;
}

/** With the server’s own words behind it, where there are any. */
const withItsWords = (said: Text, { serverReason: reason }: HomeserverError): Text =>
  reason ? sentences(said, withValues(ITS_WORDS, { reason })) : said;

/** What may go wrong with any endpoint; null where the endpoint itself has to say what the answer means. */
function anyway(error: HomeserverError): Verdict | null {
  if (error.kind === 'timeout') return { cause: 'timeout', detail: TIMEOUT };
  if (error.kind === 'aborted') return { cause: 'timeout', detail: ABORTED };
  if (error.status === 429) {
    const seconds = Math.ceil(Math.max(0, error.retryAfterMs ?? 0) / 1000);
    const isSoon = seconds > 0 && seconds < 3600;
    return { cause: 'busy', detail: isSoon ? withValues(BUSY_UNTIL, { seconds }) : BUSY };
  }
  const status = error.status ?? 0;
  // 502 to 504, and Cloudflare's 520 to 526.
  if (error.kind === 'http' && status >= 500) {
    return { cause: 'homeserver-down', detail: withItsWords(withValues(DOWN, { status }), error) };
  }
  if (error.kind === 'matrix' && status >= 500) {
    return { cause: 'homeserver-down', detail: withItsWords(withValues(INTERNAL_ERROR, { status }), error) };
  }
  return null;
}

/** What answered instead of Synapse, by its status and its words. */
function stranger({ kind, status = 0, serverReason }: HomeserverError): Text {
  if (kind === 'redirect') return OTHER_REDIRECT;
  if (kind === 'shape') {
    // What the check of its form says: a sign, a sentence, and where.
    const form = serverReason?.replaceAll(/[✖→]\s*/g, '').replaceAll(/\s+/g, ' ') ?? '';
    return withValues(OTHER_JSON, { status, form });
  }
  const isSuccess = status > 0 && status < 300;
  if (serverReason) {
    return isSuccess
      ? withValues(OTHER_PAGE_SAYS, { reason: serverReason })
      : withValues(OTHER_STATUS_SAYS, { status, reason: serverReason });
  }
  return isSuccess ? OTHER_PAGE : withValues(OTHER_STATUS, { status });
}

/** `GET /_matrix/client/versions`. @param heard something answered, though the browser could not read it */
export function versionsVerdict(error: HomeserverError, heard: boolean): Verdict {
  if (error.kind === 'network') {
    return heard ? { cause: 'cors', detail: NO_CORS } : { cause: 'unreachable', detail: UNREACHABLE };
  }
  return anyway(error) ?? { cause: 'not-a-homeserver', detail: sentences(NO_HOMESERVER, stranger(error)) };
}

/** `GET /_matrix/client/versions` leads elsewhere. @param where it leads, where the browser lets that be read */
export function redirectVerdict(where: { url: string; isHomeserver: boolean } | null): Verdict {
  const detail = where
    ? sentences(withValues(REDIRECTS_TO, { urlId: where.url }), where.isHomeserver ? '' : REDIRECTS_TO_NONE)
    : REDIRECTS;
  return { cause: 'redirect', detail };
}

/** `GET /_synapse/admin/v1/server_version`, and any other of the Admin API that does not get through. */
export function adminApiVerdict(error: HomeserverError, heard: boolean): Verdict {
  if (error.kind === 'network') return { cause: 'admin-api-blocked', detail: heard ? ADMIN_NO_CORS : ADMIN_CUT_OFF };
  if (error.endpointAbsent) return { cause: 'admin-api-absent', detail: ADMIN_ABSENT };
  return anyway(error) ?? { cause: 'admin-api-blocked', detail: sentences(ADMIN_NOT_FORWARDED, stranger(error)) };
}

/** `GET account/whoami`: the refusals of authentication (synapse-admin-api §0.2). */
export function tokenVerdict(error: HomeserverError): Verdict {
  if (error.kind === 'network') return { cause: 'authorization-blocked', detail: HEADER_BLOCKED };
  if (error.kind === 'redirect') return { cause: 'authorization-blocked', detail: TOKEN_REDIRECTED };
  const refused = refusedAccount(error);
  if (refused) return refused;
  if (error.errcode === 'M_MISSING_TOKEN') {
    return { cause: 'authorization-dropped', detail: withItsWords(HEADER_DROPPED, error) };
  }
  if (error.kind === 'matrix' && error.status === 401 && /doesn't grant access/i.test(error.serverReason ?? '')) {
    return { cause: 'mas-scope', detail: withItsWords(NO_CLIENT_API, error) };
  }
  if (error.kind === 'matrix' && error.status === 401) {
    // “Access token has expired” (api/auth/internal.py:220-230), “Token is not active” under MAS (api/auth/mas.py:332-345).
    return /expired|not active/i.test(error.serverReason ?? '')
      ? { cause: 'token-expired', detail: withItsWords(TOKEN_EXPIRED, error) }
      : { cause: 'token-unknown', detail: withItsWords(TOKEN_UNKNOWN, error) };
  }
  if (error.kind === 'http' && (error.status === 401 || error.status === 403)) {
    return { cause: 'authorization-blocked', detail: sentences(PROXY_SIGN_IN, stranger(error)) };
  }
  return anyway(error) ?? { cause: 'odd', detail: sentences(ODD_ANSWER, stranger(error)) };
}

function refusedAccount(error: HomeserverError): Verdict | null {
  switch (error.errcode) {
    case 'M_GUEST_ACCESS_FORBIDDEN':
      return { cause: 'guest', detail: GUEST_TOKEN };
    case 'M_USER_LOCKED':
      return { cause: 'account-locked', detail: withItsWords(LOCKED, error) };
    case 'ORG_MATRIX_EXPIRED_ACCOUNT':
      return { cause: 'account-expired', detail: withItsWords(EXPIRED, error) };
    case undefined:
      return null;
    default:
      break;
  }
  // api/auth/mas.py:327-329, 358-364
  if (error.status === 503 && /introspect/i.test(error.serverReason ?? '')) {
    return { cause: 'mas-down', detail: withItsWords(MAS_DOWN, error) };
  }
  if (error.status === 500 && error.errcode === 'M_FORBIDDEN') {
    return { cause: 'account-missing', detail: withItsWords(NO_ACCOUNT, error) };
  }
  return null;
}

/** `GET v2/users/<me>`: the one good test of an admin, in both ways of authentication (synapse-admin-api §5.2). */
export function adminVerdict(error: HomeserverError, userId: string, mas: boolean): Verdict {
  if (error.notAdmin) {
    return mas
      ? { cause: 'mas-scope', detail: withValues(NO_SCOPE, { userId }) }
      : { cause: 'not-admin', detail: withValues(NO_ADMIN, { userId }) };
  }
  if (error.status === 401) return tokenVerdict(error);
  const refused = refusedAccount(error);
  if (refused) return refused;
  if (error.kind === 'matrix' && error.status === 403) {
    return { cause: 'not-admin', detail: withItsWords(withValues(ADMIN_REFUSED, { userId }), error) };
  }
  return adminApiVerdict(error, true);
}

/** The halves of the media endpoints. */
export type MediaHalf = 'client' | 'admin';

/** Either half of the media endpoints: a warning, since the rest works without. */
export function mediaVerdict(failed: readonly { half: MediaHalf; error: HomeserverError }[]): Verdict {
  const [first] = failed;
  const half = failed.length > 1 ? 'both' : (first?.half ?? 'both');
  return { cause: 'media', detail: sentences(withValues(NO_MEDIA, { half }), first?.error.text ?? '') };
}

const ITS_WORDS = /*i18n*/ { id: 'sign-in.its-words', message: 'It says: “{reason}”' } as const;
const TIMEOUT = /*i18n*/ {
  id: 'sign-in.timeout',
  message: 'No answer came in time: the homeserver is down or overloaded, or a firewall drops the requests.',
};
const ABORTED = /*i18n*/ { id: 'sign-in.aborted', message: 'Cancelled before an answer came.' };
const BUSY = /*i18n*/ {
  id: 'sign-in.busy',
  message: 'The homeserver asks to slow down (429). Try again in a while.',
};
const BUSY_UNTIL = /*i18n*/ {
  id: 'sign-in.busy-until',
  message: 'The homeserver asks to slow down (429). Try again in {seconds, plural, one {# second} other {# seconds}}.',
} as const;
const DOWN = /*i18n*/ {
  id: 'sign-in.down',
  message: 'The proxy is up, but gets no answer from Synapse behind it (status {status}).',
} as const;
const INTERNAL_ERROR = /*i18n*/ {
  id: 'sign-in.internal-error',
  message: 'The homeserver had an internal error (status {status}).',
} as const;
const OTHER_JSON = /*i18n*/ {
  id: 'sign-in.other-json',
  message: 'The answer was status {status} with JSON that Synapse does not send ({form}).',
} as const;
const OTHER_REDIRECT = /*i18n*/ {
  id: 'sign-in.other-redirect',
  message: 'The answer was a redirect to another URL.',
};
const OTHER_PAGE = /*i18n*/ { id: 'sign-in.other-page', message: 'The answer was a page that is not from Synapse.' };
const OTHER_PAGE_SAYS = /*i18n*/ {
  id: 'sign-in.other-page-says',
  message: 'The answer was a page that is not from Synapse: “{reason}”',
} as const;
const OTHER_STATUS = /*i18n*/ { id: 'sign-in.other-status', message: 'The answer was status {status}.' } as const;
const OTHER_STATUS_SAYS = /*i18n*/ {
  id: 'sign-in.other-status-says',
  message: 'The answer was status {status}: “{reason}”',
} as const;
const NO_CORS = /*i18n*/ {
  id: 'sign-in.no-cors',
  message:
    'Something answers there, but without the headers that browsers require (CORS). Synapse always sends them, so something else answered: another server, a proxy’s own error page, or a redirect.',
};
const UNREACHABLE = /*i18n*/ {
  id: 'sign-in.unreachable',
  message:
    'No connection. Check the name and the port, whether this browser trusts the certificate, and whether a firewall is in between.',
};
const NO_HOMESERVER = /*i18n*/ {
  id: 'sign-in.no-homeserver',
  message: 'Something answers there, but it is not a Matrix homeserver.',
};
const REDIRECTS = /*i18n*/ {
  id: 'sign-in.redirects',
  message:
    'This URL redirects to another one, and the browser does not let Glia see which. Glia does not follow redirects, because the browser would drop the access token on the way.',
};
const REDIRECTS_TO = /*i18n*/ {
  id: 'sign-in.redirects-to',
  message:
    'This URL redirects to {urlId}. Glia does not follow redirects, because the browser would drop the access token on the way.',
} as const;
const REDIRECTS_TO_NONE = /*i18n*/ {
  id: 'sign-in.redirects-to-none',
  message: 'What answers there is not a Matrix homeserver.',
};
const ADMIN_NO_CORS = /*i18n*/ {
  id: 'sign-in.admin-no-cors',
  message: 'The proxy forwards /_matrix but not /_synapse/admin, or answers /_synapse/admin without CORS headers.',
};
const ADMIN_CUT_OFF = /*i18n*/ {
  id: 'sign-in.admin-cut-off',
  message: 'The connection was cut: the proxy does not let you reach /_synapse/admin from here.',
};
const ADMIN_ABSENT = /*i18n*/ {
  id: 'sign-in.admin-absent',
  message:
    'A Matrix homeserver answers, but without the Synapse Admin API (M_UNRECOGNIZED). It is not Synapse, or the proxy sends /_synapse/admin to a worker that does not serve it.',
};
const ADMIN_NOT_FORWARDED = /*i18n*/ {
  id: 'sign-in.admin-not-forwarded',
  message: 'The proxy does not forward /_synapse/admin to Synapse.',
};
const HEADER_BLOCKED = /*i18n*/ {
  id: 'sign-in.header-blocked',
  message:
    'Requests without an access token get through, those with one don’t. Something in front of Synapse does not accept the Authorization header from a browser: its answer to the preflight request lacks CORS headers.',
};
const TOKEN_REDIRECTED = /*i18n*/ {
  id: 'sign-in.token-redirected',
  message:
    'Requests with an access token are redirected to another URL, usually a sign-in page of the proxy. Glia did not send the token there.',
};
const HEADER_DROPPED = /*i18n*/ {
  id: 'sign-in.header-dropped',
  message: 'The access token did not reach Synapse: a proxy in front of it drops the Authorization header.',
};
const NO_CLIENT_API = /*i18n*/ {
  id: 'sign-in.no-client-api',
  message: 'This access token is not allowed to use the client API.',
};
const TOKEN_EXPIRED = /*i18n*/ { id: 'sign-in.token-expired', message: 'This access token has expired.' };
const TOKEN_UNKNOWN = /*i18n*/ {
  id: 'sign-in.token-unknown',
  message: 'The homeserver does not know this access token.',
};
const PROXY_SIGN_IN = /*i18n*/ {
  id: 'sign-in.proxy-sign-in',
  message:
    'Something in front of Synapse refuses requests with an access token. It probably wants you to sign in to it first.',
};
const ODD_ANSWER = /*i18n*/ {
  id: 'sign-in.odd-answer',
  message: 'Glia asked whose access token it is and got an unexpected answer.',
};
const GUEST_TOKEN = /*i18n*/ {
  id: 'sign-in.guest-token',
  message: 'This access token belongs to a guest, and guests can’t be server admins.',
};
const LOCKED = /*i18n*/ { id: 'sign-in.locked', message: 'The account is locked.' };
const EXPIRED = /*i18n*/ { id: 'sign-in.expired', message: 'The account has expired.' };
const MAS_DOWN = /*i18n*/ {
  id: 'sign-in.mas-down',
  message: 'Synapse could not check the access token with its authentication service.',
};
const NO_ACCOUNT = /*i18n*/ {
  id: 'sign-in.no-account',
  message: 'MAS knows this account, but Synapse does not.',
};
const NO_SCOPE = /*i18n*/ {
  id: 'sign-in.no-scope',
  message: '{userId} can’t act as an admin: the access token lacks the scope urn:synapse:admin:*.',
} as const;
const NO_ADMIN = /*i18n*/ { id: 'sign-in.no-admin', message: '{userId} is not a server admin.' } as const;
const ADMIN_REFUSED = /*i18n*/ {
  id: 'sign-in.admin-refused',
  message: '{userId} is not allowed to use the Admin API.',
} as const;
const NO_MEDIA = /*i18n*/ {
  id: 'sign-in.no-media',
  message:
    '{half, select, client {/_matrix/client/v1/media does not answer.} admin {The media part of the Admin API does not answer.} other {Neither /_matrix/client/v1/media nor the media part of the Admin API answers.}} Pictures and media jobs won’t work until the proxy forwards these requests to Synapse.',
} as const;
