import { english } from '~/lib/english';
import { readText } from '~/lib/text';

/** The same with each message in it as its English, for specs that read what people would. */
export function inWords<T>(value: T): InWords<T>;
export function inWords(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => inWords(one));
  const text = readText(value);
  if (text !== '') return english(text);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inWords(one as unknown)]));
}

type InWords<T> = T extends { id: string; message: string; values?: unknown }
  ? string
  : T extends object
    ? { [Key in keyof T]: InWords<T[Key]> }
    : T;
