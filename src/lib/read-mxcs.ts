import { linesOf } from './entries';
import { fileNamed } from './file-address';
import { withoutInvisible } from './invisible';
import { parseMxc } from './mxc';
import type { LineProblem } from './mxid';

/**
 * Files that were pasted, each once: as `mxc://server/id`, or by the link of a download or a picture. Any other word names nothing: it
 * is a problem of its line.
 */
export function readMxcs(text: string): { ids: string[]; problems: LineProblem[] } {
  const ids = new Set<string>();
  const problems: LineProblem[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    for (const word of withoutInvisible(line).split(/[\s,;]+/u)) {
      const mxc = word.replaceAll(AROUND, '');
      if (mxc === '') continue;
      const file = parseMxc(mxc) === null ? fileNamed(mxc) : mxc;
      if (file === null) problems.push({ line: index + 1, text: word, reason: NO_FILE });
      else ids.add(file);
    }
  }
  return { ids: [...ids], problems };
}

const AROUND = /^["'“”‘’<([]+|["'“”‘’>)\].]+$/gu;
const NO_FILE = /*i18n*/ {
  id: 'paste.no-file',
  message: 'Not a file. A file looks like mxc://server/id.',
};
