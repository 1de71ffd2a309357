import { describe, expect, it } from 'vitest';
import { parseUserIds } from './mxid';
import { userColumn } from './users-csv';

const ids = async (text: string) => parseUserIds((await userColumn(text)).text, 'example.org');

describe('userColumn', () => {
  it('takes the users’ column by its head, and no display name for a user', async () => {
    const parsed = await ids('\uFEFF"Display name";"User_ID"\r\n"Smith; Anna";@anna:example.org\r\nBen;ben');
    expect(parsed).toMatchObject({ ids: ['@anna:example.org', '@ben:example.org'], problems: [] });
  });

  it('prefers a column of ids to one of names, though both could be', async () => {
    expect((await ids('name,user_id\nAnna,@a:example.org')).ids).toEqual(['@a:example.org']);
    expect((await ids('name,is_admin\n@a:example.org,false')).ids).toEqual(['@a:example.org']);
  });

  it('finds the ids in a file without heads', async () => {
    expect((await ids('1,Anna,@a:example.org\n2,Ben,@b:example.org')).ids).toEqual([
      '@a:example.org',
      '@b:example.org',
    ]);
  });

  it.each([
    ['one a line', '@a:example.org\n@b:example.org'],
    ['in one line', '@a:example.org, @b:example.org'],
    ['under a head', 'user_id\n@a:example.org\n@b:example.org'],
    ['defused for a spreadsheet', "user_id,admin\n'@a:example.org,no\n'@b:example.org,no"],
  ])('takes a list %s', async (_how, text) => {
    expect((await ids(text)).ids).toEqual(['@a:example.org', '@b:example.org']);
  });

  it('says the line of the file, with heads, empty lines and names that go over lines', async () => {
    const column = await userColumn('user_id,name\n\n@a:example.org,"two\nlines"\n,nobody\nnot:right,x');
    expect(column.withoutUser).toEqual([5]);
    const parsed = parseUserIds(column.text, 'example.org');
    expect(parsed.ids).toEqual(['@a:example.org']);
    expect(parsed.problems).toEqual([{ line: 6, text: 'not:right', reason: 'A user id has the form @name:server.' }]);
  });

  it('a quote that is never closed spoils its own line only', async () => {
    const more = Array.from({ length: 20 }, (_, index) => `@u${index}:example.org,x`).join('\n');
    expect((await ids(`user_id,name\n@a:example.org,"open\n${more}`)).ids).toHaveLength(21);
  });

  it('says so where no column holds users, and takes nobody for one', async () => {
    expect(await userColumn('email,phone\nanna@example.org,1')).toEqual({
      text: '',
      withoutUser: [],
      problem: 'No column of this file holds user ids: it begins with “email”, “phone”. Name the column user_id.',
    });
  });

  it('keeps up with 100,000 lines', async () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `@u${index}:example.org,"User, ${index}"`).join('\n');
    expect((await ids(`user_id,name\n${text}`)).ids).toHaveLength(100_000);
  });
});
