/**
 * Failures, by script, by chance and by name.
 *
 * Sentinel names (they work everywhere, also in the demo). A user, media id or room alias whose localpart starts with one of
 * these words makes every WRITE that names it (in the path, or as `user_id` in the body) go wrong:
 *
 * | starts with  | what happens                                                                       |
 * |--------------|------------------------------------------------------------------------------------|
 * | `fail-403`   | 403 M_FORBIDDEN, nothing done                                                      |
 * | `fail-500`   | 500 M_UNKNOWN, nothing done                                                        |
 * | `fail-502`   | the proxy's 502 page, nothing done                                                 |
 * | `fail-504`   | done, but the proxy's 504 page comes back                                          |
 * | `lost-`      | done, but the connection is cut before the answer                                  |
 * | `cut-`       | the connection is cut before anything is done                                      |
 * | `flaky-`     | the proxy's 502 page the first time, then as usual (per request)                   |
 * | `limit-`     | 429 with `retry_after_ms` 2000 the first time, then as usual (per request)         |
 * | `slow-`      | as usual, after three seconds; reads too                                           |
 *
 * `#fail-403-board:demo.example` also counts when the room is named by its id.
 *
 * What something in front of the homeserver says by itself, and nothing is done: `401-html` (an authenticating proxy), `403-html`,
 * `404-html` (nginx), `404-traefik` (a container that restarts), `html` and `portal` (a success in HTML, and in JSON), and `echo`
 * (an error page that shows the headers of the request).
 *
 * A server that is gone altogether is no fault of a request: whoever serves the model takes it away (e2e/model-server.ts).
 */
import type { Random } from './random';

export type FaultKind =
  | '401'
  | '401-html'
  | '403'
  | '403-html'
  | '404-html'
  | '404-traefik'
  | '413'
  | '429'
  | '500'
  | '500-after'
  | '502-html'
  | '503'
  | '504-after'
  | 'reset-before'
  | 'reset-after'
  | 'cut-short'
  | 'echo'
  | 'empty'
  | 'html'
  | 'portal'
  | 'odd'
  | 'slow'
  | 'late';

/** The request as faults see it. */
export interface FaultTarget {
  method: string;
  path: string;
  pieces: readonly string[];
  query: URLSearchParams;
  body: unknown;
}

export interface Fault {
  /** Tested against `METHOD /decoded/path?query`. */
  match?: RegExp | ((target: FaultTarget) => boolean);
  /** How often; 1 unless said. */
  times?: number;
  /** Lets this many fitting requests pass first. */
  after?: number;
  answer: FaultKind;
  /** For 429: ms in the body; null leaves it out, as spam-checker refusals do (§5.3). A text is what no server should send. */
  retryAfterMs?: number | string | null;
  /**
   * Waits first, ms; `slow` waits three seconds unless told. `late` does the work at once and waits before the answer, a minute
   * unless told: longer than whoever asked.
   */
  delayMs?: number;
  /** `slow`: waits for this, and not for a time. */
  until?: Promise<void>;
}

/** The connection broke. An adapter destroys the socket; in a browser it becomes a failed fetch. */
export class ConnectionReset extends Error {
  override readonly name = 'ConnectionReset';
  readonly done: boolean;

  constructor(done: boolean) {
    super(done ? 'Connection reset after the work was done' : 'Connection reset before the request was read');
    this.done = done;
  }
}

export const SLOW_MS = 3000;
export const LATE_MS = 65_000;

const SIGN_IN = /\/(versions?|login|logout|whoami|server_version|capabilities|auth_metadata|config)$|\/\.well-known\//;

const SENTINELS: readonly [string, Fault][] = [
  ['fail-403', { answer: '403' }],
  ['fail-500', { answer: '500' }],
  ['fail-502', { answer: '502-html' }],
  ['fail-504', { answer: '504-after' }],
  ['lost-', { answer: 'reset-after' }],
  ['cut-', { answer: 'reset-before' }],
  ['flaky-', { answer: '502-html', times: 1 }],
  ['limit-', { answer: '429', retryAfterMs: 2000, times: 1 }],
  ['slow-', { answer: 'slow' }],
];

