import type { HomeserverError } from './errors';
import { isolated, isolatedWords } from '~/lib/shown-text';

/** Why a check of sign-in failed. About thirty-five public threads come down to these; each has its mend on the page. */
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
  detail: string;
  cause: Cause;
}

/** The rest of a sentence: what the server itself said. */
const saying = (error: HomeserverError) =>
  error.serverReason ? ` It says: “${isolatedWords(error.serverReason)}”.` : '';

/** What may go wrong with any endpoint; null where the endpoint itself has to say what the answer means. */
function anyway(error: HomeserverError): Verdict | null {
  if (error.kind === 'timeout') {
    return {
      cause: 'timeout',
      detail: 'No answer came in time: the homeserver is down or overloaded, or a firewall drops what is sent.',
    };
  }
  if (error.kind === 'aborted') return { cause: 'timeout', detail: 'Cancelled before an answer came.' };
  if (error.status === 429) {
    const seconds = Math.ceil(Math.max(0, error.retryAfterMs ?? 0) / 1000);
    const when = seconds > 0 && seconds < 3600 ? ` Try again in ${seconds} s.` : ' Try again in a while.';
    return { cause: 'busy', detail: `The homeserver asks to slow down (429).${when}` };
  }
  // 502 to 504, and Cloudflare's 520 to 526.
  if (error.kind === 'http' && (error.status ?? 0) >= 500) {
    return {
      cause: 'homeserver-down',
      detail: `The proxy answers ${error.status}: it is up, but gets no answer from Synapse behind it.${saying(error)}`,
    };
  }
  if (error.kind === 'matrix' && (error.status ?? 0) >= 500) {
    return { cause: 'homeserver-down', detail: `The homeserver stumbled (${error.status}).${saying(error)}` };
  }
  return null;
}

/** What answered instead of Synapse, by its status and its words. */
function stranger(error: HomeserverError): string {
  const words = error.serverReason ? ` (“${isolatedWords(error.serverReason)}”)` : '';
  // What the check of its form says: a sign, a sentence, and where.
  const form = error.serverReason?.replaceAll(/[✖→]\s*/g, '').replaceAll(/\s+/g, ' ');
  if (error.kind === 'shape') return `status ${error.status} with JSON that is not what Synapse answers (${form})`;
  if (error.kind === 'redirect') return 'a redirect to another URL';
  const success = error.status !== undefined && error.status < 300;
  return success ? `a page that is not Synapse’s answer${words}` : `status ${error.status}${words}`;
}

/** `GET /_matrix/client/versions`. @param heard something answered, though the browser could not read it */
export function versionsVerdict(error: HomeserverError, heard: boolean): Verdict {
  if (error.kind === 'network') {
    return heard
      ? {
          cause: 'cors',
          detail:
            'Something answers there, but without the headers that let a browser read it (CORS). Synapse always sends them, so something else answers: another server, a proxy’s own error page, or a redirect.',
        }
      : {
          cause: 'unreachable',
          detail:
            'No connection: the name or port may be wrong, the certificate not trusted by this browser, or a firewall in between.',
        };
  }
  return (
    anyway(error) ?? {
      cause: 'not-a-homeserver',
      detail: `Something answers there, but it is no Matrix homeserver: ${stranger(error)}.`,
    }
  );
}

/** `GET /_matrix/client/versions` leads elsewhere. @param where it leads, where the browser lets that be read */
export function redirectVerdict(where: { url: string; isHomeserver: boolean } | null): Verdict {
  const why = 'Glia does not follow it: the browser would drop the access token on the way.';
  if (!where) {
    return {
      cause: 'redirect',
      detail: `This URL redirects to another one, and the browser does not let this page read which. ${why}`,
    };
  }
  const stranger = where.isHomeserver ? '' : ' What answers there is not a Matrix homeserver.';
  return { cause: 'redirect', detail: `This URL redirects to ${where.url}. ${why}${stranger}` };
}

/** `GET /_synapse/admin/v1/server_version`, and any other of the Admin API that does not get through. */
export function adminApiVerdict(error: HomeserverError, heard: boolean): Verdict {
  if (error.kind === 'network') {
    return {
      cause: 'admin-api-blocked',
      detail: heard
        ? 'The proxy forwards /_matrix but not /_synapse/admin, or answers without CORS headers.'
        : 'The connection is cut: the proxy lets nobody reach /_synapse/admin from here.',
    };
  }
  if (error.endpointAbsent) {
    return {
      cause: 'admin-api-absent',
      detail:
        'A Matrix homeserver answers, but it has no Synapse Admin API there (M_UNRECOGNIZED): it is not Synapse, or the proxy sends /_synapse/admin to a worker that does not serve it.',
    };
  }
  return (
    anyway(error) ?? {
      cause: 'admin-api-blocked',
      detail: `The proxy does not forward /_synapse/admin to Synapse but answers ${stranger(error)}.`,
    }
  );
}

