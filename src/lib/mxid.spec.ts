import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeWords } from './complete-words';
import { withoutInvisible } from './invisible';
import { exactLine, parseUserIds, serverOf } from './mxid';
import { wordsOf } from './words';
import { inWords } from '~/testing/in-words';

const parse = (text: string) => parseUserIds(text, 'example.org');
/** As in a job that can be undone: bare words are completed where there is nothing else. */
const alone = (text: string) => parseUserIds(text, 'example.org', 'alone');
/** As after somebody said that the words are users. */
const approve = (text: string) => parse(completeWords(text, parse(text), 'example.org'));
/** Blanks that a word processor puts where an ID has none. */
const SEAM = /(?<=[@:])\u00A0+|\u00A0+(?=:)/g;
/** Who was taken, by the first letters. */
const taken = ({ ids }: { ids: readonly string[] }) => ids.map((id) => id.charAt(1)).join('');
const left = (text: string) => parse(text).problems.map((problem) => `${problem.line} ${problem.text}`);

describe('parseUserIds', () => {
  it('takes ids by line, comma, semicolon and space', () => {
    expect(parse('@a:example.org\r\n@b:example.org, @c:example.org;@d:example.org @e:example.org').ids).toHaveLength(5);
  });

  it('reads matrix.to links and matrix: URIs', () => {
    expect(parse('https://matrix.to/#/%40anna%3Aexample.org\nmatrix:u/bob:example.org?action=chat').ids).toEqual([
      '@anna:example.org',
      '@bob:example.org',
    ]);
  });

  it('names line and reason of what is no user id, and keeps the good lines', () => {
    const parsed = parse('@a:example.org\n#room:example.org\nanna@example.org\n@:example.org\n@b:example.org');
    expect(parsed.ids).toEqual(['@a:example.org', '@b:example.org']);
    expect(parsed.problems.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(wordsOf(parsed.problems[0]?.reason ?? '')).toContain('room');
    expect(wordsOf(parsed.problems[1]?.reason ?? '')).toContain('email');
  });

  it('names a repeated id with the line where it stood first', () => {
    expect(inWords(parse('@a:example.org\n\n@a:example.org').problems)).toEqual([
      { line: 3, text: '@a:example.org', reason: 'Already on line 1.' },
    ]);
  });

  it('keeps capitals, slashes and ports, and counts other servers’ users', () => {
    const parsed = parse('@Old.Name/x:example.org\n@c:other.org:8448');
    expect(parsed).toMatchObject({ ids: ['@Old.Name/x:example.org', '@c:other.org:8448'], remote: 1 });
  });

  it('counts IDs with capitals, which are often typed wrong, and keeps them', () => {
    expect(parse('@Old.Name:example.org\n@new:example.org')).toMatchObject({
      ids: ['@Old.Name:example.org', '@new:example.org'],
      capitals: 1,
    });
  });

  it('reads a line alike whether it stands alone or among others', () => {
    const odd = [
      '@a:other.example.org',
      '@b:example.org:8448',
      '@c:xexample.org',
      '@:example.org',
      `@${'x'.repeat(250)}:example.org`,
    ];
    const alone = odd.flatMap((line) => parse(line).ids);
    expect(parse(odd.map((line) => ` ${line}`).join(' ,')).ids).toEqual(alone);
    expect(parse(odd.join('\n'))).toMatchObject({ ids: alone, remote: 3 });
  });

  it('takes a byte order mark and quotes off', () => {
    expect(parse('\uFEFF"@a:example.org"').ids).toEqual(['@a:example.org']);
  });

  it('keeps up with 100,000 lines', () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `@u${index}:example.org`).join('\n');
    expect(parse(text).ids).toHaveLength(100_000);
  });
});