export class Faults {
  readonly #random: Random;
  readonly #adminId: string;
  readonly #namesOfRoom: (roomId: string) => string[];
  #script: { fault: Fault; times: number; after: number }[] = [];
  #chaos = 0;
  #played = new Map<string, number>();

  /** `adminId`: chaos spares the look at one's own account too, by which sign-in knows an admin. */
  constructor(random: Random, adminId: string, namesOfRoom: (roomId: string) => string[]) {
    this.#random = random;
    this.#adminId = adminId;
    this.#namesOfRoom = namesOfRoom;
  }

  /** Plays a fault on the next `times` requests that fit. Earlier ones are tried first. @returns its counter */
  next(fault: Fault): { readonly times: number } {
    const counter = { fault, times: fault.times ?? 1, after: fault.after ?? 0 };
    this.#script.push(counter);
    return counter;
  }

  /** This share (0 to 100) of all requests goes wrong, those of sign-in excepted. */
  chaos(percent: number): void {
    this.#chaos = Math.min(100, Math.max(0, percent));
  }

  clear(): void {
    this.#script = [];
    this.#played.clear();
    this.#chaos = 0;
  }

  /** The fault to play on this request, if any. Counts it as played. */
  take(target: FaultTarget): Fault | null {
    return this.#scripted(target) ?? this.#named(target) ?? this.#byChance(target);
  }

  #scripted(target: FaultTarget): Fault | null {
    for (const counter of this.#script) {
      if (counter.times <= 0 || !fits(counter.fault.match, target)) continue;
      if (counter.after > 0) {
        counter.after -= 1;
        continue;
      }
      counter.times -= 1;
      return counter.fault;
    }
    return null;
  }

  #named(target: FaultTarget): Fault | null {
    const write = target.method !== 'GET' && target.method !== 'HEAD';
    for (const word of this.#words(target)) {
      for (const [start, fault] of SENTINELS) {
        if (!word.startsWith(start) || (!write && fault.answer !== 'slow')) continue;
        if (fault.times === undefined) return fault;
        const key = `${start} ${target.method} ${target.path} ${JSON.stringify(target.body)}`;
        const played = this.#played.get(key) ?? 0;
        if (played >= fault.times) continue;
        this.#played.set(key, played + 1);
        return fault;
      }
    }
    return null;
  }

  #words({ pieces, body }: FaultTarget): string[] {
    const words = pieces.flatMap((piece) => (piece.startsWith('!') ? this.#namesOfRoom(piece) : [piece]));
    if (typeof body === 'object' && body !== null && 'user_id' in body && typeof body.user_id === 'string') {
      words.push(body.user_id);
    }
    return words.map((word) => word.replace(/^[@#]/, ''));
  }

  #byChance(target: FaultTarget): Fault | null {
    const signIn = SIGN_IN.test(target.path) || (target.method === 'GET' && target.pieces.at(-1) === this.#adminId);
    if (this.#chaos === 0 || signIn || !this.#random.chance(this.#chaos / 100)) return null;
    const roll = this.#random.next();
    if (roll < 0.3) return { answer: '429', retryAfterMs: this.#random.between(200, 1500) };
    if (roll < 0.45) return { answer: '500' };
    if (roll < 0.6) return { answer: '502-html' };
    if (roll < 0.75) return { answer: 'slow', delayMs: this.#random.between(500, 3000) };
    if (roll < 0.83) return { answer: '504-after' };
    if (roll < 0.9) return { answer: 'reset-before' };
    if (roll < 0.95) return { answer: 'reset-after' };
    return { answer: 'cut-short' };
  }
}

function fits(match: Fault['match'], target: FaultTarget): boolean {
  if (match === undefined) return true;
  if (typeof match === 'function') return match(target);
  const search = target.query.toString();
  return new RegExp(match.source, match.flags.replaceAll(/[gy]/g, '')).test(
    `${target.method} ${target.path}${search === '' ? '' : `?${search}`}`,
  );
}
