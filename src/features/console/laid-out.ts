/** A text with the places where its lines begin: what a viewer of any number of lines needs. */
export interface LaidOut {
  readonly text: string;
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly isJson: boolean;
  /** Of the answer as it came. */
  readonly bytes: number;
}

/** JSON is laid out on several lines; anything else stays as it came. */
export function laidOut(answer: string): LaidOut {
  const isJson = parses(answer);
  const text = isJson ? onLines(answer) : answer;
  return { text, starts: lineStarts(text), isJson, bytes: new TextEncoder().encode(answer).byteLength };
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Piece by piece, not by reading it: a number that is too long for JavaScript is shown as it came. */
function onLines(json: string): string {
  const out: string[] = [];
  let depth = 0;
  let before = '';
  const newLine = () => out.push('\n', '  '.repeat(Math.min(depth, DEEPEST)));
  for (const [piece] of json.matchAll(PIECES)) {
    if (piece === '}' || piece === ']') {
      depth -= 1;
      if (before !== '{' && before !== '[') newLine();
    } else if (before === '{' || before === '[') newLine();
    out.push(piece);
    if (piece === '{' || piece === '[') depth += 1;
    else if (piece === ',') newLine();
    else if (piece === ':') out.push(' ');
    before = piece;
  }
  return out.join('');
}

const PIECES = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
/** Deeper lines are no further in: nobody could see them. */
const DEEPEST = 40;

function lineStarts(text: string): Uint32Array<ArrayBuffer> {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  const starts = new Uint32Array(count);
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    starts[line] = at + 1;
    line += 1;
  }
  return starts;
}

export function lineOf({ text, starts }: LaidOut, line: number): string {
  const from = starts[line] ?? 0;
  const next = starts[line + 1];
  return text.slice(from, next === undefined ? text.length : next - 1);
}

export interface LinesFound {
  readonly lines: readonly number[];
  /** There are more, which were not looked for. */
  readonly isCut: boolean;
}

/** The lines that hold this, whatever its case; so many at most. */
export function linesWith({ text, starts }: LaidOut, sought: string, most = 10_000): LinesFound {
  const needle = sought.trim();
  if (needle === '') return { lines: [], isCut: false };
  const pattern = new RegExp(needle.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), 'gi');
  const found: number[] = [];
  let line = 0;
  for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) {
    while ((starts[line + 1] ?? Infinity) <= hit.index) line += 1;
    if (found.at(-1) === line) continue;
    if (found.length === most) return { lines: found, isCut: true };
    found.push(line);
  }
  return { lines: found, isCut: false };
}
