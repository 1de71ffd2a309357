import { describe, expect, it } from 'vitest';
import { parsePairs } from './pairs-csv';

const parse = (text: string) => parsePairs(text, 'example.org');

describe('parsePairs', () => {
  it.each([
    ['commas', '@a:example.org,#r:example.org'],
    ['semicolons', '@a:example.org;#r:example.org\n'],
    ['tabs', '@a:example.org\t#r:example.org'],
    ['quotes and a byte order mark', '\uFEFF"@a:example.org","#r:example.org"'],
  ])('reads %s', async (_name, text) => {
    expect(await parse(text)).toEqual({
      pairs: [{ userId: '@a:example.org', room: { ref: '#r:example.org', via: [] } }],
      problems: [],
    });
  });

  it('finds its columns by the head, in any order and case', async () => {
    const { pairs } = await parse('Note;Room_ID;User_ID\nx;!r:example.org;anna');
    expect(pairs).toEqual([{ userId: '@anna:example.org', room: { ref: '!r:example.org', via: [] } }]);
  });

  it('names bad lines with their reason, and keeps the good ones', async () => {
    const parsed = await parse(
      '@a:example.org,#r:example.org\nonly-one\n#r:example.org,@a:example.org\n\n@b:example.org,#r:example.org\n@a:example.org,#r:example.org',
    );
    expect(parsed.pairs).toHaveLength(2);
    expect(parsed.problems.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '2 A line needs a user and a room.',
      '3 This is a room, not a user.',
      '6 Already named in line 1.',
    ]);
  });

  it('takes the user from user_id where there is a name as well', async () => {
    const { pairs } = await parse('name,user id,room\nAnna,@a:example.org,#r:example.org');
    expect(pairs.map(({ userId }) => userId)).toEqual(['@a:example.org']);
  });

  it('a quote that is never closed spoils its own line and no other', async () => {
    const parsed = await parse(
      '"@a:example.org,#r:example.org\n@b:example.org,#r:example.org\n"@c:example.org",#r:example.org',
    );
    expect(parsed.pairs.map(({ userId }) => userId)).toEqual(['@b:example.org', '@c:example.org']);
    expect(parsed.problems.map(({ line }) => line)).toEqual([1]);
  });

  it('keeps up with 100,000 lines', async () => {
    const text = Array.from(
      { length: 100_000 },
      (_, index) => `@u${index}:example.org,#r${index % 50}:example.org`,
    ).join('\n');
    expect((await parse(text)).pairs).toHaveLength(100_000);
  });
});
