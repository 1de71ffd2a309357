import { invariant } from '~/lib/invariant';
import type { MockMas } from './mas';
import { isUlid } from './tokens';
import { isObject } from '../params';
import type { MasState, PersonalSessionRow, OAuthSessionRow } from './state';

/** What a rule of MAS gives back: JSON, text (`text`), or nothing. */
export interface MasAnswer {
  status: number;
  body?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

/** A refusal as MAS words it: the chain of causes. */
export class MasError extends Error {
  readonly status: number;
  readonly titles: readonly string[];

  constructor(status: number, ...titles: string[]) {
    super(titles.join(': '));
    this.status = status;
    this.titles = titles;
  }

  answer(): MasAnswer {
    return { status: this.status, body: { errors: this.titles.map((title) => ({ title })) } };
  }
}

/** What MAS's HTTP library says about a body that it can't read: text, not JSON. */
export class BodyError extends Error {
  readonly status: 400 | 415 | 422;

  constructor(status: 400 | 415 | 422, text: string) {
    super(text);
    this.status = status;
  }

  answer(): MasAnswer {
    return { status: this.status, text: this.message };
  }
}

/** Who asks the Admin API: `user` is null where a client asks for itself. */
export interface Caller {
  readonly session: OAuthSessionRow | PersonalSessionRow;
  readonly user_id: string | null;
  readonly client_id: string | null;
}

/** A request as the rules see it. Rules ask in the order in which MAS looks: the path, the query, the body. */
export class MasCall {
  readonly mas: MockMas;
  readonly method: string;
  /** Decoded pieces of the path. */
  readonly parts: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #caller: Caller | null;

  constructor(
    facts: Pick<MasCall, 'mas' | 'method' | 'parts' | 'query' | 'headers' | 'bytes'> & { caller: Caller | null },
  ) {
    this.mas = facts.mas;
    this.method = facts.method;
    this.parts = facts.parts;
    this.query = facts.query;
    this.headers = facts.headers;
    this.bytes = facts.bytes;
    this.#caller = facts.caller;
  }

  get state(): MasState {
    return this.mas.state;
  }

  get caller(): Caller {
    invariant(this.#caller, 'this route authenticates');
    return this.#caller;
  }

  now(): number {
    return this.mas.now();
  }

  /** @throws 400 */
  id(): string {
    const id = this.parts['id'] ?? '';
    if (!isUlid(id)) throw new MasError(400, 'Invalid ULID in path', 'Invalid URL: Cannot parse `id`');
    return id.toUpperCase();
  }

  /** A form, as the OAuth endpoints want it; undefined: the body is none. */
  form(): URLSearchParams | undefined {
    const type = this.headers.get('Content-Type') ?? '';
    if (!/^application\/x-www-form-urlencoded/i.test(type)) return undefined;
    return new URLSearchParams(new TextDecoder().decode(this.bytes));
  }

  /** The JSON object of a body. @throws 415, 400, 422 in plain text */
  body(fields: BodyFields): Record<string, unknown> {
    const type = this.headers.get('Content-Type') ?? '';
    if (!/^application\/(?:[\w.-]+\+)?json(?:;|$)/i.test(type)) {
      throw new BodyError(415, 'Expected request with `Content-Type: application/json`');
    }
    const text = new TextDecoder().decode(this.bytes);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      const where = text === '' ? 'EOF while parsing a value at line 1 column 0' : 'expected value at line 1 column 1';
      throw new BodyError(400, `Failed to parse the request body as JSON: ${where}`);
    }
    if (!isObject(value)) throw wrong('invalid type: expected struct', text);
    for (const [name, field] of Object.entries(fields)) checkField(name, field, value, text);
    return value;
  }

  /** A body that may be left out: without a content type there is none. */
  optionalBody(fields: BodyFields): Record<string, unknown> {
    return this.headers.has('Content-Type') ? this.body(fields) : {};
  }
}

/** `?`: may be missing or null; `=`: may be missing, never null. */
export type BodyType = 'string' | 'boolean' | 'u32' | 'ulid' | 'time' | 'any';
export type BodyFields = Readonly<Record<string, BodyType | `${BodyType}?` | `${BodyType}=`>>;

function checkField(name: string, field: string, body: Record<string, unknown>, text: string): void {
  const type = field.replace(/[?=]$/, '');
  const value = body[name];
  if (value === undefined) {
    if (type !== field) return;
    throw wrong(`missing field \`${name}\``, text);
  }
  if (value === null && field.endsWith('?')) return;
  if (!isOf(type, value))
    throw wrong(`${name}: invalid type: ${kindOf(value)}, expected ${SAID[type] ?? 'a value'}`, text);
}

const wrong = (reason: string, text: string): BodyError =>
  new BodyError(
    422,
    `Failed to deserialize the JSON body into the target type: ${reason} at line 1 column ${text.length}`,
  );

const SAID: Readonly<Record<string, string>> = { string: 'a string', boolean: 'a boolean', u32: 'u32', ulid: 'a ULID' };

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'sequence' : typeof value === 'object' ? 'map' : typeof value;

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'u32':
      return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32;
    case 'ulid':
      return typeof value === 'string' && isUlid(value);
    case 'time':
      return isTime(value);
    default:
      return true;
  }
}

/** RFC 3339, strictly. */
export const isTime = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/.test(value) &&
  !Number.isNaN(Date.parse(value));

export type MasMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type MasRule = (call: MasCall) => MasAnswer | Promise<MasAnswer>;

export interface MasRoute {
  /** `{name}` is one piece of the path. The first that fits decides. */
  readonly pattern: string;
  readonly rules: Partial<Record<MasMethod, MasRule>>;
  /** Whose CORS headers; `none`: a page for people, which no other origin can read. */
  readonly cors: 'admin' | 'oauth' | 'discovery' | 'none';
  /** The first version that has it. */
  readonly since?: string;
  /** The Admin API: it needs a token with its scope, and is not there where it is not mounted. */
  readonly admin?: true;
}

export const adminRoute = (pattern: string, rules: MasRoute['rules'], since?: string): MasRoute => ({
  pattern: `/api/admin/v1${pattern}`,
  rules,
  cors: 'admin',
  admin: true,
  ...(since !== undefined && { since }),
});

export const masOk = (body: unknown): MasAnswer => ({ status: 200, body });
export const masCreated = (body: unknown): MasAnswer => ({ status: 201, body });
export const masDone: MasAnswer = { status: 204 };

/** RFC 3339, as MAS writes times. */
export const iso = (at: number): string => new Date(at).toISOString();
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
