/** Where a text stops being JSON: browsers say it each in their own way, or not at all. */
export interface JsonProblem {
  /** From 1, in lines and characters as an editor counts them. */
  readonly line: number;
  readonly column: number;
}

/** @returns null where it is JSON (RFC 8259), as `JSON.parse` takes it */
export function jsonProblem(text: string): JsonProblem | null {
  const end = new Reader(text).document();
  if (end === null) return null;
  const before = text.slice(0, end).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

const SPACE = /[ \t\n\r]*/y;
// oxlint-disable-next-line no-control-regex -- JSON forbids them in its strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** Reads with a stack of its own: what is nested a million levels deep must not end the page’s. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @returns where it went wrong, or null */
  document(): number | null {
    const open: ('{' | '[')[] = [];
    let needs: 'value' | 'first-value' | 'key' | 'first-key' | 'more' = 'value';
    for (;;) {
      this.#take(SPACE);
      if (needs === 'more') {
        const inside = open.at(-1);
        if (inside === undefined) return this.#at === this.#text.length ? null : this.#at;
        if (this.#is(',')) needs = inside === '{' ? 'key' : 'value';
        else if (this.#is(inside === '{' ? '}' : ']')) open.pop();
        else return this.#at;
      } else if (needs === 'key' || needs === 'first-key') {
        if (needs === 'first-key' && this.#is('}')) {
          open.pop();
          needs = 'more';
          continue;
        }
        if (!this.#take(STRING)) return this.#at;
        this.#take(SPACE);
        if (!this.#is(':')) return this.#at;
        needs = 'value';
      } else if (needs === 'first-value' && this.#is(']')) {
        open.pop();
        needs = 'more';
      } else if (this.#is('{')) {
        open.push('{');
        needs = 'first-key';
      } else if (this.#is('[')) {
        open.push('[');
        needs = 'first-value';
      } else if (this.#take(STRING) || this.#take(WORD) || this.#take(NUMBER)) needs = 'more';
      else return this.#at;
    }
  }

  #is(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  /** @returns whether there was anything of it */
  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return false;
    this.#at = pattern.lastIndex;
    return found[0] !== '';
  }
}
