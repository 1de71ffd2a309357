import { fileNamed } from './file-address';
import { atOnce, linesInPieces } from './in-turns';
import { withoutInvisible } from './invisible';
import { parseMxc } from './mxc';
import type { LineProblem } from './mxid';

/**
 * Files that were pasted, each once: as `mxc://server/id`, or by the link of a download or a picture. Any other word names nothing: it
 * is a problem of its line.
 */
export const readMxcs = (text: string): NamedMxcs => atOnce(mxcsIn(text));

export interface NamedMxcs {
  readonly ids: readonly string[];
  readonly problems: readonly LineProblem[];
}

/** Lines between two looks at the clock. */
const STEP = 200;

/** The same, for long texts: see `inTurns`. */
export function* mxcsIn(text: string): Generator<void, NamedMxcs> {
  const ids = new Set<string>();
  const problems: LineProblem[] = [];
  let number = 0;
  for (const lines of linesInPieces(text)) {
    for (const line of lines) {
      number += 1;
      for (const word of withoutInvisible(line).split(/[\s,;]+/u)) {
        const mxc = word.replaceAll(AROUND, '');
        if (mxc === '') continue;
        const file = parseMxc(mxc) === null ? fileNamed(mxc) : mxc;
        if (file === null) problems.push({ line: number, text: word, reason: NO_FILE });
        else ids.add(file);
      }
      if (number % STEP === 0) yield;
    }
  }
  return { ids: [...ids], problems };
}

const AROUND = /^["'“”‘’<([]+|["'“”‘’>)\].]+$/gu;
const NO_FILE = /*i18n*/ {
  id: 'paste.no-file',
  message: 'Not a file. A file looks like mxc://server/id.',
};
