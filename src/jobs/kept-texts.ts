import { readText, type Message, type Text, type Value, type Values } from '~/lib/text';

/**
 * Texts as a journal holds them. A message is written once, with a number, and each row names the number and its values: 100,000
 * rows would otherwise hold the same English 100,000 times. Words of somebody else are written as they are, and so were all
 * texts before there were messages.
 */
export type KeptText = string | readonly [number: number, values?: KeptValues];
type KeptValues = Readonly<Record<string, number | boolean | KeptText>>;
/** Which message a number means from here on. */
export type KeptMessage = readonly ['text', number: number, id: string, message: string];

/** Numbers messages as they come. One for each log: what is written with it is read from its beginning. */
export class TextWriter {
  readonly #numbers = new Map<string, number>();

  /** @param define called with each message that has no number yet, before it is used */
  keep(text: Text, define: (message: KeptMessage) => void): KeptText {
    if (typeof text === 'string') return text;
    const { id, message, values } = text;
    let number = this.#numbers.get(id);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(id, number);
      define(['text', number, id, message]);
    }
    if (!values) return [number];
    const kept = Object.entries(values).map(([name, value]) => [name, this.#value(value, define)] as const);
    return [number, Object.fromEntries(kept)];
  }

  #value(value: Value, define: (message: KeptMessage) => void): number | boolean | KeptText {
    return typeof value === 'number' || typeof value === 'boolean' ? value : this.keep(value, define);
  }
}

/** Reads what a `TextWriter` wrote, and what was written before there was one. */
export class TextReader {
  readonly #messages = new Map<number, Message>();

  define([, number, id, message]: KeptMessage): void {
    this.#messages.set(number, { id, message });
  }

  /** Empty where it is no text, or one of a message that is not there. */
  read(kept: unknown, depth = 0): Text {
    if (!Array.isArray(kept)) return readText(kept);
    const [number, values] = kept as unknown[];
    const message = typeof number === 'number' ? this.#messages.get(number) : undefined;
    if (!message || depth > 8) return '';
    return values && typeof values === 'object' ? { ...message, values: this.#values(values, depth) } : message;
  }

  #values(values: object, depth: number): Values {
    const read = Object.entries(values as Readonly<Record<string, unknown>>).map(([name, value]): [string, Value] => [
      name,
      typeof value === 'number' || typeof value === 'boolean' ? value : this.read(value, depth + 1),
    ]);
    return Object.fromEntries(read);
  }
}
