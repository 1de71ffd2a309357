import * as z from 'zod/mini';

/** A row of a list that is not of the expected form: it is left out of the table and said, and never kills the list. */
export interface OddRow {
  /** Its place in the answer, from 0. */
  index: number;
  problem: string;
}

export interface Rows<T> {
  rows: T[];
  odd: OddRow[];
}

/** An array whose good rows are kept though some are odd. */
export function rowsOf<Schema extends z.core.$ZodType>(schema: Schema) {
  return z.pipe(
    z.array(z.unknown()),
    z.transform((items): Rows<z.output<Schema>> => {
      const result: Rows<z.output<Schema>> = { rows: [], odd: [] };
      items.forEach((item, index) => {
        const parsed = z.safeParse(schema, item);
        if (parsed.success) result.rows.push(parsed.data);
        else result.odd.push({ index, problem: z.prettifyError(parsed.error).slice(0, 300) });
      });
      return result;
    }),
  );
}
