import * as z from 'zod/mini';
import { atOnce, inTurns } from '~/lib/in-turns';

/** A row of a list that is not of the expected form: it is said, and never kills the list. */
export interface OddRow<Row = unknown> {
  /** Its place in the answer, from 0. */
  index: number;
  problem: string;
  /**
   * What of it could be read, without the fields that could not: enough to show it, never enough to decide by it. Undefined
   * where it can’t even be named.
   */
  legible?: Row;
}

export interface Rows<T, Shown = T> {
  /** Good ones only: what a plan may decide by. */
  rows: T[];
  odd: OddRow<Shown>[];
}

/** How many there are in all, as a list says it: NaN, which counts as unknown, where that is no number. It never kills the list. */
export const listTotal = z.pipe(
  z.unknown(),
  z.transform((total): number => (typeof total === 'number' && Number.isFinite(total) ? total : Number.NaN)),
);

/** Where the next page begins; undefined on the last one. What is neither is refused: a list cut short would pass for a whole one. */
export const nextOffset = z.pipe(
  z.nullish(z.union([z.number(), z.string().check(z.regex(/^\d{1,15}$/))])),
  z.transform((next): number | undefined => (next == null ? undefined : Number(next))),
);

/** An array whose good rows are kept though some are odd. */
export function rowsOf<Schema extends z.core.$ZodType>(schema: Schema) {
  return rowsWith(schema, schema);
}

/** @param shown the least that a row must be to be shown, where that is less than what a plan needs */
export function rowsWith<Schema extends z.core.$ZodType, Shown extends z.core.$ZodType>(
  schema: Schema,
  shown: Shown,
): RowsSchema<Rows<z.output<Schema>, z.output<Shown>>> {
  return new RowsSchema({ type: 'custom', read: (items) => readRows(items, schema, shown) });
}

/** Rows that are checked between two looks at the clock. */
const STEP = 16;

function* readRows<Schema extends z.core.$ZodType, Shown extends z.core.$ZodType>(
  items: readonly unknown[],
  schema: Schema,
  shown: Shown,
): Generator<void, Rows<z.output<Schema>, z.output<Shown>>> {
  const result: Rows<z.output<Schema>, z.output<Shown>> = { rows: [], odd: [] };
  for (const [index, item] of items.entries()) {
    if (index % STEP === STEP - 1) yield;
    const parsed = z.safeParse(schema, item);
    if (parsed.success) {
      result.rows.push(parsed.data);
      continue;
    }
    const legible = legibleIn(shown, item);
    result.odd.push({ index, problem: problemOf(parsed.error), ...(legible && { legible: legible.value }) });
  }
  return result;
}

interface RowsDef<Read> extends z.core.$ZodTypeDef {
  type: 'custom';
  read(items: readonly unknown[]): Generator<void, Read>;
}

/** A schema of our own, since a transformation is not told which way it is run: `safeParseAsync` checks the rows in turns with the page. */
interface RowsSchema<Read> extends z.core.$ZodType<Read, unknown[]> {
  _zod: z.core.$ZodTypeInternals<Read, unknown[]> & { def: RowsDef<Read> };
}

const RowsSchema: new <Read>(def: RowsDef<Read>) => RowsSchema<Read> = z.core.$constructor<RowsSchema<unknown>>(
  'RowsSchema',
  (inst, def) => {
    z.core.$ZodType.init(inst, def);
    inst._zod.parse = (payload, context) => {
      const input: unknown = payload.value;
      if (!Array.isArray(input)) {
        payload.issues.push({ code: 'invalid_type', expected: 'array', input, inst });
        return payload;
      }
      const work = def.read(input);
      if (context.async !== true) return Object.assign(payload, { value: atOnce(work) });
      return inTurns(work).then((value) => Object.assign(payload, { value }));
    };
  },
) as never;

/** The rows to show: good ones and what is legible of odd ones, in the order of the answer. */
export function shownRows<T, Shown>({ rows, odd }: Rows<T, Shown>): (T | Shown)[] {
  const shown: (T | Shown)[] = [];
  let good = 0;
  odd.forEach(({ index, legible }, oddBefore) => {
    // Not with `push(...)`: so many arguments may be more than the stack can hold.
    for (const row of rows.slice(good, index - oddBefore)) shown.push(row);
    good = index - oddBefore;
    if (legible !== undefined) shown.push(legible);
  });
  return odd.length === 0 ? rows.slice() : shown.concat(rows.slice(good));
}

/** Whole sentences of zod, on one line. */
const problemOf = (error: z.core.$ZodError): string => z.prettifyError(error).replaceAll(/\s+/g, ' ').slice(0, 300);

export interface Legible<T> {
  value: T;
  /** Null: nothing was wrong. */
  problem: string | null;
}

/** An object that is shown though a field of it is odd: that field is then as if it were missing, and the problem is said. */
export function legibly<Schema extends z.core.$ZodType>(schema: Schema) {
  return z.pipe(
    z.unknown(),
    z.transform((input, context): Legible<z.output<Schema>> => {
      const parsed = z.safeParse(schema, input);
      if (parsed.success) return { value: parsed.data, problem: null };
      const legible = legibleIn(schema, input);
      if (legible !== undefined) return { value: legible.value, problem: problemOf(parsed.error) };
      context.issues.push({ code: 'custom', message: problemOf(parsed.error), input });
      return z.NEVER;
    }),
  );
}

/** So many fields may be odd. */
const TRIES = 50;

/** Without the parts that the schema refuses: the smallest part first, then what it stands in. Undefined: it needs one of them. */
function legibleIn<Schema extends z.core.$ZodType>(
  schema: Schema,
  input: unknown,
): { value: z.output<Schema> } | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined;
  const rest: unknown = structuredClone(input);
  const removed = new Set<string>();
  for (let count = 0; count < TRIES; count += 1) {
    const parsed = z.safeParse(schema, rest);
    if (parsed.success) return { value: parsed.data };
    let path = parsed.error.issues[0]?.path ?? [];
    while (path.length > 0 && removed.has(JSON.stringify(path))) path = path.slice(0, -1);
    if (path.length === 0) return undefined;
    // What follows in an array moves up when one goes: the same place may be odd again.
    if (typeof path.at(-1) === 'number') forgetInside(path, removed);
    else removed.add(JSON.stringify(path));
    remove(rest, path);
  }
  return undefined;
}

function forgetInside(path: readonly PropertyKey[], removed: Set<string>): void {
  const inside = `${JSON.stringify(path).slice(0, -1)},`;
  for (const one of removed) if (one.startsWith(inside)) removed.delete(one);
}

function remove(from: unknown, path: readonly PropertyKey[]): void {
  const last = path.at(-1);
  let holder = from;
  for (const key of path.slice(0, -1)) holder = (holder as Record<PropertyKey, unknown> | undefined)?.[key];
  if (last === undefined || typeof holder !== 'object' || holder === null) return;
  if (Array.isArray(holder) && typeof last === 'number') holder.splice(last, 1);
  else Reflect.deleteProperty(holder, last);
}
