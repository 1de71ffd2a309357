/** Where a value stands in an answer, as data: it is read there by TypeScript and by the scripts alike. */
export interface Place {
  readonly at: readonly string[];
  /** Where else to look for a value, if there is none. */
  readonly or?: readonly string[];
  /**
   * `boolean`: true or false, and never absent. `flag`: the same, but absent, null and 0 are false, 1 is true. `present`, `absent`:
   * whether there is anything. `ms`, `seconds`: a time, read as ms; null where there is none. `text`: null where there is none, or an
   * empty one. `list`: of things that are told apart by the texts in `of`, in no order. Anything else there is an answer in a form
   * that nobody knows.
   */
  readonly as: 'boolean' | 'flag' | 'present' | 'absent' | 'ms' | 'seconds' | 'text' | 'list';
  readonly of?: readonly string[];
}

export type Listed = Readonly<Record<string, string>>;

export const flag = (...at: string[]): Place => ({ at, as: 'flag' });
export const text = (...at: string[]): Place => ({ at, as: 'text' });
export const present = (...at: string[]): Place => ({ at, as: 'present' });

/** What stands there; undefined: nothing does. */
export function valueAt(from: unknown, at: readonly string[]): unknown {
  let value = from;
  for (const name of at) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  return value;
}

/** @throws TypeError where what stands there is in no form that is known */
export function readPlace(
  from: unknown,
  { at, or = [], as, of = [] }: Place,
): boolean | number | string | null | readonly Listed[] {
  const value = valueAt(from, at) ?? (or.length > 0 ? valueAt(from, or) : null) ?? null;
  switch (as) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'flag':
      if (value === null || value === false || value === 0) return false;
      if (value === true || value === 1) return true;
      break;
    case 'present':
      return value !== null;
    case 'absent':
      return value === null;
    case 'ms':
    case 'seconds':
      if (value === null) return null;
      if (typeof value === 'number') return as === 'ms' ? value : value * 1000;
      break;
    case 'text':
      if (value === null || value === '') return null;
      if (typeof value === 'string') return value;
      break;
    case 'list':
      if (Array.isArray(value) && value.every((one) => of.every((name) => typeof valueAt(one, [name]) === 'string'))) {
        return value.map((one: Listed) => Object.fromEntries(of.map((name) => [name, one[name] ?? ''])));
      }
  }
  throw new TypeError(`The answer has ${JSON.stringify(value)} at ${at.join('.')}.`);
}
