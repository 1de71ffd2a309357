import { invariant } from '~/lib/invariant';
import type { Answer } from './answer';
import type { JsonObject, Query } from './params';
import { jsonObject } from './params';
import type { Random } from './random';
import type { State, User } from './state';

/** MAS, as far as its homeserver knows it. */
export interface MasSide {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  owns(url: URL): boolean;
  /** @throws ConnectionReset where a page can’t read the answer */
  answer(request: Request, bytes: Uint8Array<ArrayBuffer>): Promise<Response>;
  /** Whose token this is; null: it is not active. */
  introspect(token: string): { username: string; device_id: string | null; scopes: readonly string[] } | null;
}

/** The homeserver as its rules see it. */
export interface Server {
  readonly serverName: string;
  readonly version: string;
  readonly mas: boolean;
  /** The model of MAS, where one is in front. */
  readonly masSide?: MasSide | null;
  readonly state: State;
  readonly random: Random;
  /** Epoch ms; runs on with real time from the `now` the model was given. */
  now(): number;
  atLeast(version: string): boolean;
  isMine(id: string): boolean;
  /** How long a step of a background task takes, ms. */
  taskMs: number;
  /** Done later, in the background: the next request after `delayMs` finds it done. */
  later(delayMs: number, work: () => void): void;
  /** Spends one action of a rate limit bucket. @throws 429 M_LIMIT_EXCEEDED */
  spend(bucket: string, perSecond: number, burst: number, authenticatedEntity: string): void;
}

export interface Requester {
  user: User;
  token: string;
  device_id: string | null;
  /** Who really holds the token: the admin, when it came from "login as". */
  authenticatedEntity: string;
  isAdmin: boolean;
}

export class Call {
  readonly server: Server;
  readonly method: string;
  readonly query: Query;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly #parts: Readonly<Record<string, string>>;
  readonly #requester: Requester | null;

  constructor(facts: {
    server: Server;
    method: string;
    query: Query;
    bytes: Uint8Array<ArrayBuffer>;
    contentType: string;
    parts: Readonly<Record<string, string>>;
    requester: Requester | null;
  }) {
    this.server = facts.server;
    this.method = facts.method;
    this.query = facts.query;
    this.bytes = facts.bytes;
    this.contentType = facts.contentType;
    this.#parts = facts.parts;
    this.#requester = facts.requester;
  }

  get state(): State {
    return this.server.state;
  }

  get requester(): Requester {
    invariant(this.#requester, 'this route authenticates');
    return this.#requester;
  }

  /** A piece of the path, percent-decoded. */
  part(name: string): string {
    const value = this.#parts[name];
    invariant(value !== undefined, `the route has {${name}}`);
    return value;
  }

  /** @throws 400 M_NOT_JSON or M_BAD_JSON */
  json(options: { allowEmpty?: boolean } = {}): JsonObject {
    return jsonObject(this.bytes, options);
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Rule = (call: Call) => Answer;

export interface RouteOptions {
  /** The first version that has it. */
  since?: string;
  /** The first version that no longer has it. */
  until?: string;
  /** `off`: not registered under MAS; `only`: only there. */
  mas?: 'off' | 'only';
  auth?: 'admin' | 'user' | 'expired-too' | 'optional' | 'none';
  /** Calls of one lane wait for each other, as joins to one room do (§5.6.12). */
  lane?: (call: Call) => string;
  /** No `$`: more path after it still matches (§0.1). */
  open?: boolean;
}

export interface Route extends RouteOptions {
  readonly pattern: string;
  readonly rules: Partial<Record<Method, Rule>>;
}

/**
 * `{name}` takes one path piece (`[^/]*`: it may be empty), `<a|b>` is an alternative.
 * Registration order is match order: the first pattern that fits decides, also when it lacks the method (§0.1).
 */
export const route = (pattern: string, rules: Route['rules'], options: RouteOptions = {}): Route => ({
  pattern,
  rules,
  ...options,
});
