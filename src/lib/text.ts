/**
 * Words that are kept: in the rows, titles and pauses of a job. Each language says them in its own way when they are shown, so
 * what is kept is which message it is, and the values in it. A plain string is somebody else’s words (the homeserver’s, a
 * browser’s, those of an older Glia), and is shown as it is.
 */
export type Text = string | Message;

/**
 * One message. Each literal of one stands behind an `i18n` comment, by which an extractor finds it; values are added by
 * `withValues`. The English is kept beside the id: a job can be read without the catalogue of the feature that made it.
 */
export type Message = {
  /** Kept for good: once it is in somebody’s journal it keeps its meaning. */
  readonly id: string;
  /** English, in the part of ICU that `english` knows. */
  readonly message: string;
  readonly values?: Values;
};

export type Values = Readonly<Record<string, Value>>;
/** A string comes from outside, and is isolated when it is shown; one named `id` or `…Id` with each of its characters. */
export type Value = number | boolean | Text;

/** The names of the values in a message: `{name}`, `{name, number}`. What has a blank in it is a choice of a plural. */
type Names<M extends string> = M extends `${string}{${infer Rest}`
  ? (Rest extends `${infer Name}}${string}` ? OneName<Name> : never) | Names<Rest>
  : never;
type OneName<M extends string> = M extends `${infer Name},${string}` ? Plain<Name> : Plain<M>;
type Plain<M extends string> = M extends '' | `${string}${' ' | '#' | '{'}${string}` ? never : M;

type Filled<Name extends string> = [Name] extends [never] ? Values : Readonly<Record<Name, Value>>;

/** A message with its values: the compiler knows their names. */
export const withValues = <const M extends string>(
  { id, message }: { readonly id: string; readonly message: M },
  values: Filled<Names<M>>,
): Message => ({ id, message, values });

/** One after the other, as sentences stand in a line. */
export function sentences(first: Text, second: Text): Text {
  if (first === '' || second === '') return first === '' ? second : first;
  return withValues(/*i18n*/ { id: 'text.sentences', message: '{first} {second}' }, { first, second });
}

/** Any number of them in a row. Halved, not chained: a long list is no deeper than a short one. */
function inList(texts: readonly Text[], pair: (first: Text, second: Text) => Text): Text {
  const [only] = texts;
  if (texts.length < 2) return only ?? '';
  const middle = Math.ceil(texts.length / 2);
  return pair(inList(texts.slice(0, middle), pair), inList(texts.slice(middle), pair));
}

/** “a · b · c” */
export const listed = (texts: readonly Text[]): Text =>
  inList(texts, (first, second) =>
    withValues(/*i18n*/ { id: 'text.listed', message: '{first} · {second}' }, { first, second }),
  );

/** “a, b, c” */
export const commaList = (texts: readonly Text[]): Text =>
  inList(texts, (first, second) =>
    withValues(/*i18n*/ { id: 'text.comma-list', message: '{first}, {second}' }, { first, second }),
  );

/** “a; b; c”: where commas stand inside them. */
export const semicolonList = (texts: readonly Text[]): Text =>
  inList(texts, (first, second) =>
    withValues(/*i18n*/ { id: 'text.semicolon-list', message: '{first}; {second}' }, { first, second }),
  );

/** What tells a text from others: the message and its values, in any language. */
export function textKey(text: Text): string {
  if (typeof text === 'string') return `"${text}`;
  return text.values ? JSON.stringify([text.id, text.values]) : text.id;
}

export const sameText = (one: Text, other: Text): boolean => one === other || textKey(one) === textKey(other);

/** Deeper than anybody nests them. */
export const DEEPEST = 8;

/** A text as it was kept, whoever kept it. What is none is the empty one. */
export function readText(kept: unknown, depth = 0): Text {
  if (typeof kept === 'string') return kept;
  if (typeof kept !== 'object' || kept === null || depth > DEEPEST) return '';
  const { id, message, values } = kept as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || typeof message !== 'string') return '';
  if (typeof values !== 'object' || values === null) return { id, message };
  return {
    id,
    message,
    values: mapValues(values as Readonly<Record<string, unknown>>, (value) => readValue(value, depth + 1)),
  };
}

const readValue = (kept: unknown, depth: number): Value =>
  typeof kept === 'number' || typeof kept === 'boolean' ? kept : readText(kept, depth);

const mapValues = <From, To>(values: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, to(value)]));
