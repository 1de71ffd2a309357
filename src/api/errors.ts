import { shownId } from '~/lib/shown-text';
import { TextError } from '~/lib/text-error';
import { sentences, withValues, type Text } from '~/lib/text';
import type { SentWith } from './held';

/**
 * The one error type of the API layer, and the one author of its texts. The server's own reason is never dropped.
 *
 * - `network`: no answer could be read (connection refused or cut, CORS missing, proxy without CORS on its error page).
 * - `timeout`: no answer in the time given.
 * - `aborted`: we ourselves cancelled it.
 * - `matrix`: the homeserver answered with a Matrix error (`errcode`, `error`), or MAS, where it was asked, with its own.
 * - `http`: something else answered, a proxy usually: a refusal without `errcode`, or a success that is not JSON at all. It says
 *   nothing about what was asked for: a container that restarts behind Traefik answers 404 to everything.
 * - `redirect`: something in front sends the request to another URL. It is not followed: the browser would drop the token there.
 * - `shape`: a success in JSON that is not what this endpoint answers.
 */
export type ErrorKind = 'network' | 'timeout' | 'aborted' | 'matrix' | 'http' | 'redirect' | 'shape';

export interface ErrorFacts {
  kind: ErrorKind;
  /** MAS was asked. */
  api?: 'mas' | undefined;
  method: string;
  /** Path only, as sent: never a query, never a header. */
  path: string;
  status?: number;
  errcode?: string;
  /** The server's own words: Matrix's `error`, or the first readable words of a page that is not JSON. */
  serverReason?: string;
  /** What is wrong with a success that can be read, where no words of the server say it. */
  oddity?: Text;
  /** When it was sent, by `performance.now`: an answer to a request of long ago says nothing about today's token. */
  sentAt?: number;
  /** Where it was sent, and with whose token. */
  sentWith?: SentWith;
  /** Why the version has no such endpoint, or that it has one (`whyAbsent`); of MAS, that its version is not known. Undefined: nothing to say. */
  whyAbsent?: Text | undefined;
  /** From the body; `Retry-After` can't be read across origins. As the server said it: may be negative or absurd. */
  retryAfterMs?: number;
}

export class HomeserverError extends TextError {
  override readonly name = 'HomeserverError';
  readonly kind: ErrorKind;
  readonly api: 'mas' | undefined;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly errcode: string | undefined;
  readonly serverReason: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly sentAt: number | undefined;
  /** Out of sight of whatever writes an error down: it holds the token. */
  readonly #sentWith: SentWith | undefined;

  constructor(facts: ErrorFacts, options?: ErrorOptions) {
    super(textOf(facts), options);
    this.kind = facts.kind;
    this.api = facts.api;
    this.method = facts.method;
    this.path = facts.path;
    this.status = facts.status;
    this.errcode = facts.errcode;
    this.serverReason = facts.serverReason;
    this.retryAfterMs = facts.retryAfterMs;
    this.sentAt = facts.sentAt;
    this.#sentWith = facts.sentWith;
  }

  /** Whose token it was that an answer spoke of. */
  get sentWith(): SentWith | undefined {
    return this.#sentWith;
  }

  /** 404 `M_UNRECOGNIZED` (405 likewise): there is no such endpoint here. Any other 404: there is no such thing. (`http/server.py:541-548`) */
  get endpointAbsent(): boolean {
    return this.kind === 'matrix' && isAbsence(this);
  }

  get notFound(): boolean {
    return this.kind === 'matrix' && this.status === 404 && !this.endpointAbsent;
  }

  /**
   * The token is no longer good. `M_UNKNOWN_TOKEN`, `M_MISSING_TOKEN`, `M_USER_LOCKED` all come as 401. An authenticating
   * proxy's 401 is a sign-in of its own, and says nothing about the token.
   */
  get signedOut(): boolean {
    return this.kind === 'matrix' && this.status === 401 && !lacksMas(this);
  }

  /** `synapse/rest/admin/_base.py:60-72`; in MAS the token's scope or kind. */
  get notAdmin(): boolean {
    if (this.api === 'mas') return lacksMas(this);
    return this.kind === 'matrix' && this.status === 403 && this.serverReason === 'You are not a server admin';
  }

