import { iso, isTime, MasError, type MasAnswer, type MasCall } from './call';
import { isUlid } from './tokens';

/** How MAS wraps things and pages (`admin/{response,params}.rs`). Its links are not percent-encoded, and cut times to seconds. */

/** A kind of thing: its name, where it lives, and what is told of one. A value may be left out by older versions. */
export interface Kind<Row extends { readonly id: string }> {
  readonly type: string;
  readonly path: string;
  attributes(row: Row, call: MasCall): Record<string, unknown>;
}

function wrap<Row extends { readonly id: string }>(kind: Kind<Row>, row: Row, call: MasCall) {
  const links = { self: `/api/admin/v1/${kind.path}/${row.id}` };
  return { type: kind.type, id: row.id, attributes: kind.attributes(row, call), links };
}

/** @param action the last piece of the path of what was done, where the outer link names it */
export function single<Row extends { readonly id: string }>(kind: Kind<Row>, row: Row, call: MasCall, action = '') {
  const data = wrap(kind, row, call);
  return { data, links: { self: data.links.self + (action && `/${action}`) } };
}

export type FilterType = 'boolean' | 'text' | 'ulid' | 'time' | readonly string[];

export interface Filter<Row> {
  readonly name: string;
  readonly type: FilterType;
  readonly repeatable?: true;
  /** Before, it is ignored. */
  readonly since?: string;
  /** Whether a row fits. Called once for all rows. @throws MasError */
  fits(value: string, call: MasCall, values: readonly string[]): (row: Row) => boolean;
}

interface Paging {
  readonly count: number;
  readonly isBackward: boolean;
  readonly after: string | null;
  readonly before: string | null;
  readonly counts: 'true' | 'false' | 'only';
}

/** A list: order is always that of the ids. What is not known in a query is ignored without a word. */
export function list<Row extends { readonly id: string }>(
  kind: Kind<Row>,
  rows: Iterable<Row>,
  filters: readonly Filter<Row>[],
  call: MasCall,
): MasAnswer {
  const paging = readPaging(call);
  const { tests, text } = readFilters(filters, call);
  const all = inOrder([...rows].filter((row) => tests.every((test) => test(row))));
  const base = withCount(`/api/admin/v1/${kind.path}${text}`, paging.counts);
  if (paging.counts === 'only') return { status: 200, body: { meta: { count: all.length }, links: { self: base } } };
  const { after, before, count, isBackward } = paging;
  const between = all.filter(({ id }) => (after === null || id > after) && (before === null || id < before));
  const page = isBackward ? between.slice(-count) : between.slice(0, count);
  const more = between.length > page.length;
  const link = (given: Partial<Paging>) => linkOf(base, { ...paging, ...given });
  const ends = { after: null, before: null };
  return {
    status: 200,
    body: {
      ...(paging.counts === 'true' && { meta: { count: all.length } }),
      data: page.map((row) => ({
        ...wrap(kind, row, call),
        ...(call.mas.atLeast('1.4') && { meta: { page: { cursor: row.id } } }),
      })),
      links: {
        self: link({}),
        first: link({ ...ends, isBackward: false }),
        last: link({ ...ends, isBackward: true }),
        // Each only the way that is paged.
        ...(more && !isBackward && { next: link({ before: null, after: page.at(-1)?.id ?? null }) }),
        ...(more && isBackward && { prev: link({ after: null, before: page[0]?.id ?? null }) }),
      },
    },
  };
}

/** Hardly ever are they not, and there are thousands. */
function inOrder<Row extends { readonly id: string }>(rows: readonly Row[]): readonly Row[] {
  const isInOrder = rows.every(({ id }, index) => index === 0 || (rows[index - 1]?.id ?? '') < id);
  return isInOrder ? rows : rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

const invalid = (): MasError =>
  new MasError(400, 'Invalid pagination parameters', 'Failed to deserialize query string');

function readPaging(call: MasCall): Paging {
  const one = (name: string): string | null => {
    const values = call.query.getAll(name);
    if (values.length > 1) throw invalid();
    return values[0] || null;
  };
  const cursor = (name: string): string | null => {
    const value = one(name);
    if (value !== null && !isUlid(value)) throw invalid();
    return value;
  };
  const size = (name: string): number | null => {
    const value = one(name);
    if (value !== null && !/^\+?0*[1-9]\d*$/.test(value)) throw invalid();
    return value === null ? null : Number(value);
  };
  const [first, last] = [size('page[first]'), size('page[last]')];
  const [after, before] = [cursor('page[after]'), cursor('page[before]')];
  const counts = call.mas.atLeast('1.4') ? (one('count') ?? 'true') : 'true';
  if (counts !== 'true' && counts !== 'false' && counts !== 'only') throw invalid();
  if (first !== null && last !== null) {
    throw new MasError(400, 'Cannot specify both `page[first]` and `page[last]` parameters');
  }
  return { count: first ?? last ?? 10, isBackward: last !== null, after, before, counts };
}

function readFilters<Row>(filters: readonly Filter<Row>[], call: MasCall) {
  const tests: ((row: Row) => boolean)[] = [];
  let text = '';
  for (const { name, type, repeatable, since, fits } of filters) {
    if (since !== undefined && !call.mas.atLeast(since)) continue;
    const values = call.query.getAll(`filter[${name}]`).filter((value) => value !== '');
    if (values.length === 0) continue;
    if ((values.length > 1 && repeatable !== true) || !values.every((value) => isOf(type, value))) {
      throw new MasError(400, 'Invalid filter parameters', 'Failed to deserialize query string');
    }
    tests.push(fits(values[0] ?? '', call, values));
    for (const value of values) {
      const shown = type === 'time' ? `${iso(Date.parse(value)).slice(0, 19)}Z` : value;
      text += `${text === '' ? '?' : '&'}filter[${name}]=${shown}`;
    }
  }
  return { tests, text };
}

function isOf(type: FilterType, value: string): boolean {
  if (type === 'boolean') return value === 'true' || value === 'false';
  if (type === 'ulid') return isUlid(value);
  if (type === 'time') return isTime(value);
  return type === 'text' || type.includes(value);
}

const withCount = (base: string, counts: Paging['counts']): string =>
  counts === 'true' ? base : `${base}${base.includes('?') ? '&' : '?'}count=${counts}`;

function linkOf(base: string, { count, isBackward, after, before }: Paging): string {
  const parts = [
    ...(before === null ? [] : [`page[before]=${before}`]),
    ...(after === null ? [] : [`page[after]=${after}`]),
    `page[${isBackward ? 'last' : 'first'}]=${count}`,
  ];
  return `${base}${base.includes('?') ? '&' : '?'}${parts.join('&')}`;
}

/** A filter on a thing that must exist. */
export const existing = <Row>(
  name: string,
  has: (call: MasCall, id: string) => boolean,
  missing: (id: string) => string,
  valueOf: (row: Row) => string | null,
): Filter<Row> => ({
  name,
  type: 'ulid',
  fits(id, call) {
    const known = id.toUpperCase();
    if (!has(call, known)) throw new MasError(404, missing(known));
    return (row) => valueOf(row) === known;
  },
});

export const bool = <Row>(name: string, is: (row: Row, call: MasCall) => boolean, since?: string): Filter<Row> => ({
  name,
  type: 'boolean',
  ...(since !== undefined && { since }),
  fits: (value, call) => (row) => is(row, call) === (value === 'true'),
});
