import { isolated, isolatedWords } from '~/lib/shown-text';

/**
 * The one error type of the API layer, and the one author of its sentences. The server's own reason is never dropped.
 *
 * - `network`: no answer could be read (connection refused or cut, CORS missing, proxy without CORS on its error page).
 * - `timeout`: no answer in the time given.
 * - `aborted`: we ourselves cancelled it.
 * - `matrix`: the homeserver answered with a Matrix error (`errcode`, `error`).
 * - `http`: something else answered, a proxy usually: a refusal without `errcode`, or a success that is not JSON at all. It says
 *   nothing about what was asked for: a container that restarts behind Traefik answers 404 to everything.
 * - `redirect`: something in front sends the request to another URL. It is not followed: the browser would drop the token there.
 * - `shape`: a success in JSON that is not what this endpoint answers.
 */
export type ErrorKind = 'network' | 'timeout' | 'aborted' | 'matrix' | 'http' | 'redirect' | 'shape';

export interface ErrorFacts {
  kind: ErrorKind;
  method: string;
  /** Path only, as sent: never a query, never a header. */
  path: string;
  status?: number;
  errcode?: string;
  /** The server's own words: Matrix's `error`, or the first readable words of a page that is not JSON. */
  serverReason?: string;
  /** When it was sent, by `performance.now`: an answer to a request of long ago says nothing about today's token. */
  sentAt?: number;
  /** Why the version has no such endpoint, or that it has one (`whyAbsent`); undefined where the version is not known. */
  whyAbsent?: string | undefined;
  /** From the body; `Retry-After` can't be read across origins. As the server said it: may be negative or absurd. */
  retryAfterMs?: number;
}

export class HomeserverError extends Error {
  override readonly name = 'HomeserverError';
  readonly kind: ErrorKind;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly errcode: string | undefined;
  readonly serverReason: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly sentAt: number | undefined;

  constructor(facts: ErrorFacts, options?: ErrorOptions) {
    super(sentence(facts), options);
    this.kind = facts.kind;
    this.method = facts.method;
    this.path = facts.path;
    this.status = facts.status;
    this.errcode = facts.errcode;
    this.serverReason = facts.serverReason;
    this.retryAfterMs = facts.retryAfterMs;
    this.sentAt = facts.sentAt;
  }

  /** 404 `M_UNRECOGNIZED` (405 likewise): no such endpoint here. Any other 404: no such thing. (`http/server.py:541-548`) */
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
    return this.kind === 'matrix' && this.status === 401;
  }

  /** `synapse/rest/admin/_base.py:60-72` */
  get notAdmin(): boolean {
    return this.kind === 'matrix' && this.status === 403 && this.serverReason === 'You are not a server admin';
  }

  /**
   * The request may have been carried out though no trustworthy answer came back: the connection was cut, time ran out,
   * something spoke instead of the homeserver, or the success could not be read. Reading again tells. What is too large for a
   * proxy (413) or comes too often for it (429) is not passed on.
   */
  get mayHaveHappened(): boolean {
    if (this.method === 'GET') return false;
    if (this.kind === 'matrix') return this.status !== undefined && this.status >= 500;
    return !(this.kind === 'http' && (this.status === 413 || this.status === 429));
  }
}

/** 400 before Synapse 1.74 (Synapse#14621). */
const isAbsence = ({ status = 0, errcode }: { status?: number | undefined; errcode?: string | undefined }): boolean =>
  [400, 404, 405].includes(status) && errcode === 'M_UNRECOGNIZED';

function sentence(facts: ErrorFacts): string {
  const reason = facts.serverReason ? `: ${isolatedWords(facts.serverReason)}` : '';
  switch (facts.kind) {
    case 'network':
      return 'No answer could be read: the connection failed, or the answer came without the headers that let a browser read it (CORS).';
    case 'timeout':
      return 'No answer came in time; the homeserver may still be working on it.';
    case 'aborted':
      return 'Cancelled before an answer came.';
    case 'redirect':
      return 'Something in front of the homeserver redirects this request to another URL. It was not followed, so that your access token goes nowhere else.';
    case 'shape':
      return `The answer (${facts.status ?? 'success'}) is not what Synapse gives here${reason}`;
    case 'http':
      return `Something in front of the homeserver answered ${httpSentence(facts.status)}${reason}${slashHint(facts)}`;
    case 'matrix':
      return matrixSentence(facts, reason);
  }
}

/** The rest of the sentence: what it answered, and what that means where it is known. */
function httpSentence(status = 0): string {
  switch (status) {
    case 401:
      return '401 (not Synapse), as if it wanted a sign-in of its own; your access token may still be good';
    case 413:
      return '413 (not Synapse): the request is larger than it accepts, and was not passed on';
    case 429:
      return '429 (not Synapse): it asks to slow down';
    case 502:
    case 503:
    case 504:
      return `${status} (not Synapse); the homeserver may be down, or still at work`;
    default:
      return status < 300 ? `${status} with a page that is not from Synapse` : `${status} (not Synapse)`;
  }
}

/** Apache refuses an encoded slash by itself, unless it is told to let it through. */
const slashHint = ({ status, path }: ErrorFacts): string =>
  status === 404 && /%2f/i.test(path)
    ? '. Apache says so of any id with a slash, unless AllowEncodedSlashes is NoDecode'
    : '';

function matrixSentence(facts: ErrorFacts, reason: string): string {
  const code = facts.errcode ? ` (${facts.status} ${isolated(facts.errcode)})` : ` (${facts.status})`;
  if (isAbsence(facts)) {
    return `This homeserver has no such endpoint${code}: ${facts.whyAbsent ?? 'it may be too old, use MAS, or route it elsewhere'}`;
  }
  if (facts.status === 401) return `The access token is not accepted${code}${reason}`;
  if (facts.status === 429) return `The homeserver asks to slow down${code}${reason}`;
  if (facts.serverReason) return `${isolatedWords(facts.serverReason)}${code}`;
  return `The homeserver refused${code}`;
}

/** Any thrown value as a sentence for a person. */
export function errorSentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