describe('a bare word', () => {
  it('becomes an ID where every entry is one, and is listed', () => {
    expect(alone('u1\n@u2, u3')).toMatchObject({
      ids: ['@u1:example.org', '@u2:example.org', '@u3:example.org'],
      completed: ['@u1:example.org', '@u2:example.org', '@u3:example.org'],
      waiting: [],
      problems: [],
    });
  });

  it.each([
    'u1\n@u2:example.org',
    'u1 (@u2:example.org)',
    'u1 <@u2:example.org>',
    'u1 @u2:example.org',
    '@u2:example.org;u1',
    '@u2:example.org\tu1',
    'u1, anna@example.org, @u2:example.org',
  ])('never becomes one by itself beside an ID: %s', (text) => {
    expect(alone(text).ids).toEqual(['@u2:example.org']);
  });

  it.each([
    'front desk',
    'Anna\nben',
    'u1\n#room:example.org',
    'u1\nanna@example.org',
    'u1\n42',
    'anna smith\nben miller',
    'u1\nu2:example.org',
    'https://matrix.to/#/@anna',
    'id,displayname,password,is_guest,admin,deactivated',
    '#TYPE Selected.User\n"id";"name"',
    'user_id',
    'u1\tadmin\nu2\tuser',
    'u1;it\nu2;hr',
    'u0\nu1,it,x\nu2,,y',
  ])('never becomes one by itself where not every entry is surely one: %s', (text) => {
    expect(alone(text).ids).toEqual([]);
    expect(alone(text).problems.length).toBeGreaterThan(0);
  });

  it('waits until somebody says that it is a user, and is then written out in the text', () => {
    expect(parse('u1\nu2')).toMatchObject({ ids: [], waiting: ['u1', 'u2'] });
    expect(
      completeWords(
        'u1\r\n "u2", x@y.z;@u4 \n@u3:example.org',
        parse('u1\n"u2", x@y.z;@u4\n@u3:example.org'),
        'example.org',
      ),
    ).toBe('@u1:example.org\r\n @u2:example.org, x@y.z;@u4:example.org\n@u3:example.org');
    expect(approve('anna ben').ids).toEqual(['@anna:example.org', '@ben:example.org']);
  });

  it('beside an ID in its line never becomes one, approved or not', () => {
    expect(approve('@u1:example.org;admin\nadmin')).toMatchObject({
      ids: ['@u1:example.org', '@admin:example.org'],
      waiting: [],
    });
    expect(approve('@u1:example.org;admin')).toMatchObject({ ids: ['@u1:example.org'], waiting: [] });
    expect(approve('admin (@u1:example.org)').ids).toEqual(['@u1:example.org']);
    expect(left('@u1:example.org;admin;yes\nx y @u2:example.org')).toEqual(['1 admin, yes', '2 x y @u2:example.org']);
  });

  it('in lines with equally many cells is part of a table, whose column is to be chosen', () => {
    expect(alone('u1;it\nu2;hr')).toMatchObject({ table: true, completed: [], waiting: ['u1', 'it', 'u2', 'hr'] });
    expect(alone('u1, u2, u3\nu4, u5')).toMatchObject({ table: false, waiting: [] });
  });

  it('in a table never becomes one', () => {
    const table =
      'id,displayname,password,is_guest,admin,deactivated\n@u1:example.org,U1,,false,false,false\nu2,U2,,0,0,0';
    expect(approve(table)).toMatchObject({
      ids: ['@u1:example.org'],
      table: true,
      waiting: [],
    });
    expect(alone('username\nu1\nu2').ids).toEqual(['@u1:example.org', '@u2:example.org']);
  });
});

describe('an ID that is about the list and not in it', () => {
  it('in the facts of a report that is pasted is the admin’s, and not taken', () => {
    const report = `Report,Join rooms\r\nJob,join-rooms\r\nUser,'@admin:example.org\r\ndone,1\r\n\r\nid,User,status,reason\r\n'@a:example.org,'@a:example.org,done,\r\n`;
    expect(parse(report).ids).toEqual(['@a:example.org']);
    expect(left(report).slice(0, 3)).toEqual(['1 Report,Join rooms', '2 Job,join-rooms', "3 User,'@admin:example.org"]);
    expect(parse(report.replace('\r\n\r\n', '\r\n')).ids).toEqual(['@a:example.org']);
  });

  it.each([
    'Exported by @admin:example.org on Monday',
    'These users were exported by @admin:example.org',
    '@admin:example.org has exported these users',
    '# Generated for @admin:example.org by a script',
    '@a:example.org was invited by @b:example.org on Monday',
  ])('in a sentence is named and left out: %s', (line) => {
    expect(parse(`${line}\n@u1:example.org`).ids).toEqual(['@u1:example.org']);
    expect(left(`${line}\n@u1:example.org`)[0]).toContain('1 ');
  });

  it('beside a name of some words is no sentence', () => {
    const text =
      'Anna Maria Smith @a:example.org\n@b:example.org Ben Miller\nA B C D E (@c:example.org) away\n1. @d:example.org, @e:example.org and @f:example.org';
    expect(taken(alone(text))).toBe('abcdef');
    // Where it can't be undone, the words may as well say that the ID is to be kept.
    expect(taken(parse(text))).toBe('cd');
  });

  it('in JSON may mean anything, and is named and left out; a list of IDs in JSON is a list', () => {
    expect(parse('{"user":"@admin:example.org","items":["@a:example.org"]}').ids).toEqual([]);
    expect(
      parse('{\n  "sender": "@admin:example.org",\n  "members": [\n    "@a:example.org",\n    "@b:example.org"\n  ]\n}')
        .ids,
    ).toEqual(['@a:example.org', '@b:example.org']);
    expect(parse('["@a:example.org","@b:example.org"]').ids).toEqual(['@a:example.org', '@b:example.org']);
  });
});

