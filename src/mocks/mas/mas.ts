import { isAtLeast } from '~/lib/versions';
import type { MasSide } from '../call';
import { ConnectionReset } from '../faults';
import type { MockHomeserver } from '../homeserver';
import { authenticateAdmin, introspect, type Introspected } from './authenticate';
import { BodyError, MasCall, MasError, type MasAnswer, type MasRoute } from './call';
import { runJob } from './jobs';
import { Random } from '../random';
import { respond } from './response';
import { allMasRoutes } from './rules/all';
import { MasState, type MasJob, type OAuthSessionRow } from './state';
import { newToken, ulid } from './tokens';

export interface MasOptions {
  /** `https://auth.<server name>` unless said; may have a path. */
  baseUrl?: string;
  /** `1.22.0` unless said. */
  version?: string;
  /** Whether the Admin API is mounted where the rest is. */
  adminApi?: boolean;
}

/** The time in the first ID: long before any test. */
const FIRST = Date.UTC(2024, 0, 1);

/** How often a job is tried. */
const MOST_ATTEMPTS = 10;

/**
 * A small MAS in memory, in front of a homeserver of the model. Its honest sides: what is not there (another path, an older version, an
 * Admin API that is not mounted) can't be read at all; Synapse learns of changes from jobs that somebody cranks. Left out: upstream
 * sign-in, GraphQL, mails, the checks of the policy engine.
 */
export class MockMas implements MasSide {
  readonly homeserver: MockHomeserver;
  readonly baseUrl: string;
  version: string;
  adminApi: boolean;
  readonly state = new MasState();
  /** Of its own: what the homeserver makes of chance does not depend on who is in front. */
  readonly random = new Random(11);
  /** Ms after which jobs run by themselves; null: only by hand. */
  cranksAfterMs: number | null = null;
  /** So many attempts at jobs fail from now on. */
  jobsFail = 0;
  /** How long Synapse keeps what MAS said of a token: 120,000 in a real one. */
  introspectionCacheMs = 0;
  readonly #introspected = new Map<string, { said: Introspected; until: number }>();
  /** From now on ids tell the time. */
  isFilled = false;
  #serial = 0;
  #routes: readonly MasRoute[] = allMasRoutes;

  constructor(homeserver: MockHomeserver, options: MasOptions = {}) {
    this.homeserver = homeserver;
    this.baseUrl = options.baseUrl ?? `https://auth.${homeserver.serverName}`;
    this.version = options.version ?? '1.22.0';
    this.adminApi = options.adminApi ?? true;
    homeserver.front(this);
  }

  /** More that MAS answers: its pages for people, its OAuth endpoints. */
  serve(routes: readonly MasRoute[]): void {
    this.#routes = [...this.#routes, ...routes];
  }

  /** The clock of the homeserver: `homeserver.advance` moves both. */
  now(): number {
    return this.homeserver.now();
  }

  atLeast(version: string): boolean {
    return isAtLeast(this.version, version);
  }

