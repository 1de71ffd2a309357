import { isAtLeast } from '~/lib/versions';
import type { Answer } from './answer';
import { MatrixError, ok, unrecognized } from './answer';
import { ADMIN_SCOPE, authenticate, CLIENT_SCOPE } from './authenticate';
import { runTasks } from './background';
import { newUser } from './build';
import type { MasSide, Requester, Server } from './call';
import { Call } from './call';
import type { Fault, FaultKind } from './faults';
import { ConnectionReset, Faults, LATE_MS, SLOW_MS } from './faults';
import { domainOf } from './ids';
import { Query } from './params';
import { Random, URL_SAFE } from './random';
import { RateLimits } from './rate-limits';
import type { LogEntry } from './request-log';
import { RequestLog } from './request-log';
import { cutShort, echoPage, plainPage, proxyPage, toResponse } from './response';
import type { Match } from './router';
import { Router } from './router';
import { allRoutes } from './rules/all';
import { State } from './state';

export interface ModelOptions {
  /** `demo.example` unless said. */
  serverName?: string;
  /** `1.163.2` unless said. Endpoints younger than this answer M_UNRECOGNIZED. */
  version?: string;
  /** Authentication delegated to MAS (§4.1). */
  mas?: boolean;
  seed?: number;
  /** `admin` unless said. */
  adminLocalpart?: string;
  /** Epoch ms where the model's clock starts; a fixed day unless said. It runs on with real time. */
  now?: number;
}

/** Where the clock starts when nobody says: a fixed day, so that the same seed gives the same world. */
export const DEFAULT_NOW = Date.UTC(2026, 10, 24, 9, 30);

/** `app/_base.py:900-910`: 200 × 65,536. */
const MAX_BODY = 13_107_200;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A small Synapse in memory, written to `synapse-admin-api.md` (the § in comments). Known gaps, on purpose:
 * - `last_access_ts` is written at once, Synapse flushes it once a minute;
 * - a 429 comes at once, Synapse holds it back for half a second;
 * - pictures are SVG whatever `media_type` says;
 * - LIKE, NULL order and collation are Postgres', not SQLite's;
 * - no federation: remote rooms and aliases answer as if no server could be reached.
 */
export class MockHomeserver implements Server {
  readonly serverName: string;
  readonly version: string;
  readonly mas: boolean;
  readonly adminId: string;
  adminToken: string;
  /** MAS of the model, where one is in front: it answers for its own URLs, and tells whose a token is. */
  masSide: MasSide | null = null;
  /** Where the clock started, epoch ms. */
  readonly startedAt: number;
  readonly random: Random;
  readonly state = new State();
  readonly log = new RequestLog();
  readonly faults: Faults;
  /** Rules that threw what is no MatrixError: bugs of the model. Tests may expect this to stay empty. */
  readonly crashes: unknown[] = [];
  /** How long each request takes, ms. */
  latencyMs = 0;
  taskMs = 40;
  readonly #realStart = Date.now();
  #ahead = 0;
  readonly #router: Router;
  readonly #limits = new RateLimits();
  readonly #lanes = new Map<string, Promise<void>>();
  #later: { due: number; work: () => void }[] = [];