describe('what stands around and inside IDs', () => {
  it.each([
    ['`@a:example.org`', { around: 1 }],
    ['“@a:example.org”.', { around: 1 }],
    ['<@a:example.org>', { around: 1 }],
    ["'@a:example.org", { around: 1 }],
    ['@a:example.org:', { around: 1 }],
    ['@a:exam\u00ADple.org', { invisible: 1 }],
    ['\u202A@a\u200B:example.org\u202C', { invisible: 1 }],
    ['\u00A0@a:example.org\u00A0', { invisible: 1 }],
    ['@\u00A0a:\u00A0example.org', { invisible: 1 }],
    ['x\n\uFEFF@a:example.org', { invisible: 1 }],
    ['Anna Smith (@a:example.org)', { names: 1 }],
    ['Anna Smith <@a:example.org>', { names: 1 }],
    ['[Anna Smith](https://matrix.to/#/@a:example.org)', { names: 1 }],
    ['- @a:example.org', {}],
    ['3. @a:example.org', { names: 1 }],
    ['| @a:example.org |', {}],
  ])('is taken off and counted: %j', (text, removed) => {
    expect(parse(text).ids).toEqual(['@a:example.org']);
    expect(parse(text).removed).toMatchObject({ invisible: 0, names: 0, ...removed });
  });

  it('stays where it may be part of an old ID, or of two of them', () => {
    expect(parse("@o'hara:example.org\n@a(b)`c<d>:example.org").ids).toEqual([
      "@o'hara:example.org",
      '@a(b)`c<d>:example.org',
    ]);
    expect(parse('@anna\u00A0ben:example.org').ids).toEqual([]);
    expect(parse('@a:example.org\u00A0@b:example.org').ids).toEqual(['@a:example.org', '@b:example.org']);
  });

  it('can be part of an ID by a link that encodes it, and so every ID can be written as a line', () => {
    const odd = [
      '@a b:example.org',
      '@a,b;c:example.org',
      '@zero\u200Bwidth:example.org',
      '@a@b:example.org',
      '@ü%/#?:example.org',
    ];
    expect(parse(odd.map(exactLine).join('\n')).ids).toEqual(odd);
    expect(exactLine('@a:example.org')).toBe('@a:example.org');
  });

  it('no input yields an ID that does not stand in it, and none breaks the reading', () => {
    const piece = constantFrom(
      '@',
      ':',
      'a',
      'B',
      'x.org',
      ' ',
      '\n',
      ',',
      ';',
      '(',
      ')',
      '"',
      '<',
      '>',
      'admin',
      '\u200B',
      '\u00A0',
    );
    assert(
      property(
        array(oneof(piece, string(), constantFrom('@u1:x.org', '#r:x.org', 'anna@x.org')), { maxLength: 20 }),
        (parts) => {
          const text = parts.join('');
          const plain = withoutInvisible(text);
          const bare = text.split(/[\n\r,;\t]/).map((entry) =>
            withoutInvisible(entry)
              .replaceAll(/["'`´“”„‘’«»]/g, '')
              .replaceAll(SEAM, '')
              .trim(),
          );
          const parsed = alone(text);
          const seamless = plain.replaceAll(SEAM, '');
          const words = new Set(bare.map((word) => word.replace(/^@/, '')));
          const stands = (id: string) =>
            parsed.completed.includes(id) ? words.has(id.slice(1, -':example.org'.length)) : seamless.includes(id);
          expect(parsed.ids.filter((id) => !stands(id))).toEqual([]);
          expect([0, parsed.ids.length]).toContain(parsed.completed.length);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('serverOf', () => {
  it('is null for what is no user id', () => {
    expect(serverOf('!room:example.org')).toBeNull();
    expect(serverOf('@a:')).toBeNull();
    expect(serverOf('@a:b:1')).toBe('b:1');
  });
});
