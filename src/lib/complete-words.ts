import { entriesOf } from './entries';
import { bareName, type ParsedUserIds } from './mxid';

/** Words of a field become IDs in its text, where they are seen, and nothing has to remember that somebody said so. */

const userId = (localpart: string, serverName: string): string => `@${localpart}:${serverName}`;

/** The text with each of the words that wait in `parsed` written out as an ID; all else stays as it is. */
export function completeWords(text: string, { waiting, waitingLines }: ParsedUserIds, serverName: string): string {
  const words = new Set(waiting);
  const complete = (part: string): string => {
    const word = bareName(entriesOf(part)[0]?.text ?? '');
    return words.has(word) ? part.replace(/^(\s*).*$/s, `$1${userId(word, serverName)}`) : part;
  };
  return inLines(text, waitingLines, (line) =>
    line
      .split(/([,;\t]+)/)
      .map((part) => {
        const whole = complete(part);
        // Several words between separators wait only where the text is one line.
        return whole === part ? part.split(/(\s+)/).map(complete).join('') : whole;
      })
      .join(''),
  );
}

/** The same for one column of a table. */
export function completeCells(
  text: string,
  table: { waiting: readonly string[]; waitingLines: ReadonlySet<number>; delimiter: string; column: number },
  serverName: string,
): string {
  const words = new Set(table.waiting);
  return inLines(text, table.waitingLines, (line) => {
    const cell = cellsOf(line, table.delimiter)[table.column];
    if (!cell) return line;
    const word = bareName(entriesOf(line.slice(cell.from, cell.to))[0]?.text ?? '');
    return words.has(word) ? line.slice(0, cell.from) + userId(word, serverName) + line.slice(cell.to) : line;
  });
}

/** @param lines from 1 */
function inLines(text: string, lines: ReadonlySet<number>, change: (line: string) => string): string {
  return text
    .split(/(\r\n|\r|\n)/)
    .map((part, index) => (index % 2 === 0 && lines.has(index / 2 + 1) ? change(part) : part))
    .join('');
}

/** Where the cells of a line stand; a delimiter in quotes sets nothing apart. */
function cellsOf(line: string, delimiter: string): { from: number; to: number }[] {
  const cells: { from: number; to: number }[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at <= line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted;
    if (at < line.length && (quoted || line[at] !== delimiter)) continue;
    cells.push({ from, to: at });
    from = at + 1;
  }
  return cells;
}
