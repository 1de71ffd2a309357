/** A line of the one or of the other. */
export interface ChangedLine {
  readonly is: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** More lines than this are compared only at both ends. */
const MOST = 2000;

/** What differs between two texts, line by line, with a few lines around it; empty: nothing does. */
export function changedLines(before: string, after: string, around = 2): readonly ChangedLine[] {
  const [one, other] = [linesOf(before), linesOf(after)];
  const all = one.length * other.length > MOST * MOST ? wholly(one, other) : compared(one, other);
  if (all.every(({ is }) => is === 'same')) return [];
  return all.filter((_, index) =>
    all.slice(Math.max(0, index - around), index + around + 1).some(({ is }) => is !== 'same'),
  );
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));

const wholly = (one: readonly string[], other: readonly string[]): ChangedLine[] => [
  ...one.map((text) => ({ is: 'removed', text }) as const),
  ...other.map((text) => ({ is: 'added', text }) as const),
];

/** By the longest run of lines that both have in the same order. */
function compared(one: readonly string[], other: readonly string[]): ChangedLine[] {
  const width = other.length + 1;
  const longest = new Uint32Array((one.length + 1) * width);
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      longest[row * width + column] =
        one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const found: ChangedLine[] = [];
  let [row, column] = [0, 0];
  while (row < one.length || column < other.length) {
    const [mine, theirs] = [one[row], other[column]];
    if (mine !== undefined && mine === theirs) {
      found.push({ is: 'same', text: mine });
      row += 1;
      column += 1;
    } else if (mine !== undefined && (theirs === undefined || at(row + 1, column) >= at(row, column + 1))) {
      found.push({ is: 'removed', text: mine });
      row += 1;
    } else {
      found.push({ is: 'added', text: theirs ?? '' });
      column += 1;
    }
  }
  return found;
}