  /**
   * The request may have been carried out though no trustworthy answer came back: the connection was cut, time ran out,
   * something spoke instead of the homeserver, or the success could not be read. Reading again shows it. What is too large for a
   * proxy (413) or comes too often for it (429) is not passed on.
   */
  get mayHaveHappened(): boolean {
    if (this.method === 'GET') return false;
    if (this.kind === 'matrix') return this.status !== undefined && this.status >= 500;
    return !(this.kind === 'http' && (this.status === 413 || this.status === 429));
  }
}

/** MAS says 401 also to a token that is good: it lacks the scope, or is of a kind that MAS takes from nobody (`admin/call_context.rs`). */
const lacksMas = ({ kind, api, status, serverReason = '' }: Partial<ErrorFacts>): boolean =>
  api === 'mas' && kind === 'matrix' && status === 401 && /^(?:Missing urn:mas|Invalid type)/.test(serverReason);

/** 400 before Synapse 1.74 (Synapse#14621). */
const isAbsence = ({ status = 0, errcode }: { status?: number | undefined; errcode?: string | undefined }): boolean =>
  [400, 404, 405].includes(status) && errcode === 'M_UNRECOGNIZED';

function textOf(facts: ErrorFacts): Text {
  if (facts.api === 'mas') return masText(facts);
  switch (facts.kind) {
    case 'network':
      return NO_ANSWER;
    case 'timeout':
      return TOO_LATE;
    case 'aborted':
      return CANCELLED;
    case 'redirect':
      return REDIRECTED;
    case 'shape': {
      const { status = 200, serverReason = '', oddity = serverReason } = facts;
      return oddity === '' ? withValues(ODD_SHAPE, { status }) : withValues(ODD_SHAPE_OF, { status, oddity });
    }
    case 'http':
      return sentences(withWords(proxyText(facts.status), facts), isSlash(facts) ? SLASH : '');
    case 'matrix':
      return matrixText(facts);
  }
}

/** With the words of whoever answered behind it, where there are any. */
const withWords = (said: Text, { serverReason: reason }: ErrorFacts): Text =>
  reason
    ? withValues(/*i18n*/ { id: 'api.with-words', message: '{said} It said: “{reason}”' }, { said, reason })
    : said;

const NO_ANSWER = /*i18n*/ {
  id: 'api.no-answer',
  message:
    'Glia could not read an answer: the connection failed, or the answer came without the headers that browsers require (CORS).',
};
const TOO_LATE = /*i18n*/ {
  id: 'api.too-late',
  message: 'No answer came in time. The homeserver may still be working on it.',
};
const CANCELLED = /*i18n*/ { id: 'api.cancelled', message: 'Cancelled before an answer came.' };
const REDIRECTED = /*i18n*/ {
  id: 'api.redirected',
  message:
    'Something in front of the homeserver redirects this request to another URL. Glia did not follow it, so your access token went nowhere else.',
};
const ODD_SHAPE = /*i18n*/ {
  id: 'api.odd-shape',
  message: 'The answer (status {status}) is not what Synapse sends here.',
} as const;
const ODD_SHAPE_OF = /*i18n*/ {
  id: 'api.odd-shape-of',
  message: 'The answer (status {status}) is not what Synapse sends here: {oddity}',
} as const;

function masText(facts: ErrorFacts): Text {
  const { kind, status = 200, serverReason: reason = '', oddity = reason } = facts;
  if (kind === 'network') return sentences(MAS_NO_ANSWER, facts.whyAbsent ?? '');
  if (kind === 'http') return withWords(withValues(MAS_OTHER, { status }), facts);
  if (kind === 'shape') return withValues(MAS_ODD, { status, oddity });
  if (kind !== 'matrix') return textOf({ ...facts, api: undefined });
  if (lacksMas(facts)) return withWords(MAS_SCOPE, facts);
  return withValues(status === 401 ? MAS_TOKEN : MAS_REFUSED, { reason, code: String(status) });
}

const MAS_NO_ANSWER = /*i18n*/ {
  id: 'api.mas-no-answer',
  message:
    'MAS gave no answer that Glia could read. The connection failed, MAS is too old for this, or its Admin API is not available at that URL.',
};
const MAS_OTHER = /*i18n*/ {
  id: 'api.mas-other',
  message: 'Something in front of MAS, not MAS, answered {status}.',
} as const;
const MAS_ODD = /*i18n*/ {
  id: 'api.mas-odd',
  message: 'The answer (status {status}) is not what MAS sends here: {oddity}',
} as const;
const MAS_SCOPE = /*i18n*/ {
  id: 'api.mas-scope',
  message:
    'This access token may not manage MAS. Sign in through MAS as an admin, or use a token with the scope urn:mas:admin.',
};
const MAS_TOKEN = /*i18n*/ {
  id: 'api.mas-token',
  message: 'MAS does not accept the access token: {reason} ({code})',
} as const;
const MAS_REFUSED = /*i18n*/ { id: 'api.mas-refused', message: 'MAS refused: {reason} ({code})' } as const;

