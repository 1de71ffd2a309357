import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bashWord, commentText, pythonText, scriptJson, shellCanCarry } from './script-text';

/** What strangers may call themselves. */
const HOSTILE = [
  '',
  'plain',
  `'; touch pwned; '`,
  '$(touch pwned)',
  '`touch pwned`',
  '${HOME}',
  '"double" \\back\\ \\n \\x41 \\',
  'two\nlines\rand a tab\t',
  "'''\nimport os\n'''",
  'GLIA_ITEMS\nrm -rf nothing\n',
  '\u2028\u2029\u0085',
  '😀 é \u202Edesrever\u2069 \uFEFF',
  "@o'hara/#?&=%41:example.org",
  '!bang $dollar ~tilde *star [x] {a,b} ;|&<>',
  '\u0001\u001B[31m\u007F7',
  'é1 \u00010',
];

describe('text of strangers in a script', () => {
  it('is printable ASCII on one line, whatever it is', () => {
    for (const text of HOSTILE) {
      for (const written of [scriptJson([text]), bashWord(text), pythonText(text), commentText(text)]) {
        expect(written).toMatch(/^[ -~]*$/);
      }
    }
  });

  it('as JSON comes back as it was, and has nothing that a shell or Python could take for theirs', () => {
    for (const text of HOSTILE) {
      expect(JSON.parse(scriptJson({ [text]: [text] }))).toEqual({ [text]: [text] });
      expect(scriptJson(text)).not.toMatch(/['`$]/);
    }
  });

  it('as a word of bash is exactly that text to bash', () => {
    for (const text of HOSTILE) {
      const said = spawnSync('bash', ['-c', `printf %s ${bashWord(text)}`]);
      expect(said.stderr.toString()).toBe('');
      expect(said.stdout.toString()).toBe(text);
    }
  });

  const python = spawnSync('python3', ['--version']).status === 0;
  it.runIf(python)('as a literal of Python is exactly that text to Python', () => {
    const code = `import json\nprint(json.dumps([${HOSTILE.map(pythonText).join(', ')}]))`;
    expect(JSON.parse(spawnSync('python3', ['-c', code]).stdout.toString())).toEqual(HOSTILE);
  });

  it('in a comment never begins another line', () => {
    expect(commentText('a\n$(b)\u2028c "d"')).toBe('a\\u000a$(b)\\u2028c "d"');
  });

  it.each(['a\0b', '\0', 'a\uD83D', '\uDE00b'])(
    'no shell can carry %j, wherever it stands, and no word is made of it',
    (text) => {
      expect(shellCanCarry(text)).toBe(false);
      expect(shellCanCarry(['fine', [1, null, { id: text }]])).toBe(false);
      expect(shellCanCarry({ [text]: 1 })).toBe(false);
      expect(() => bashWord(text)).toThrow(RangeError);
    },
  );

  it('all else that strangers may call themselves a shell can carry', () => {
    for (const text of HOSTILE) expect(shellCanCarry([text])).toBe(true);
  });
});
