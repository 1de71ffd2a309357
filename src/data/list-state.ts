import * as z from 'zod/mini';
// A name of its own: the linter takes `z.catch` for a promise’s.
import { catch as orElse } from 'zod/mini';

import { startOfDay } from '~/lib/dates';

/** The state of a list (search, filters, sort, page, columns) as it stands in the URL. */

/** What every list has of it. */
export interface ListState {
  readonly order_by: string;
  readonly dir: 'f' | 'b';
  /** From 1. */
  readonly page: number;
  readonly size: number;
  readonly columns: readonly string[];
}

export const PAGE_SIZES = [25, 100, 500, 1000] as const;

const LAST_PAGE = 1_000_000;

/** A schema for one param: what can't be read is the fallback, and never breaks the page. */
export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values, fallback: Values[number]) {
  return orElse(z.enum(values), fallback);
}

/** Text to search for; spaces around it say nothing. */
export const searchText = orElse(
  z.pipe(
    z.string(),
    z.transform((text) => text.trim().slice(0, 500)),
  ),
  '',
);

/** A day as `YYYY-MM-DD`, or nothing. */
export const dayText = orElse(z.string().check(z.refine((text) => startOfDay(text) !== null)), '');

export const pageNumber = orElse(
  z.pipe(
    z.string().check(z.regex(/^[1-9]\d*$/)),
    z.transform((text) => Math.min(Number(text), LAST_PAGE)),
  ),
  1,
);

export const pageSize = orElse(z.pipe(z.enum(['25', '100', '500', '1000']), z.transform(Number)), 100);

/** Columns by their ids, with commas between; unknown ones are left out. Missing altogether: the usual ones. */
export function columnIds<const Ids extends readonly string[]>(known: Ids, usual: readonly Ids[number][]) {
  return orElse(
    z.pipe(
      z.string(),
      z.transform((text): readonly Ids[number][] => {
        const wanted = new Set(text.split(','));
        return known.filter((id) => wanted.has(id));
      }),
    ),
    usual,
  );
}

/** @returns the state that the params tell; each one that can't be read has its usual value. */
export function readParams<Schema extends z.core.$ZodType>(schema: Schema, params: URLSearchParams): z.output<Schema> {
  return z.parse(schema, Object.fromEntries(params));
}

/** The shortest params that tell this state: what is as usual is left out. */
export function writeParams(state: Readonly<Record<string, unknown>>, usual: Readonly<Record<string, unknown>>) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    const text = String(value);
    if (text !== String(usual[name])) params.set(name, text);
  }
  return params;
}

/** Where the rows of a page lie. @returns `from` counted from 0 */
export const pageRange = ({ page, size }: { page: number; size: number }): { from: number; limit: number } => ({
  from: (page - 1) * size,
  limit: size,
});
