import { linesOf } from './entries';
import { withoutInvisible } from './invisible';
import { parseMxc } from './mxc';
import type { LineProblem } from './mxid';

/** Files that were pasted, each once. A word that is no whole `mxc://server/id` names nothing: it is a problem of its line. */
export function readMxcs(text: string): { ids: string[]; problems: LineProblem[] } {
  const ids = new Set<string>();
  const problems: LineProblem[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    for (const word of withoutInvisible(line).split(/[\s,;]+/u)) {
      const mxc = word.replaceAll(AROUND, '');
      if (mxc === '') continue;
      if (parseMxc(mxc) === null) {
        problems.push({ line: index + 1, text: word, reason: NO_FILE });
      } else ids.add(mxc);
    }
  }
  return { ids: [...ids], problems };
}

const AROUND = /^["'“”‘’<([]+|["'“”‘’>)\].]+$/gu;
const NO_FILE = /*i18n*/ { id: 'paste.no-file', message: 'Not a file. A file looks like mxc://server/id.' };
