import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bashWord, shellCanCarry } from '~/lib/script-text';
import { shellWords } from './shell-words';

describe('the words of a command', () => {
  it.each([
    ['curl -X POST', ['curl', '-X', 'POST']],
    [`a'b c'"d e"f`, ['ab cd ef']],
    [String.raw`"a\"b\\c\$d\e"`, [String.raw`a"b\c$d\e`]],
    ['a \\\n  b', ['a', 'b']],
    [`$'o\\'hara \\u00e9 \\xc3\\xbc\\n'`, ["o'hara é ü\n"]],
    [`'' a`, ['', 'a']],
    ['"$TOKEN"', ['$TOKEN']],
  ])('%j are read as a shell does', (text, words) => {
    expect(shellWords(text)).toEqual(words);
  });

  it.each([`'a`, `"a`, `$'a`])('%j: a quote that is not closed is no command', (text) => {
    expect(shellWords(text)).toBeNull();
  });

  it('that Glia quotes come back as they were, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }).filter(shellCanCarry), { minLength: 1 }), (words) => {
        expect(shellWords(words.map(bashWord).join(' '))).toEqual(words);
      }),
    );
  });

  it('are those of a real shell', () => {
    const texts = [`a'b'"c d" \\x y\\ z`, `"a\\b" '\\n' ''`, `--data-raw '{"a": "it'\\''s"}' \\\n -k`];
    for (const text of texts) {
      const ran = spawnSync('sh', ['-c', `words() { printf '%s\\0' "$@"; }\nwords ${text}`]);
      expect(shellWords(text)).toEqual(ran.stdout.toString().split('\0').slice(0, -1));
    }
  });
});
