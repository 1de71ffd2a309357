import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { scriptText, type ScriptPlan } from './script';

const QUIET = 'a';
const HOSTILE = `x'"; $(touch pwned) \`touch pwned\` \\\n'''\nGLIA_ITEMS\nGLIA_ROOMS\nrm -rf .\u2028\u202E\r\n#😀`;

/** A plan in which everything that can be a stranger's word is this word. */
const planOf = (word: string): ScriptPlan => ({
  title: `Do ${word}`,
  owner: { baseUrl: `https://${word}`, userId: `@${word}` },
  notes: [`Of ${word}`],
  code: { bash: 'prepare() { :; }', python: 'def label(item): ...' },
  constants: { WORD: word, NUMBER: 7, FLAG: true },
  repeatable: false,
  items: [[word, word], { [word]: word }, word],
  count: 3,
  tables: { ROOMS: [[word]] },
});

const linesOf = (word: string, language: 'bash' | 'python') =>
  [...scriptText(planOf(word), language)].join('').split('\n');

describe('a plan as a script', () => {
  for (const language of ['bash', 'python'] as const) {
    it(`${language}: strangers’ words change the data and comments, never a line of code`, () => {
      const quiet = linesOf(QUIET, language);
      const hostile = linesOf(HOSTILE, language);
      expect(hostile).toHaveLength(quiet.length);
      const changed = hostile.filter((line, index) => line !== quiet[index]);
      const shapes = [
        /^# /,
        // A constant: one word of the language from the first to the last character.
        language === 'bash' ? /^[A-Z_]+=\$?'([^'\\]|\\.)*'$/ : /^[A-Z_]+="([^"\\]|\\.)*"$/,
        // A line of a table: JSON that nothing could take for the end of the table.
        /^["[{][^'`$]*["\]}]$/,
      ];
      expect(changed.filter((line) => !shapes.some((shape) => shape.test(line)))).toEqual([]);
      expect(changed).toHaveLength(3 + 4 + 4);
    });

    it(`${language}: has nothing but printable ASCII`, () => {
      expect(linesOf(HOSTILE, language).join('')).toMatch(/^[ -~]*$/);
    });
  }

  it.each(['\0', '\uD83D'])('bash: there is none of a plan that holds %j, and Python’s carries it', (character) => {
    const word = `a${character}b`;
    const plain = planOf(QUIET);
    const plans: ScriptPlan[] = [
      { ...plain, constants: { WORD: word } },
      { ...plain, items: [QUIET, [QUIET, word]] },
      { ...plain, tables: { ROOMS: [{ [word]: 1 }] } },
    ];
    for (const plan of plans) {
      expect(() => [...scriptText(plan, 'bash')]).toThrow(/which bash can’t pass on\. Use the Python script/);
      expect([...scriptText(plan, 'python')].join('')).toContain(character === '\0' ? 'a\\u0000b' : 'a\\ud83db');
    }
  });

  it('numbers and flags are said as each language says them', () => {
    expect(linesOf(QUIET, 'bash')).toEqual(expect.arrayContaining(['NUMBER=7', 'FLAG=1', "REPEATABLE=''"]));
    expect(linesOf(QUIET, 'python')).toEqual(expect.arrayContaining(['NUMBER=7', 'FLAG=True', 'REPEATABLE=False']));
  });

  it('bash reads it without running it, and begins nothing without a token', () => {
    const text = linesOf(HOSTILE, 'bash').join('\n');
    expect(spawnSync('bash', ['-n'], { input: text }).stderr.toString()).toBe('');
    const ran = spawnSync('bash', [], { input: text, env: { PATH: process.env.PATH } });
    expect(ran.status).toBe(2);
    expect(ran.stderr.toString()).toMatch(/Nothing was changed/);
  });
});
