import { isolated, isolatedWords } from './shown-text';
import { DEEPEST, type Text, type Values } from './text';

const whole = new Intl.NumberFormat('en');
/** As English writes it, whatever the reader’s language. @param unknown in the place of a count that can’t be right */
const formatted = (value: number, unknown: string): string =>
  Number.isFinite(value) && value >= 0 ? whole.format(value) : unknown;

/** The English of a text. For people it goes through `lib/words`. */
export function english(text: Text, depth = 0): string {
  if (typeof text === 'string') return text;
  if (depth > DEEPEST) return '…';
  const { message, values = {} } = text;
  return said(partsOf(message), values, null, depth);
}

/** A reason for a program: in English, with the message and its values that mean the same in any language. Others’ words have none. */
export const reasonAsJson = (reason: Text) => ({
  reason: english(reason),
  ...(typeof reason === 'object' && { code: reason.id, values: reason.values ?? {} }),
});

type Part = string | Place | typeof HASH;
interface Place {
  readonly name: string;
  readonly format: string;
  /** Of a plural, or a select. */
  readonly choices: Readonly<Record<string, readonly Part[]>> | null;
}
/** The number of the plural around it. */
const HASH = Symbol('#');

function said(parts: readonly Part[], values: Values, count: number | null, depth: number): string {
  const one = (part: Part): string => {
    if (typeof part === 'string') return part;
    if (part === HASH) return count === null ? '#' : formatted(count, 'an unknown number of');
    const value = values[part.name];
    if (value === undefined) return `{${part.name}}`;
    if (part.choices) {
      const { choices } = part;
      const number = part.format === 'plural' ? Number(value) : null;
      const keys =
        number === null
          ? [typeof value === 'object' ? '' : String(value)]
          : [`=${number}`, number === 1 ? 'one' : 'other'];
      const chosen = keys.find((key) => Object.hasOwn(choices, key)) ?? 'other';
      return said(choices[chosen] ?? [], values, number ?? count, depth);
    }
    if (typeof value === 'number') return part.format === 'number' ? formatted(value, 'unknown') : String(value);
    if (typeof value !== 'string') return typeof value === 'boolean' ? String(value) : english(value, depth + 1);
    return /^id$|Id$/.test(part.name) ? isolated(value) : isolatedWords(value);
  };
  return parts.map(one).join('');
}

const known = new Map<string, readonly Part[]>();

/** A message is shown in many rows, and read once. */
function partsOf(message: string): readonly Part[] {
  const parts = known.get(message) ?? new Reader(message).parts(false);
  if (known.size < 1000) known.set(message, parts);
  return parts;
}

/** Reads a message from left to right. What is not as it should be is read as words: it comes from a disk. */
class Reader {
  #at = 0;
  readonly #message: string;

  constructor(message: string) {
    this.#message = message;
  }

  parts(inChoice: boolean): Part[] {
    const parts: Part[] = [];
    while (this.#at < this.#message.length) {
      const rest = this.#message.slice(this.#at);
      if (inChoice && rest.startsWith('}')) break;
      const place = rest.startsWith('{') ? this.#place(rest) : null;
      if (place) parts.push(place);
      else if (inChoice && rest.startsWith('#')) parts.push(this.#take(1) && HASH);
      // `''` is an apostrophe, and what is set between single ones before a brace is meant as it stands.
      else if (/^'[{}]/.test(rest)) parts.push(this.#take(rest.indexOf("'", 1) + 1 || rest.length).replaceAll("'", ''));
      else if (rest.startsWith("''")) parts.push(this.#take(2).slice(1));
      else parts.push(this.#take(/^.[^{}#']*/s.exec(rest)?.[0].length ?? 1));
    }
    return parts;
  }

  #place(rest: string): Place | null {
    const [simple, name, format = ''] = /^\{\s*(\w+)\s*(?:,\s*(\w+)\s*)?\}/.exec(rest) ?? [];
    if (simple && name) {
      this.#take(simple.length);
      return { name, format, choices: null };
    }
    const [head, chosenBy, kind = ''] = /^\{\s*(\w+)\s*,\s*(plural|select)\s*,/.exec(rest) ?? [];
    if (!head || !chosenBy) return null;
    this.#take(head.length);
    const choices: Record<string, readonly Part[]> = {};
    for (;;) {
      const [opening, key] = /^\s*(=?\w+)\s*\{/.exec(this.#message.slice(this.#at)) ?? [];
      if (!opening || !key) break;
      this.#take(opening.length);
      choices[key] = this.parts(true);
      this.#take(1);
    }
    this.#take(/^\s*\}?/.exec(this.#message.slice(this.#at))?.[0].length ?? 0);
    return { name: chosenBy, format: kind, choices };
  }

  #take(length: number): string {
    const taken = this.#message.slice(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }
}
