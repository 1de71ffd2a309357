import { assert, asyncProperty, array, constantFrom, oneof, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from './in-turns';
import { withoutInvisible } from './invisible';
import { parseUserIds } from './mxid';
import { columnLabels } from './table-csv';
import { cellsIn, readUsersFile } from './users-csv';
import { wordsOf } from './words';

/** The users of the suggested column, or of the list. */
async function users(text: string, column?: number) {
  const file = await readUsersFile(text);
  if (file.kind === 'list') return { ...parseUserIds(file.text, 'example.org'), skipped: [], notes: [], column: null };
  const taken = column ?? file.suggested;
  if (taken === null) return { ids: [], waiting: [], problems: [], column: null, ...file.table };
  const cells = atOnce(cellsIn(file.table, taken));
  const parsed = parseUserIds(cells.text, 'example.org');
  const { skipped, notes } = file.table;
  return {
    ...parsed,
    problems: [...parsed.problems, ...cells.problems],
    surplus: cells.surplus,
    skipped,
    notes,
    column: file.table.columns[taken]?.name,
  };
}

const TWO = ['@a:example.org', '@b:example.org'];

describe('the users of a file', () => {
  it.each([
    [
      'no display name is one',
      '\uFEFF"Display name";"User_ID"\r\n"Smith; A";@a:example.org\r\nBen;@b:example.org',
      'User_ID',
    ],
    ['IDs beat the names of heads', 'id;name;mail\n@a:example.org;u1;a@x.org\n@b:example.org;u2;b@x.org', 'id'],
    ['a column “name” may hold them', 'name,is_admin\n@a:example.org,false\n@b:example.org,true', 'name'],
    ['without heads', '1,Anna,@a:example.org\n2,Ben,@b:example.org', ''],
    ['under a title', 'Staff of the front desk\n\nuser_id,name\n@a:example.org,A\n@b:example.org,B', 'user_id'],
    ['under a title with a comma', 'Staff, all of it\nuser_id,name\n@a:example.org,A\n@b:example.org,B', 'user_id'],
    ['of PowerShell', '#TYPE Selected.User\n"Id","Name"\n"@a:example.org","A"\n"@b:example.org","B"', 'Id'],
    ['of Excel', 'sep=;\nid;name\n@a:example.org;A, x\n@b:example.org;B', 'id'],
    ['whose separator a comma only seems to be', 'sep=|\nid|name,x\n@a:example.org|A,1\n@b:example.org|B,2', 'id'],
    [
      'of synapse-admin',
      'id,displayname,password,is_guest,admin,deactivated\n@a:example.org,A,,0,0,0\n@b:example.org,B,,0,0,0',
      'id',
    ],
    ['of a Markdown table', 'user | name\n@a:example.org | A\n@b:example.org | B', 'user'],
    ['in other words', 'Wer;Kennung\nAnna;@a:example.org\nBen;@b:example.org', 'Kennung'],
    ['in display-name form', 'Smith, Anna <@a:example.org>\nMiller, Ben <@b:example.org>', ''],
    ['as a list', '@a:example.org\n@b:example.org', null],
    ['as a list in one line', '@a:example.org, @b:example.org', null],
    ['as a list under a head', 'user_id\n@a:example.org\n@b:example.org', null],
    ['defused for a spreadsheet', "user_id,admin\n'@a:example.org,no\n'@b:example.org,no", 'user_id'],
  ])('are found by what the cells look like: %s', async (_how, text, column) => {
    const found = await users(text);
    expect(found.ids).toEqual(TWO);
    expect(found.column).toBe(column);
  });

  it('are taken from a column of bare words only if it is named so and holds nothing else', async () => {
    expect(await users('name;username\nfront desk;u1\nadmin user;u2')).toMatchObject({
      column: 'username',
      ids: [],
      waiting: ['u1', 'u2'],
    });
    expect(await users('email,phone\nanna@example.org,1')).toMatchObject({ column: null, ids: [] });
    expect(await users('thing,other\nu1,x\nu2,y')).toMatchObject({ column: null });
  });

  it.each([
    'name;username;manager\nAnna Smith;u1;@boss:example.org\nBen Miller;u2;@boss:example.org',
    'user,added by\nu1,@x:example.org',
    'login\towner\nu1\t@x:example.org\n@u2:example.org\t@x:example.org\nu3\t@x:example.org',
  ])('are asked for where the only whole IDs may be of other people: %j', async (text) => {
    expect(await users(text)).toMatchObject({ column: null, ids: [] });
  });

  it('are no numbers, whatever their column is called', async () => {
    expect(await users('id;address\n1;@a:example.org\n2;@b:example.org')).toMatchObject({
      column: 'address',
      ids: TWO,
    });
  });

  it('can be taken from another column than the suggested one', async () => {
    expect((await users('user,creator\n@a:example.org,@c:example.org', 1)).ids).toEqual(['@c:example.org']);
  });

  it('of Glia’s own report are found below its lines of facts, and the admin above is none of them', async () => {
    const facts = [
      'Report,Join rooms',
      'Job,join-rooms',
      'Homeserver,https://x.org',
      "User,'@admin:example.org",
      'State,done',
    ];
    const counts = [
      'Started,1',
      'Ended,2',
      'Items,2',
      'waiting,0',
      'running,0',
      'done,2',
      'skipped,0',
      'failed,0',
      'unknown,0',
    ];
    const rows = [
      "'@a:example.org !r:x,'@a:example.org,R,done,,,1,",
      "'@b:example.org !r:x,'@b:example.org,R,done,,,1,",
    ];
    const text = `\uFEFF${[...facts, ...counts, '', 'id,User,Room,status,reason,before,attempts,time', ...rows].join('\r\n')}\r\n`;
    const found = await users(text);
    expect(found.ids).toEqual(TWO);
    expect(found.skipped).toHaveLength(14);
  });

  it('nothing in the file is lost: titles, blank lines, empty and surplus cells are named', async () => {
    const found = await users('A title\n\nid,name\n@a:example.org,A\n,nobody\nSmith, x,Smith\n@b:example.org,B,more\n');
    expect(found.ids).toEqual(TWO);
    expect(found.skipped.map(({ line }) => line)).toEqual([1]);
    expect(found.notes.map(wordsOf)).toEqual(['Skipped 1 blank line.']);
    expect(found.problems.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual([5, 6]);
    expect(found).toMatchObject({ surplus: [{ line: 7, text: 'more' }] });
  });

  it('columns of one name are told apart', async () => {
    const file = await readUsersFile('user,user,name\nx y,@a:example.org,A');
    if (file.kind === 'list') throw new Error('a table');
    expect(file.suggested).toBe(1);
    expect(file.table.notes.map(wordsOf)).toEqual(['More than one column is called “user”.']);
    expect(columnLabels(file.table.columns).map(wordsOf)).toEqual(['user (column 1)', 'user (column 2)', 'name']);
  });

  it('a quote that is never closed spoils its own line only', async () => {
    const more = Array.from({ length: 20 }, (_, index) => `@u${index}:example.org,x`).join('\n');
    expect((await users(`user_id,name\n@a:example.org,"open\n${more}`)).ids).toHaveLength(21);
  });

  it('keeps up with 100,000 lines', async () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `@u${index}:example.org,"User, ${index}"`).join('\n');
    expect((await users(`user_id,name\n${text}`)).ids).toHaveLength(100_000);
  });

  it('whatever the file, no ID comes out that does not stand in it', async () => {
    const piece = constantFrom(
      ',',
      ';',
      '\n',
      '"',
      'user',
      'name',
      'id',
      '@u1:x.org',
      'u2',
      ' ',
      'sep=;',
      '#TYPE x',
      '@',
      ':',
    );
    await assert(
      asyncProperty(array(oneof(piece, string()), { maxLength: 25 }), async (parts) => {
        const found = await users(parts.join(''));
        const plain = withoutInvisible(parts.join('')).replaceAll(/(?<=[@:])\p{Zs}+|\p{Zs}+(?=:)/gu, '');
        for (const id of found.ids) expect(plain).toContain(id);
      }),
      { numRuns: 1000 },
    );
  });
});