  constructor(options: ModelOptions = {}) {
    this.serverName = options.serverName ?? 'demo.example';
    this.version = options.version ?? '1.163.2';
    this.mas = options.mas ?? false;
    this.startedAt = options.now ?? DEFAULT_NOW;
    this.random = new Random(options.seed ?? 1);
    this.#router = new Router(
      allRoutes,
      ({ since, until, mas }) =>
        (since === undefined || this.atLeast(since)) &&
        !(until !== undefined && this.atLeast(until)) &&
        (mas === undefined || (mas === 'only') === this.mas),
    );
    const localpart = options.adminLocalpart ?? 'admin';
    this.adminId = `@${localpart}:${this.serverName}`;
    this.faults = new Faults(new Random((options.seed ?? 1) + 1), this.adminId, (roomId) =>
      [...this.state.aliases].filter(([, alias]) => alias.room_id === roomId).map(([name]) => name),
    );
    const admin = newUser(this, { name: this.adminId, displayname: 'Admin', admin: true });
    admin.devices.push({
      device_id: 'ADMINDEVICE',
      display_name: 'Admin console',
      last_seen_ts: this.startedAt,
      last_seen_ip: '192.0.2.10',
      last_seen_user_agent: 'Mozilla/5.0',
    });
    this.state.users.set(this.adminId, admin);
    this.adminToken = this.issueToken(this.adminId, 'ADMINDEVICE', [CLIENT_SCOPE, ADMIN_SCOPE]);
  }

  now(): number {
    return this.startedAt + this.#ahead + (Date.now() - this.#realStart);
  }

  /** Moves the clock on, ms: caches age, tasks get done, tokens expire. */
  advance(ms: number): void {
    this.#ahead += ms;
  }

  atLeast(version: string): boolean {
    return isAtLeast(this.version, version);
  }

  isMine(id: string): boolean {
    return domainOf(id) === this.serverName;
  }

  later(delayMs: number, work: () => void): void {
    this.#later.push({ due: this.now() + delayMs, work });
  }

  front(mas: MasSide): void {
    this.masSide = mas;
  }

  /** A token for someone. @returns the token */
  issueToken(userId: string, deviceId: string | null = null, scopes: string[] = [CLIENT_SCOPE]): string {
    const token = `syt_${btoa(userId).replaceAll(/[^A-Za-z0-9]/g, '')}_${this.random.text(20, URL_SAFE)}`;
    this.state.tokens.set(token, {
      user_id: userId,
      device_id: deviceId,
      valid_until_ms: null,
      puppeted_by: null,
      scopes,
      active: true,
    });
    return token;
  }

  /** Judged by the authenticated entity: its 0-override lifts every limiter that knows a requester (§5.3). */
  spend(bucket: string, perSecond: number, burst: number, authenticatedEntity: string): void {
    const override = this.state.users.get(authenticatedEntity)?.ratelimit;
    if (override?.messages_per_second === 0) return;
    this.#limits.spend(bucket, override?.messages_per_second ?? perSecond, override?.burst_count ?? burst, this.now());
  }

  /**
   * Answers one request. Whoever asked may be gone: the work is still done, as in Synapse.
   * @throws ConnectionReset where a fault cuts the connection
   */
  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const bytes = new Uint8Array(await request.arrayBuffer());
    const entry = this.log.begin(request.method, url, bytes, this.now());
    try {
      const response = await this.#respond(request, url, bytes, entry);
      this.log.end(entry, request.signal.aborted ? 0 : response.status, this.now());
      return response;
    } catch (error) {
      this.log.end(entry, 0, this.now());
      throw error;
    }
  }

  async #respond(request: Request, url: URL, bytes: Uint8Array<ArrayBuffer>, entry: LogEntry): Promise<Response> {
    const mas = this.masSide?.owns(url) ? this.masSide : null;
    // Every OPTIONS to any path answers 204, without auth: a preflight proves nothing (§5.1).
    if (request.method === 'OPTIONS' && !mas) return toResponse(this, request.method, { status: 204 });
    const fault = this.faults.take(entry);
    if (fault) entry.fault = fault.answer;
    const delayMs = fault?.delayMs ?? (fault?.answer === 'slow' ? SLOW_MS : 0);
    if (fault?.until) await fault.until;
    else if (delayMs > 0 && fault?.answer !== 'late') await wait(delayMs);
    const refused = fault && before(fault, request);
    if (refused instanceof Response) {
      await this.#pause();
      return refused;
    }
    const response = mas
      ? await this.#throughMas(mas, request, bytes, refused)
      : toResponse(this, request.method, refused ?? (await this.#work(request, url, bytes, entry)));
    if (!refused) entry.worked = response.status;
    if (fault?.answer === 'late') await wait(fault.delayMs ?? LATE_MS);
    return fault ? this.#spoil(response, fault.answer, request.method, mas !== null) : response;
  }

  /** A refusal of the same status is worded as MAS does. */
  async #throughMas(
    mas: MasSide,
    request: Request,
    bytes: Uint8Array<ArrayBuffer>,
    refused: Answer | null | undefined,
  ): Promise<Response> {
    await this.#pause();
    this.#catchUp();
    if (!refused) return mas.answer(request, bytes);
    return masRefusal(refused.status);
  }

  /** The faults that come after the work was done. @throws ConnectionReset */
  #spoil(response: Response, kind: FaultKind, method: string, isOfMas: boolean): Response {
    if (kind === '504-after') return proxyPage(504, 'Gateway Time-out');
    if (kind === '500-after') return isOfMas ? masRefusal(500) : toResponse(this, method, internalError());
    if (kind === 'reset-after') throw new ConnectionReset(true);
    if (kind === 'cut-short') return cutShort(response, () => new ConnectionReset(true));
    if (kind === 'odd') return toResponse(this, method, ok([{ surprising: true }]));
    if (kind === 'empty') {
      return toResponse(this, method, { status: 200, bytes: { content: '', type: 'application/json' } });
    }
    return response;
  }

  /** Route, authenticate, wait, do: the refusals of every step are answers too. */
  async #work(request: Request, url: URL, bytes: Uint8Array<ArrayBuffer>, entry: LogEntry): Promise<Answer> {
    const contentType = request.headers.get('Content-Type') ?? '';
    // Below the resources, hence no CORS headers (`http/site.py:214-314`).
    if (/^multipart\/form-data/i.test(contentType) && request.method === 'POST') {
      return { status: this.atLeast('1.120.1') ? 415 : 400, withoutCors: true };
    }
    if (bytes.length > Math.max(MAX_BODY, this.state.config.max_upload_size)) {
      const error = new MatrixError(413, 'M_TOO_LARGE', 'Content too large');
      return { ...error.answer(), withoutCors: true };
    }
    try {
      const found = this.#match(request.method, url.pathname);
      const form = /^application\/x-www-form-urlencoded/i.test(contentType) && request.method === 'POST';
      const query = Query.of(url.search, form ? new TextDecoder().decode(bytes) : undefined);
      const call = (requester: Requester | null): Call =>
        new Call({ server: this, method: request.method, query, bytes, contentType, parts: found.parts, requester });
      await this.#inLane(found, call);
      this.#catchUp();
      const mode = found.options.auth ?? 'admin';
      const requester = authenticate(this, request.headers, query, mode);
      entry.who = requester?.user.name ?? null;
      return found.rule(call(requester));
    } catch (error) {
      if (error instanceof MatrixError) return error.answer();
      this.crashes.push(error);
      return internalError();
    }
  }

  /** Before 1.48 there was no v3, and before 1.74 what is not known was a 400. @throws MatrixError */
  #match(method: string, path: string): Match {
    try {
      if (/^\/_matrix\/(client|media)\/v3\//.test(path) && !this.atLeast('1.48')) throw unrecognized(404);
      return this.#router.match(method, path);
    } catch (error) {
      throw error instanceof MatrixError && !this.atLeast('1.74') ? unrecognized(400) : error;
    }
  }

  async #inLane(found: Match, call: (requester: Requester | null) => Call): Promise<void> {
    const lane = found.options.lane?.(call(null));
    if (lane === undefined || this.latencyMs === 0) {
      await this.#pause();
      return;
    }
    const turn = (this.#lanes.get(lane) ?? Promise.resolve()).then(() => this.#pause());
    this.#lanes.set(lane, turn);
    await turn;
    if (this.#lanes.get(lane) === turn) this.#lanes.delete(lane);
  }

  async #pause(): Promise<void> {
    if (this.latencyMs > 0) await wait(this.latencyMs);
  }

  #catchUp(): void {
    const due = this.#later.filter((item) => item.due <= this.now());
    if (due.length > 0) {
      this.#later = this.#later.filter((item) => !due.includes(item));
      for (const { work } of due) work();
    }
    runTasks(this);
  }
}