/** `GET account/whoami`: the refusals of authentication (synapse-admin-api §0.2). */
export function tokenVerdict(error: HomeserverError): Verdict {
  if (error.kind === 'network') {
    return {
      cause: 'authorization-blocked',
      detail:
        'Requests without a token get through, those with one don’t: something in front refuses the Authorization header from a browser (its answer to the preflight lacks CORS headers).',
    };
  }
  if (error.kind === 'redirect') {
    return {
      cause: 'authorization-blocked',
      detail:
        'Requests with a token are redirected to another URL (a sign-in page of the proxy, usually). The token was not sent on.',
    };
  }
  const refused = refusedAccount(error);
  if (refused) return refused;
  if (error.errcode === 'M_MISSING_TOKEN') {
    return {
      cause: 'authorization-dropped',
      detail: `The token did not reach Synapse: a proxy in front drops the Authorization header.${saying(error)}`,
    };
  }
  if (error.kind === 'matrix' && error.status === 401 && /doesn't grant access/i.test(error.serverReason ?? '')) {
    return { cause: 'mas-scope', detail: `The token may not use the client API.${saying(error)}` };
  }
  if (error.kind === 'matrix' && error.status === 401) {
    // “Access token has expired” (api/auth/internal.py:220-230), “Token is not active” under MAS (api/auth/mas.py:332-345).
    return /expired|not active/i.test(error.serverReason ?? '')
      ? { cause: 'token-expired', detail: `This access token is no longer good.${saying(error)}` }
      : { cause: 'token-unknown', detail: `The homeserver does not know this access token.${saying(error)}` };
  }
  if (error.kind === 'http' && (error.status === 401 || error.status === 403)) {
    return {
      cause: 'authorization-blocked',
      detail: `Something in front of Synapse refuses requests with a token, as if it wanted a sign-in of its own: ${stranger(error)}.`,
    };
  }
  return anyway(error) ?? { cause: 'odd', detail: `An answer that whoami does not give: ${stranger(error)}.` };
}

function refusedAccount(error: HomeserverError): Verdict | null {
  switch (error.errcode) {
    case 'M_GUEST_ACCESS_FORBIDDEN':
      return { cause: 'guest', detail: 'This is a guest’s token; a guest is never an admin.' };
    case 'M_USER_LOCKED':
      return { cause: 'account-locked', detail: `The account is locked.${saying(error)}` };
    case 'ORG_MATRIX_EXPIRED_ACCOUNT':
      return { cause: 'account-expired', detail: `The account itself has expired.${saying(error)}` };
    case undefined:
      return null;
    default:
      break;
  }
  // api/auth/mas.py:327-329, 358-364
  if (error.status === 503 && /introspect/i.test(error.serverReason ?? '')) {
    return {
      cause: 'mas-down',
      detail: `Synapse can’t ask its authentication service about the token.${saying(error)}`,
    };
  }
  if (error.status === 500 && error.errcode === 'M_FORBIDDEN') {
    return { cause: 'account-missing', detail: `MAS knows this account, Synapse does not.${saying(error)}` };
  }
  return null;
}

/** `GET v2/users/<me>`: the one good test of an admin, in both ways of authentication (synapse-admin-api §5.2). */
export function adminVerdict(error: HomeserverError, userId: string, mas: boolean): Verdict {
  if (error.notAdmin) {
    return mas
      ? {
          cause: 'mas-scope',
          detail: `${isolated(userId)} may not act as admin: the token lacks the scope urn:synapse:admin:*.`,
        }
      : { cause: 'not-admin', detail: `${isolated(userId)} is not a server admin.` };
  }
  if (error.status === 401) return tokenVerdict(error);
  const refused = refusedAccount(error);
  if (refused) return refused;
  if (error.kind === 'matrix' && error.status === 403) {
    return { cause: 'not-admin', detail: `${isolated(userId)} may not use the Admin API.${saying(error)}` };
  }
  return adminApiVerdict(error, true);
}

/** Either half of the media endpoints: a warning, since the rest works without. */
export function mediaVerdict(failed: readonly { which: string; error: HomeserverError }[]): Verdict {
  const which = failed.map((one) => one.which).join(' and ');
  return {
    cause: 'media',
    detail: `No answer from ${which}: pictures and media jobs will not work until they are routed. ${failed[0]?.error.message ?? ''}`,
  };
}