/** What something in front of the homeserver answered, and what that means where it is known. */
function proxyText(status = 0): Text {
  switch (status) {
    case 401:
      return PROXY_SIGN_IN;
    case 413:
      return PROXY_TOO_LARGE;
    case 429:
      return PROXY_BUSY;
    case 502:
    case 503:
    case 504:
      return withValues(PROXY_NO_HOMESERVER, { status });
    default:
      return withValues(status < 300 ? PROXY_PAGE : PROXY_OTHER, { status });
  }
}

const PROXY_SIGN_IN = /*i18n*/ {
  id: 'api.proxy-sign-in',
  message:
    'Something in front of the homeserver, not Synapse, answered 401 and probably wants you to sign in to it. Your access token may still be valid.',
};
const PROXY_TOO_LARGE = /*i18n*/ {
  id: 'api.proxy-too-large',
  message:
    'Something in front of the homeserver, not Synapse, answered 413: the request is larger than it accepts, so Synapse did not get it.',
};
const PROXY_BUSY = /*i18n*/ {
  id: 'api.proxy-busy',
  message: 'Something in front of the homeserver, not Synapse, answered 429: it asks to slow down.',
};
const PROXY_NO_HOMESERVER = /*i18n*/ {
  id: 'api.proxy-no-homeserver',
  message:
    'Something in front of the homeserver, not Synapse, answered {status}. The homeserver may be down, or still working on the request.',
} as const;
const PROXY_PAGE = /*i18n*/ {
  id: 'api.proxy-page',
  message: 'Something in front of the homeserver answered {status} with a page that is not from Synapse.',
} as const;
const PROXY_OTHER = /*i18n*/ {
  id: 'api.proxy-other',
  message: 'Something in front of the homeserver, not Synapse, answered {status}.',
} as const;

/** Apache refuses an encoded slash by itself, unless it is told to let it through. */
const isSlash = ({ status, path }: ErrorFacts): boolean => status === 404 && /%2f/i.test(path);
const SLASH = /*i18n*/ {
  id: 'api.apache-slash',
  message: 'Apache answers this to every ID with a slash, unless AllowEncodedSlashes is set to NoDecode.',
};

function matrixText(facts: ErrorFacts): Text {
  const { status, errcode, serverReason: reason } = facts;
  const code = errcode ? `${status} ${shownId(errcode)}` : String(status);
  if (isAbsence(facts)) return sentences(withValues(ABSENT, { code }), facts.whyAbsent ?? ABSENT_SOMEHOW);
  if (status === 401) return withWords(withValues(TOKEN_REFUSED, { code }), facts);
  if (status === 429) return withWords(withValues(BUSY, { code }), facts);
  return reason ? withValues(REFUSED_BECAUSE, { reason, code }) : withValues(REFUSED, { code });
}

const ABSENT = /*i18n*/ { id: 'api.unsupported', message: 'The homeserver does not support this ({code}).' } as const;
const ABSENT_SOMEHOW = /*i18n*/ {
  id: 'api.unsupported-somehow',
  message: 'It may be too old, use MAS, or have a proxy that sends the request elsewhere.',
};
const TOKEN_REFUSED = /*i18n*/ {
  id: 'api.token-refused',
  message: 'The homeserver does not accept the access token ({code}).',
} as const;
const BUSY = /*i18n*/ { id: 'api.busy', message: 'The homeserver asks to slow down ({code}).' } as const;
const REFUSED_BECAUSE = /*i18n*/ { id: 'api.refused-because', message: '{reason} ({code})' } as const;
const REFUSED = /*i18n*/ { id: 'api.refused', message: 'The homeserver refused ({code}).' } as const;

/** To catch with: null where whoever was asked says itself that there is no such thing. @throws anything else, as it came */
export function noneWhereNotFound(error: unknown): null {
  if (error instanceof HomeserverError && error.notFound) return null;
  throw error;
}
