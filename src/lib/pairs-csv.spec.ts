import { describe, expect, it } from 'vitest';
import { completeCells } from './complete-words';
import { parsePairs } from './pairs-csv';
import { wordsOf } from './words';

const parse = (text: string) => parsePairs(text, 'example.org');
const alone = (text: string) => parsePairs(text, 'example.org', 'alone');

describe('parsePairs', () => {
  it.each([
    ['commas', '@a:example.org,#r:example.org'],
    ['semicolons', '@a:example.org;#r:example.org\n'],
    ['tabs', '@a:example.org\t#r:example.org'],
    ['quotes and a byte order mark', '\uFEFF"@a:example.org","#r:example.org"'],
  ])('reads %s', async (_name, text) => {
    expect(await parse(text)).toMatchObject({
      pairs: [{ userId: '@a:example.org', room: { ref: '#r:example.org', via: [] } }],
      problems: [],
    });
  });

  it('finds its columns by the head, in any order and case', async () => {
    const { pairs } = await alone('Note;Room_ID;User_ID\nx;!r:example.org;anna');
    expect(pairs).toEqual([{ userId: '@anna:example.org', room: { ref: '!r:example.org', via: [] } }]);
  });

  it('names bad lines with their reason, and keeps the good ones', async () => {
    const parsed = await parse(
      '@a:example.org,#r:example.org\nonly-one\n#r:example.org,@a:example.org\n\n@b:example.org,#r:example.org\n@a:example.org,#r:example.org',
    );
    expect(parsed.pairs).toHaveLength(2);
    expect(parsed.problems.map(({ line, reason }) => `${line} ${wordsOf(reason)}`)).toEqual([
      '2 A line needs a user and a room.',
      '3 This is a room, not a user.',
      '6 Already on line 1.',
    ]);
  });

  it('takes the user from user_id where there is a name as well', async () => {
    const { pairs } = await parse('name,user id,room\nAnna,@a:example.org,#r:example.org');
    expect(pairs.map(({ userId }) => userId)).toEqual(['@a:example.org']);
  });

  it('takes the columns whose cells are users and rooms, whatever their heads, and as it is told', async () => {
    const text = 'name;username;place;room\nfront desk;@u1:example.org;here;#r:example.org';
    const { pairs, used, notes } = await parse(text);
    expect(pairs).toEqual([{ userId: '@u1:example.org', room: { ref: '#r:example.org', via: [] } }]);
    expect(used).toEqual({ user: 1, room: 3 });
    expect(notes.map(wordsOf)).toEqual(['2 columns are not used: name, place.']);
    expect((await parsePairs(text, 'example.org', undefined, { user: 0, room: 3 })).pairs).toEqual([]);
    expect((await parse('#r:example.org,@a:example.org')).pairs).toHaveLength(1);
  });

  it.each([
    'inviter,user,room\n@x:example.org,u1,#r:example.org',
    'added by;username;room\n@x:example.org;u1;#r:example.org',
    'id;room;manager;login\n1;#r:example.org;@x:example.org;u1',
  ])('takes no one’s inviter or manager for the user, and lets the words wait: %j', async (text) => {
    expect(await alone(text)).toMatchObject({ pairs: [], waiting: ['u1'] });
    const { used } = await alone(text);
    expect((await parsePairs(text, 'example.org', 'alone', used)).pairs).toMatchObject([{ userId: '@u1:example.org' }]);
  });

  it('completes bare words where every user is one, and else only when somebody says so', async () => {
    expect((await alone('u1,#r:example.org\nu2,#r:example.org')).completed).toEqual([
      '@u1:example.org',
      '@u2:example.org',
    ]);
    const mixed = 'u1,#r:example.org\n@u2:example.org,#r:example.org';
    expect(await alone(mixed)).toMatchObject({ pairs: [{ userId: '@u2:example.org' }], waiting: ['u1'] });
    const table =
      'name;user;room\n"Desk; front";u1;#r:example.org\n\nu1;"u1";#s:example.org\nx;@u2:example.org;#r:example.org';
    const parsed = await parse(table);
    const completed = completeCells(table, { ...parsed, column: parsed.used.user }, 'example.org');
    expect(completed).toBe(
      'name;user;room\n"Desk; front";@u1:example.org;#r:example.org\n\nu1;@u1:example.org;#s:example.org\nx;@u2:example.org;#r:example.org',
    );
    expect((await parse(completed)).pairs).toHaveLength(3);
  });

  it('reads Glia’s own plan and report again', async () => {
    const plan = "\uFEFFUser,Room,verdict,reason\r\n'@a:example.org,Lobby (!r:example.org),will join,\r\n";
    expect((await parse(plan)).pairs).toEqual([{ userId: '@a:example.org', room: { ref: '!r:example.org', via: [] } }]);
    const report =
      "\uFEFFReport,Join rooms\r\nJob,join-rooms\r\nHomeserver,https://x.org\r\nUser,'@admin:example.org\r\nState,done\r\n\r\n" +
      "id,User,Room,status,reason,before,attempts,time\r\n'@a:example.org !r:example.org,'@a:example.org,Lobby (!r:example.org),done,,,1,\r\n";
    const { pairs, problems } = await parse(report);
    expect(pairs).toEqual([{ userId: '@a:example.org', room: { ref: '!r:example.org', via: [] } }]);
    expect(problems.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });

  it('names lines with more cells than are sure, and never drops a cell in silence', async () => {
    const { pairs, problems } = await parse(
      'user,room\n@a:example.org,#r:example.org,#s:example.org\n@b:example.org,#r:example.org',
    );
    expect(pairs).toHaveLength(1);
    expect(problems).toMatchObject([{ line: 2 }]);
    expect((await parse('@a:example.org,#r:example.org,#s:example.org')).problems).toMatchObject([{ line: 1 }]);
    const { notes } = await parse('@a:example.org,#r:example.org,x');
    expect(notes.map(wordsOf)).toEqual(['1 column is not used: Column 3.']);
  });

  it.each([
    '# @a:example.org,#r:example.org',
    '"keep @a:example.org",#r:example.org',
    '@a:example.org (left the company),#r:example.org',
    '~~@a:example.org~~,#r:example.org',
    '# keep,@a:example.org,#r:example.org',
    '@a:example.org,#r:example.org # not yet',
    '<!-- x,y\n@a:example.org,#r:example.org -->',
  ])('leaves out and names a row that says more than its user and room: %s', async (row) => {
    const { pairs, problems } = await alone(`${row}\n@b:example.org,#s:example.org`);
    expect(pairs.map(({ userId }) => userId)).toEqual(['@b:example.org']);
    expect(problems[0]).toMatchObject({ line: 1 });
  });

  it('reads rows whose first cell is an alias, or empty before a semicolon', async () => {
    expect((await parse('#r:example.org;@a:example.org\n#s:example.org;@b:example.org')).pairs).toHaveLength(2);
    expect((await parse('note;user;room\n;@a:example.org;#r:example.org')).pairs).toHaveLength(1);
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