function masRefusal(status: number): Response {
  const title = status === 401 ? 'Unknown access token' : 'Internal server error';
  return Response.json({ errors: [{ title }] }, { status });
}

const internalError = (): Answer => new MatrixError(500, 'M_UNKNOWN', 'Internal server error').answer();

const INSTEAD: Partial<Record<FaultKind, (fault: Fault, request: Request) => Answer | Response>> = {
  '401': () => new MatrixError(401, 'M_UNKNOWN_TOKEN', 'Invalid access token passed.', { soft_logout: false }).answer(),
  '401-html': () => proxyPage(401, 'Authorization Required'),
  '403-html': () => proxyPage(403, 'Forbidden'),
  '404-html': () => proxyPage(404, 'Not Found'),
  '404-traefik': () => plainPage(404, '404 page not found\n'),
  '403': () => new MatrixError(403, 'M_FORBIDDEN', 'Refused by a policy of this homeserver').answer(),
  '413': () => proxyPage(413, 'Request Entity Too Large'),
  '429': ({ retryAfterMs }) =>
    new MatrixError(
      429,
      'M_LIMIT_EXCEEDED',
      'Too Many Requests',
      retryAfterMs === null ? {} : { retry_after_ms: retryAfterMs ?? 1000 },
    ).answer(),
  '500': internalError,
  '502-html': () => proxyPage(502, 'Bad Gateway'),
  // As Synapse says it where a service behind it does not answer (§0.2).
  '503': () => new MatrixError(503, 'M_UNKNOWN', 'Service unavailable').answer(),
  echo: (_fault, request) => echoPage(502, request),
  html: () => proxyPage(200, 'Welcome to nginx!'),
  portal: () => ok({ status: 'ok' }),
  'reset-before': () => {
    throw new ConnectionReset(false);
  },
};

/** The faults that come instead of the work. @throws ConnectionReset */
const before = (fault: Fault, request: Request): Answer | Response | null =>
  INSTEAD[fault.answer]?.(fault, request) ?? null;