  /** Later than all before: what the model is given to begin with has an ID that is the same in each run. */
  newId(): string {
    this.#serial += 1;
    return ulid(this.isFilled ? Math.max(this.now(), FIRST + this.#serial) : FIRST + this.#serial, this.#serial);
  }

  enqueue(kind: MasJob['kind'], userId: string, erase = false): void {
    this.state.jobs.push({ id: this.newId(), kind, user_id: userId, erase, attempts: 0 });
    if (this.cranksAfterMs !== null) this.homeserver.later(this.cranksAfterMs, () => this.crank());
  }

  /** Runs what is queued, and what that queues. A job that fails stays, and is tried again with the next crank. */
  crank(): void {
    const failed: MasJob[] = [];
    for (let job = this.state.jobs.shift(); job; job = this.state.jobs.shift()) {
      job.attempts += 1;
      if (this.jobsFail > 0) {
        this.jobsFail -= 1;
        if (job.attempts < MOST_ATTEMPTS) failed.push(job);
        continue;
      }
      runJob(this, job);
    }
    this.state.jobs.push(...failed);
    if (failed.length > 0 && this.cranksAfterMs !== null) {
      this.homeserver.later(this.cranksAfterMs, () => this.crank());
    }
  }

  /** What Synapse learns of a token. A good answer is kept for a while, if it is told to: then an end of the session is late. */
  introspect(token: string): Introspected | null {
    const kept = this.#introspected.get(token);
    if (kept && kept.until > this.now()) return kept.said;
    const said = introspect(this, token);
    if (said) this.#introspected.set(token, { said, until: this.now() + this.introspectionCacheMs });
    return said;
  }

  /** A session with an access token, as if somebody had signed in. @returns the token */
  issueToken(
    userId: string,
    scopes: readonly string[],
    { clientId = '', expiresAt = null }: { clientId?: string; expiresAt?: number | null } = {},
  ): { token: string; session: OAuthSessionRow } {
    const now = this.now();
    const session: OAuthSessionRow = {
      id: this.newId(),
      created_at: now,
      finished_at: null,
      user_agent: 'Mozilla/5.0',
      last_active_at: now,
      last_active_ip: '192.0.2.10',
      user_id: userId,
      user_session_id: null,
      client_id: clientId === '' ? this.newId() : clientId,
      scopes: scopes.toSorted(),
      human_name: null,
    };
    this.state.oauthSessions.set(session.id, session);
    const token = newToken('mat', this.random);
    this.state.accessTokens.set(token, {
      token,
      of: 'oauth2',
      session_id: session.id,
      created_at: now,
      expires_at: expiresAt,
      revoked_at: null,
      used_at: null,
    });
    return { token, session };
  }

  /** Whether a URL is one of MAS's. */
  owns(url: URL): boolean {
    return url.href.startsWith(`${this.baseUrl}/`) || url.href === this.baseUrl;
  }

  /**
   * @throws ConnectionReset where a browser shows no answer: MAS answers what it does not know with HTML that has no CORS headers, and refuses
   * the preflight of a request with other headers
   */
  async answer(request: Request, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.slice(new URL(`${this.baseUrl}/`).pathname.length - 1);
    const found = this.#match(path);
    if (!found || (found.route.cors !== 'none' && hasOtherHeaders(request.headers))) throw unreadable();
    const { route, parts } = found;
    const facts = {
      mas: this,
      method: request.method,
      parts,
      query: url.searchParams,
      headers: request.headers,
      bytes,
    };
    return respond(route.cors, request.method, await this.#work(route, facts));
  }

  async #work(route: MasRoute, facts: Omit<ConstructorParameters<typeof MasCall>[0], 'caller'>): Promise<MasAnswer> {
    if (facts.method === 'OPTIONS') return { status: 200 };
    const rule = route.rules[facts.method as 'GET'];
    if (!rule) return { status: 405 };
    try {
      const caller = route.admin ? authenticateAdmin(this, facts.headers) : null;
      return await rule(new MasCall({ ...facts, caller }));
    } catch (error) {
      if (error instanceof MasError || error instanceof BodyError) return error.answer();
      this.homeserver.crashes.push(error);
      return new MasError(500, 'Internal server error').answer();
    }
  }

  #match(path: string): { route: MasRoute; parts: Record<string, string> } | null {
    for (const route of this.#routes) {
      if (route.admin && !this.adminApi) continue;
      if (route.since !== undefined && !this.atLeast(route.since)) continue;
      const parts = partsOf(route.pattern, path);
      if (parts) return { route, parts };
    }
    return null;
  }
}

function partsOf(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [index, piece] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined ? piece !== value : value === '') return null;
    if (name !== undefined) parts[name] = decodeURIComponent(value);
  }
  return parts;
}

/** A page sees an answer without CORS headers as a connection that broke. */
const unreadable = (): ConnectionReset => new ConnectionReset(false);

/** Those that all groups of routes allow; what a browser sends by itself needs no leave. */
const ALLOWED =
  /^(?:authorization|accept|accept-language|content-language|content-type|user-agent|referer|origin|sec-.*|host)$/;
const hasOtherHeaders = (headers: Headers): boolean => [...headers.keys()].some((name) => !ALLOWED.test(name));
