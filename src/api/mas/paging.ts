import * as z from 'zod/mini';
import { request, type Homeserver, type Path } from '~/api/request';
import { rowsOf, type Rows } from '~/api/rows';
import { plain, wrapped, type Plain, type Wrapped } from './resource';

/**
 * Lists of MAS (`admin/params.rs`): a page is the first so many after a cursor, or the last so many before one, always with the oldest
 * first. A cursor is an ID. There is no sorting, and MAS ignores a filter that it does not know: see `since.ts`.
 */
export interface MasPaging {
  /** So many from the beginning, or after `after`; without either, 10. */
  first?: number;
  /** So many from the end, or before `before`: the newest, still with the oldest first. Not together with `first`. */
  last?: number;
  after?: string;
  before?: string;
  /** Whether all that match are counted, on each page anew. */
  count?: boolean;
}

export interface MasPage<T> {
  rows: Rows<T>;
  /** How many match in all; undefined where it was not counted. */
  total: number | undefined;
  /** Whether there are more the way that was paged. */
  hasMore: boolean;
  /** Cursors of the first and the last row; undefined on an empty page. */
  start: string | undefined;
  end: string | undefined;
}

/** A value that is undefined is not sent. Where a list may be sent, all its values count together. */
export type MasFilter = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

const linksSchema = z.object({ next: z.nullish(z.string()), prev: z.nullish(z.string()) });
const metaSchema = z.nullish(z.object({ count: z.nullish(z.number()) }));

export async function listMas<Schema extends z.core.$ZodType>(
  hs: Homeserver,
  list: { path: Path; attributes: Schema; filter?: MasFilter | undefined; page?: MasPaging | undefined },
  signal?: AbortSignal,
): Promise<MasPage<Plain<Schema>>> {
  const { filter = {}, page = {} } = list;
  const row = z.pipe(
    wrapped(list.attributes),
    z.transform((one) => plain<Schema>(one as Wrapped<unknown>)),
  );
  const answer = await request(hs, {
    api: 'mas',
    path: list.path,
    query: masQuery(filter, page),
    // A row that can't be read has a place among the cursors too.
    schema: z.object({ data: z.array(z.unknown()), links: linksSchema, meta: metaSchema }),
    signal,
  });
  const { links, meta } = answer;
  return {
    rows: z.parse(rowsOf(row), answer.data),
    total: meta?.count ?? undefined,
    hasMore: (page.last === undefined ? links.next : links.prev) != null,
    start: cursorOf(answer.data[0]),
    end: cursorOf(answer.data.at(-1)),
  };
}

/** How many match, and nothing else (MAS 1.4; before, MAS answers with a page as well). */
export async function countMas(
  hs: Homeserver,
  list: { path: Path; filter?: MasFilter | undefined },
  signal?: AbortSignal,
): Promise<number> {
  const { meta } = await request(hs, {
    api: 'mas',
    path: list.path,
    query: { ...masQuery(list.filter ?? {}, {}), count: 'only' },
    schema: z.object({ meta: z.object({ count: z.number() }) }),
    signal,
  });
  return meta.count;
}

const MOST_PAGES = 2000;

/** Reads a list to its end, oldest first. A server that names the same page again is not asked for ever. */
export async function* everyMas<T>(
  read: (page: MasPaging) => Promise<MasPage<T>>,
  size = 200,
): AsyncGenerator<Rows<T>, void, undefined> {
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a page begins where the one before it ended
    const page = await read({ first: size, count: false, ...(after !== undefined && { after }) });
    yield page.rows;
    if (!page.hasMore || page.end === undefined || (after !== undefined && page.end <= after)) return;
    after = page.end;
  }
}

export function masQuery(filter: MasFilter, { count, ...page }: MasPaging): Record<string, MasFilter[string] | number> {
  const query: Record<string, MasFilter[string] | number> = {};
  for (const [name, value] of Object.entries(page)) query[`page[${name}]`] = value;
  // True is what MAS does without being asked.
  if (count === false) query['count'] = false;
  for (const [name, value] of Object.entries(filter)) query[`filter[${name}]`] = value;
  return query;
}

const idSchema = z.object({ id: z.string() });

function cursorOf(item: unknown): string | undefined {
  const parsed = z.safeParse(idSchema, item);
  return parsed.success ? parsed.data.id : undefined;
}
