/**
 * What kind of value stands where, as a map from path to kinds: `users[].name` → `string`. Lists are
 * merged over their elements; a key that only some elements have is also `absent`.
 */
export type Shape = Map<string, string>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'empty list' : 'list';
  return typeof value;
};

export function shapeOf(value: unknown): Shape {
  const kinds = new Map<string, Set<string>>();
  const walk = (at: string, values: readonly unknown[]): void => {
    kinds.set(at, new Set(values.map(kindOf)));
    const elements = values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []));
    if (elements.length > 0) walk(`${at}[]`, elements);
    const objects = values.filter(isObject);
    for (const key of new Set(objects.flatMap(Object.keys))) {
      const having = objects.filter((object) => Object.hasOwn(object, key));
      const below = at === '' ? key : `${at}.${key}`;
      walk(
        below,
        having.map((object) => object[key]),
      );
      if (having.length < objects.length) kinds.get(below)?.add('absent');
    }
  };
  walk('', [value]);
  return new Map([...kinds].map(([at, found]) => [at, [...found].toSorted().join(' | ')]));
}

/** Every value at a path such as `users[].name`, in order. */
export function valuesAt(value: unknown, path: string): unknown[] {
  let found: unknown[] = [value];
  for (const step of path.split('.')) {
    const key = step.replace(/\[\]$/, '');
    if (key !== '') found = found.map((from) => (isObject(from) ? from[key] : undefined));
    if (step.endsWith('[]')) found = found.flatMap((from) => (Array.isArray(from) ? (from as unknown[]) : []));
  }
  return found;
}

/** The body with those elements of `list` last that have no `key`, otherwise in the order they came. */
export function nullsLast(body: unknown, list: string, key: string): unknown {
  if (!isObject(body) || !Array.isArray(body[list])) return body;
  const rows = body[list] as unknown[];
  const has = (row: unknown): boolean => isObject(row) && row[key] !== null && row[key] !== undefined;
  return { ...body, [list]: [...rows.filter(has), ...rows.filter((row) => !has(row))] };
}
