/** Characters of JSON that are parsed at a time: about a millisecond’s work. */
const PIECE = 64_000;

/** Looks at one piece that was parsed; what it returns stands in its place. Strings are whole in a piece, names of fields too. */
export type Look = (value: unknown, source: string) => unknown;

/** An array or object that the place of reading is in. */
interface Frame {
  /** Undefined as long as it is read as a part of what is around it. */
  made: unknown[] | Record<string, unknown> | undefined;
  readonly closing: string;
  readonly openedAt: number;
  /** Where what was not parsed yet begins: after a comma or the opening bracket, or after an inner value that was put in. */
  from: number;
  /** Where the item begins that the place of reading is in. */
  item: number;
  /** The value that ends at `from` is in already. */
  isFilled: boolean;
}

/**
 * `JSON.parse` in pieces, yielding between them: 20 MB in one go hold the page for longer than a click may wait. The text is only
 * searched for where items of long arrays and objects end; what is between is given to `JSON.parse`, so numbers, escapes and errors are
 * the browser’s own. A worker would not be quicker: handing 20 MB of objects over costs the page as much as parsing them.
 * @throws SyntaxError
 */
export function* jsonInPieces(
  text: string,
  look: Look = (value) => value,
  pieceLength = PIECE,
): Generator<void, unknown> {
  const parse = (source: string): unknown => look(JSON.parse(source), source);
  const frames: Frame[] = [];
  let at = 0;
  /** Parses the items of a frame from its `from` on. */
  const flush = (frame: Frame, end: number): void => {
    const source = text.slice(frame.from, end);
    if (source.trim() === '') throw new SyntaxError('A comma has nothing before it, or behind it');
    const isObject = frame.closing === '}';
    frame.made ??= isObject ? {} : [];
    const made = parse(isObject ? `{${source}}` : `[${source}]`);
    if (Array.isArray(frame.made)) for (const one of made as unknown[]) frame.made.push(one);
    else assign(frame.made, made as object);
  };
  for (;;) {
    at = nextSign(text, at);
    const sign = text[at];
    if (sign === undefined) break;
    const frame = frames.at(-1);
    if (sign === '"') {
      at = stringEnd(text, at);
      continue;
    }
    at += 1;
    if (sign === '{' || sign === '[') {
      const closing = sign === '{' ? '}' : ']';
      frames.push({ made: undefined, closing, openedAt: at - 1, from: at, item: at, isFilled: false });
    } else if (sign === ',') {
      if (!frame) throw new SyntaxError('A comma outside of everything');
      if (frame.isFilled || at - frame.from > pieceLength) {
        if (frame.isFilled) onlySpace(text, frame.from, at - 1);
        else flush(frame, at - 1);
        Object.assign(frame, { from: at, isFilled: false });
        yield;
      }
      frame.item = at;
    } else {
      if (frame?.closing !== sign) throw new SyntaxError(`An unexpected ${sign}`);
      frames.pop();
      if (frame.made === undefined) continue;
      if (frame.isFilled) onlySpace(text, frame.from, at - 1);
      else flush(frame, at - 1);
      const around = frames.at(-1);
      if (!around) {
        onlySpace(text, 0, frame.openedAt);
        onlySpace(text, at, text.length);
        return frame.made;
      }
      putIn(around, frame, at);
      yield;
    }
  }
  // Nothing in it was long, or it does not end.
  if (frames.some(({ made }) => made !== undefined)) throw new SyntaxError('It ends too early');
  return parse(text);

  /** A value that was made by itself, into what it stands in. */
  function putIn(around: Frame, { made, openedAt }: Frame, end: number): void {
    if (around.from > around.item) throw new SyntaxError('A comma is missing');
    if (around.from < around.item) flush(around, around.item - 1);
    around.made ??= around.closing === '}' ? {} : [];
    if (Array.isArray(around.made)) {
      onlySpace(text, around.item, openedAt);
      around.made.push(made);
    } else {
      const named = parse(`{${text.slice(around.item, openedAt)}null}`);
      assign(around.made, Object.fromEntries(Object.keys(named as object).map((name) => [name, made])));
    }
    Object.assign(around, { from: end, isFilled: true });
  }
}

/** As `JSON.parse` does it: `__proto__` is a name as any other. */
function assign(to: Record<string, unknown>, from: object): void {
  for (const [name, value] of Object.entries(from)) {
    Object.defineProperty(to, name, { value, writable: true, enumerable: true, configurable: true });
  }
}

/** The place of the next bracket, comma or quote. */
function nextSign(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22:
      case 0x2c:
      case 0x5b:
      case 0x5d:
      case 0x7b:
      case 0x7d:
        return at;
    }
  }
  return text.length;
}

/** @param from its opening quote */
function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text.charCodeAt(before - 1) === 0x5c) before -= 1;
    if ((at - before) % 2 === 0) return at + 1;
  }
  return text.length;
}

function onlySpace(text: string, from: number, to: number): void {
  if (/[^ \t\n\r]/.test(text.slice(from, to))) throw new SyntaxError('Something stands where only space may be');
}
