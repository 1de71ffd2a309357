import { bad, MatrixError } from './answer';

const invalid = (error: string): MatrixError => new MatrixError(400, 'M_INVALID_PARAM', error);
const missing = (error: string): MatrixError => new MatrixError(400, 'M_MISSING_PARAM', error);

function listsOf(text: string): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) lists.set(name, [...(lists.get(name) ?? []), value]);
  return lists;
}

/** Query parameters as Synapse reads them (§0.3, `http/servlet.py`). The first value counts; an empty one is present. */
export class Query {
  readonly #args: Map<string, string[]>;

  constructor(args: Map<string, string[]>) {
    this.#args = args;
  }

  /** `form`: the body of a form POST, which Twisted merges over the query (§0.3, §7.3). */
  static of(search: string, form?: string): Query {
    const args = listsOf(search);
    if (form !== undefined) for (const [name, values] of listsOf(form)) args.set(name, values);
    return new Query(args);
  }

  has(name: string): boolean {
    return this.#args.has(name);
  }

  all(name: string): string[] {
    return this.#args.get(name) ?? [];
  }

  toObject(): Record<string, string | string[]> {
    return Object.fromEntries(
      [...this.#args].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
    );
  }

  integer(name: string): number | undefined;
  integer(name: string, fallback: number): number;
  integer(name: string, fallback?: number): number | undefined {
    const text = this.#args.get(name)?.[0];
    if (text === undefined) return fallback;
    // Python's int(): surrounding space, a sign and single underscores are fine.
    if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(text)) throw invalid(`Query parameter ${name} must be an integer`);
    const value = Number(text.replaceAll('_', ''));
    if (value < 0) throw invalid(`Query parameter ${name} must be a positive integer.`);
    return value;
  }

  requiredInteger(name: string): number {
    const value = this.integer(name);
    if (value === undefined) throw missing(`Missing integer query parameter '${name}'`);
    return value;
  }

  boolean(name: string): boolean | undefined;
  boolean(name: string, fallback: boolean): boolean;
  boolean(name: string, fallback?: boolean): boolean | undefined {
    const text = this.#args.get(name)?.[0];
    if (text === undefined) return fallback;
    if (text === 'true') return true;
    if (text === 'false') return false;
    throw invalid(`Boolean query parameter '${name}' must be one of ['true', 'false']`);
  }

  /** ASCII unless the endpoint asks for UTF-8. */
  text(name: string, encoding: 'ascii' | 'utf-8' = 'ascii'): string | undefined {
    const text = this.#args.get(name)?.[0];
    if (text === undefined) return undefined;
    // oxlint-disable-next-line no-control-regex -- ASCII is exactly this range
    if (encoding === 'ascii' && !/^[\x00-\x7f]*$/.test(text)) throw bad(`Query parameter '${name}' must be ascii`);
    return text;
  }

  requiredText(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw missing(`Missing string query parameter '${name}'`);
    return text;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined;
  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T;
  oneOf<T extends string>(name: string, allowed: readonly T[], fallback?: T): T | undefined {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const found = allowed.find((value) => value === text);
    if (found === undefined) {
      throw invalid(`Query parameter '${name}' must be one of [${allowed.map((value) => `'${value}'`).join(', ')}]`);
    }
    return found;
  }

  dir(fallback: 'f' | 'b' = 'f'): 'f' | 'b' {
    return this.oneOf('dir', ['f', 'b'], fallback);
  }
}

/** A value of a body as text, where Synapse would have passed it on unchecked. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `parse_json_object_from_request` (`servlet.py:832-880`): Content-Type is ignored. */
export function jsonObject(bytes: Uint8Array, options: { allowEmpty?: boolean } = {}): JsonObject {
  if (bytes.length === 0 && options.allowEmpty) return {};
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw bad('Content not JSON.', 'M_NOT_JSON');
  }
  if (!isObject(value)) throw bad('Content must be a JSON object.', 'M_BAD_JSON');
  return value;
}

/** `assert_params_in_dict` (`servlet.py:929-938`). */
export function assertParams(body: unknown, names: readonly string[]): void {
  const absent = names.filter((name) => !isObject(body) || !(name in body));
  if (absent.length > 0) throw missing(`Missing params: [${absent.map((name) => `'${name}'`).join(', ')}]`);
}

/** SQL LIKE as Postgres does it: case-sensitive, `%` and `_` are wildcards (Synapse does not escape them). */
export function like(pattern: string): (text: string) => boolean {
  const plain = /^%([^%_]*)%$/.exec(pattern);
  if (plain) {
    const needle = plain[1] ?? '';
    return (text) => text.includes(needle);
  }
  const source = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('%', '[^]*')
    .replaceAll('_', '[^]');
  const regexp = new RegExp(`^${source}$`, 'u');
  return (text) => regexp.test(text);
}
