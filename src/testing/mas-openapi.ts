import { isTime } from '~/mocks/mas/call';
import { isUlid } from '~/mocks/mas/tokens';
import { OPERATIONS, THINGS, type Operation } from './mas-facts';

/** Checks requests and answers by what MAS's description of its Admin API says. Each problem is a line. */

const ADMIN = '/api/admin/v1';

/** A text between slashes that is no ID counts more than a place for one. @returns its name among the operations */
export function operationOf(method: string, url: string): string | null {
  const pieces = new URL(url).pathname.split(ADMIN)[1]?.split('/') ?? [];
  const fitting = Object.keys(OPERATIONS).filter((name) => {
    const [wanted, template = ''] = name.split(' ');
    const places = template.split('/');
    const fits = places.every((place, index) => place.startsWith('{') || place === pieces[index]);
    return wanted === method && places.length === pieces.length && fits;
  });
  return fitting.toSorted((one, other) => one.split('{').length - other.split('{').length)[0] ?? null;
}

const operation = (name: string): Operation => OPERATIONS[name] ?? { answers: {} };

/** Headers that a browser may send there without a refused preflight. */
const HEADERS = new Set(['authorization', 'accept', 'content-type']);

export async function requestProblems(name: string, request: Request): Promise<string[]> {
  const { paged, filters = {}, body: fields, bodyOptional } = operation(name);
  const query = [...new URL(request.url).searchParams].flatMap(([key, value]) => {
    const filter = /^filter\[(.+)\]$/.exec(key)?.[1];
    if (filter === undefined) return paged && fitsPaging(key, value) ? [] : [`query ${key}=${value}`];
    const type = filters[filter];
    return type !== undefined && fitsText(type.replace(/^list /, ''), value) ? [] : [`query ${key}=${value}`];
  });
  const names = [...new URL(request.url).searchParams.keys()];
  const repeated = names.filter((key, index) => names.indexOf(key) !== index);
  const mayRepeat = (key: string) => filters[key.slice(7, -1)]?.startsWith('list ') === true;
  const headers = [...request.headers.keys()].filter((key) => !HEADERS.has(key)).map((key) => `header ${key}`);
  const text = await request.clone().text();
  const isJson = request.headers.get('Content-Type') === 'application/json';
  if (text === '') {
    const lacks = fields && bodyOptional !== true ? ['body missing'] : [];
    return [...query, ...repeated.filter((key) => !mayRepeat(key)), ...headers, ...lacks];
  }
  const body = fields && isJson ? objectProblems('body', fields, JSON.parse(text)) : [`body ${text}`];
  return [...query, ...repeated.filter((key) => !mayRepeat(key)), ...headers, ...body];
}

function fitsPaging(key: string, value: string): boolean {
  if (key === 'count') return ['true', 'false', 'only'].includes(value);
  if (key === 'page[first]' || key === 'page[last]') return /^[1-9]\d*$/.test(value);
  return (key === 'page[after]' || key === 'page[before]') && isUlid(value);
}

function fitsText(type: string, value: string): boolean {
  if (type === 'boolean') return value === 'true' || value === 'false';
  return fits(type, value);
}

/** @param known statuses that the description does not name for this operation, though MAS has them */
export async function answerProblems(name: string, response: Response, known: readonly number[]): Promise<string[]> {
  const { answers } = operation(name);
  const { status } = response;
  const text = await response.clone().text();
  const kind = answers[String(status)];
  if (kind === undefined && !known.includes(status)) return [`status ${status}`];
  if (kind === '') return text === '' ? [] : [`body ${text}`];
  // Whatever can't be read of a body is said in plain text.
  if (response.headers.get('Content-Type')?.startsWith('text/plain')) {
    return [400, 415, 422].includes(status) ? [] : [`text with status ${status}`];
  }
  const body: unknown = JSON.parse(text);
  if (kind === undefined || kind === 'error') return errorProblems(body);
  if (kind.startsWith('=')) return objectProblems(kind, THINGS[kind] ?? {}, body);
  if (!kind.startsWith('page ')) {
    const { data, links } = body as { data: unknown; links: unknown };
    return [...thingProblems(kind, data), ...objectProblems('links', { self: 'string' }, links)];
  }
  const { data = [], links, meta } = body as { data?: unknown[]; links: unknown; meta?: unknown };
  return [
    ...data.flatMap((one) => thingProblems(kind.slice(5), one)),
    ...objectProblems('links', LINKS, links),
    ...(meta === undefined ? [] : objectProblems('meta', { count: 'integer' }, meta)),
  ];
}

const LINKS = { self: 'string', first: 'string?', last: 'string?', next: 'string?', prev: 'string?' };

function thingProblems(kind: string, thing: unknown): string[] {
  const fields = { type: 'string', id: 'ulid', attributes: 'any', links: 'any', meta: 'any?' };
  const { attributes } = (thing ?? {}) as { attributes?: unknown };
  return [...objectProblems('data', fields, thing), ...objectProblems(kind, THINGS[kind] ?? {}, attributes)];
}

function errorProblems(body: unknown): string[] {
  const { errors } = body as { errors?: { title?: unknown }[] };
  const isGood = Array.isArray(errors) && errors.length > 0 && errors.every(({ title }) => typeof title === 'string');
  return isGood ? [] : [`error ${JSON.stringify(body)}`];
}

function objectProblems(where: string, fields: Readonly<Record<string, string>>, value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${where} is no object`];
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).filter((key) => fields[key] === undefined);
  return [
    ...unknown.map((key) => `${where}.${key} is not known`),
    ...Object.entries(fields).flatMap(([key, type]) => {
      const found = given[key];
      if (found === undefined) return type.includes('?') ? [] : [`${where}.${key} is missing`];
      if (found === null) return type.endsWith('|null') || type.startsWith('any') ? [] : [`${where}.${key} is null`];
      return fits(bare(type), found) ? [] : [`${where}.${key} is ${JSON.stringify(found)}, not ${type}`];
    }),
  ];
}

const bare = (type: string): string => type.replace('|null', '').replace('?', '');

function fits(type: string, value: unknown): boolean {
  if (type.startsWith('list ')) return Array.isArray(value) && value.every((one) => fits(type.slice(5), one));
  if (type.startsWith('in:')) return typeof value === 'string' && type.slice(3).split(',').includes(value);
  switch (type) {
    case 'any':
      return true;
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'ulid':
      return typeof value === 'string' && isUlid(value);
    case 'time':
      return isTime(value);
    case 'uri':
      return typeof value === 'string' && URL.canParse(value);
    case 'email':
      return typeof value === 'string' && value.includes('@');
    default:
      return typeof value === 'string';
  }
}

/** A thing as the description lets it be: with as little in it as it may have, or with all. */
export function madeThing(kind: string, how: 'least' | 'null' | 'all'): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [key, type] of Object.entries(THINGS[kind] ?? {})) {
    if (how === 'least' && type.includes('?')) continue;
    const isNull = how === 'null' && type.endsWith('|null');
    made[key] = isNull ? null : (SAMPLES[bare(type).replace(/^list .*/, 'list')] ?? 'x');
  }
  return made;
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  ulid: '01J00000000000000000000001',
  time: '2026-01-02T03:04:05.678901Z',
  integer: 3,
  boolean: true,
  uri: 'https://x.example/',
  list: ['https://x.example/'],
  any: { a: [1] },
};
