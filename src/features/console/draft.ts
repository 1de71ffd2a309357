import type { Entry, Method } from './catalogue/entry';
import { ENTRIES } from './catalogue/catalogue';

/** A request as it stands in the form. The path is all there is of its parameters: fields read it and write it. */
export interface Draft {
  readonly method: Method;
  /** With its query; `{name}` where a part is still to be filled in. */
  readonly path: string;
  /** As it was typed. Empty: none is sent. */
  readonly body: string;
}

export const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'DELETE'];

export const FIRST: Draft = { method: 'GET', path: '/_synapse/admin/v1/server_version', body: '' };

export const draftOf = ({ method, template, body }: Entry): Draft => ({
  method,
  path: template,
  body: body === undefined ? '' : JSON.stringify(body, null, 2),
});

const NAMES = /\{(\w+)\}/g;

interface Known {
  readonly entry: Entry;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** The more of it is fixed, the earlier it is tried: `registration_tokens/new` before any token. */
const KNOWN: readonly Known[] = ENTRIES.map((entry) => ({
  entry,
  names: [...entry.template.matchAll(NAMES)].map(([, name = '']) => name),
  pattern: new RegExp(`^${entry.template.replaceAll('.', String.raw`\.`).replaceAll(NAMES, '([^/]*)')}$`),
})).toSorted((one, other) => one.names.length - other.names.length);

const split = (path: string): [path: string, query: string] => {
  const at = path.indexOf('?');
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at + 1)];
};

/** What the catalogue knows of a request. Older releases of the client-server API are known as v3. */
export function entryOf({ method, path }: Pick<Draft, 'method' | 'path'>): Entry | null {
  return match(method, path)?.entry ?? null;
}

function match(method: string, path: string): (Known & { parts: readonly string[] }) | null {
  const [bare] = split(path.trim());
  const known = bare.replace(/^\/_matrix\/client\/r0\//, '/_matrix/client/v3/');
  for (const one of KNOWN) {
    if (one.entry.method !== method) continue;
    const found = one.pattern.exec(known);
    if (found) return { ...one, parts: found.slice(1) };
  }
  return null;
}

/** One field of the form. */
export interface Part {
  readonly name: string;
  readonly value: string;
}

/** The changing parts of the path with what is filled in. */
export function pathParts({ method, path }: Pick<Draft, 'method' | 'path'>): readonly Part[] {
  const found = match(method, path);
  if (!found) return [];
  return found.names.map((name, index) => {
    const part = found.parts[index] ?? '';
    return { name, value: part === `{${name}}` ? '' : decoded(part) };
  });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The same request with one part filled in; an empty one is to be filled in again. */
export function withPart(draft: Draft, name: string, value: string): Draft {
  const found = match(draft.method, draft.path);
  if (!found) return draft;
  const [, query] = split(draft.path);
  const parts = found.names.map((one, index) => {
    if (one !== name) return found.parts[index] ?? '';
    return value === '' ? `{${name}}` : encodeURIComponent(value.replaceAll(/\p{Cs}/gu, '\uFFFD'));
  });
  let at = -1;
  const path = found.entry.template.replaceAll(NAMES, () => parts[(at += 1)] ?? '');
  return { ...draft, path: query === '' ? path : `${path}?${query}` };
}

/** What stands in the query under this name; several with commas between. */
export const queryValue = ({ path }: Pick<Draft, 'path'>, name: string): string =>
  new URLSearchParams(split(path)[1]).getAll(name).join(',');

export function withQuery(draft: Draft, name: string, value: string): Draft {
  const [path, query] = split(draft.path);
  const params = new URLSearchParams(query);
  if (value === '') params.delete(name);
  else params.set(name, value);
  const text = params.toString();
  return { ...draft, path: text === '' ? path : `${path}?${text}` };
}

/** The names of what is still to be filled in: parts of the path, and parameters that the request needs. */
export function missingParts(draft: Draft): readonly string[] {
  const [path] = split(draft.path);
  const open = [...path.matchAll(NAMES)].map(([, name = '']) => name);
  const needed =
    entryOf(draft)?.query?.filter(({ required, name }) => required && queryValue(draft, name) === '') ?? [];
  return [...open, ...needed.map(({ name }) => name)];
}
