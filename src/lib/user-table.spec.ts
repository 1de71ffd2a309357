import { describe, expect, it } from 'vitest';
import { english } from './english';
import { atOnce } from './in-turns';
import { invariant } from './invariant';
import { readTable } from './table-csv';
import { readText } from './text-file';
import { guessMapping, mappingProblem } from './user-columns';
import { accountsIn } from './user-table';

/** The files that people have, byte for byte: each is read right, or refused with its line and the reason. */

async function read(file: string | Uint8Array<ArrayBuffer>, completes = false) {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const text = readText(bytes.buffer);
  invariant(text.ok, 'a text file');
  const table = await readTable(text.text, { spanLines: 10 });
  const { mapping, notes } = guessMapping(table);
  const problem = mappingProblem(mapping);
  const accounts = atOnce(accountsIn(table, mapping, 'example.org', completes));
  return {
    mapping,
    problem: problem && english(problem),
    rows: accounts.rows,
    refused: [...accounts.skipped, ...accounts.problems].map(({ line, reason }) => `${line}: ${english(reason)}`),
    notes: [...notes, ...accounts.notes].map((note) => english(note)),
    waiting: accounts.waiting,
  };
}

/** As Excel saves “Unicode text”. */
function utf16(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 + text.length * 2);
  bytes.set([0xff, 0xfe]);
  for (const [index, unit] of text.split('').entries()) {
    bytes.set([unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8], 2 + index * 2);
  }
  return bytes;
}

const ANNA = { id: '@anna:example.org', displayname: 'Anna Ö.' };

describe('a file of users', () => {
  it('from Excel: UTF-16 with its mark, and tabs', async () => {
    const { rows, refused } = await read(utf16('user_id\tdisplayname\r\n@anna:example.org\tAnna Ö.\r\n'));
    expect([rows, refused]).toEqual([[{ line: 2, ...ANNA }], []]);
  });

  it('from Excel: a line sep=; above, UTF-8 with its mark, and semicolons', async () => {
    const { rows, refused } = await read('\uFEFFsep=;\r\nuser_id;displayname\r\n@anna:example.org;Anna Ö.\r\n');
    expect(rows).toEqual([{ line: 3, ...ANNA }]);
    expect(refused).toEqual(['1: Output of a program, not part of the table.']);
  });

  it('in Latin-1, as older spreadsheets save it', async () => {
    const text = 'user_id;displayname\r\n@anna:example.org;Anna Ö.\r\n';
    const { rows } = await read(Uint8Array.from(text, (unit) => unit.charCodeAt(0)));
    expect(rows).toEqual([{ line: 2, ...ANNA }]);
  });

  it('from PowerShell: a #TYPE line, and everything in quotes', async () => {
    const { rows, refused } = await read(
      '#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n' +
        '"UserId","DisplayName","Mail"\r\n' +
        '"@anna:example.org","Anna Ö.","Anna@Example.org"\r\n',
    );
    expect(rows).toEqual([{ line: 3, ...ANNA, emails: ['anna@example.org'] }]);
    expect(refused).toEqual(['1: Output of a program, not part of the table.']);
  });

  it('with a title line above its head', async () => {
    const { rows, refused } = await read(
      'Staff of the library, 2026\n\nuser_id,displayname,admin\n@anna:example.org,Anna Ö.,no\n',
    );
    expect(rows).toEqual([{ line: 4, ...ANNA, admin: false }]);
    expect(refused).toEqual(['1: Above the table.']);
  });

  it('as psql shows it: a rule below the head, and the number of rows at the end', async () => {
    const { rows, refused } = await read(
      '        name        | displayname | admin \n' +
        '--------------------+-------------+-------\n' +
        ' @anna:example.org  | Anna Ö.     | f\n' +
        ' @ben:example.org   |             | t\n' +
        '(2 rows)\n\n',
    );
    expect(rows).toEqual([
      { line: 3, ...ANNA, admin: false },
      { line: 4, id: '@ben:example.org', admin: true },
    ]);
    expect(refused).toEqual(['2: A line drawn between rows.', '5: Output of a program, not part of the table.']);
  });

  it('as psql shows it with other heads: ids that are numbers name nobody, and a column has to be chosen', async () => {
    const { problem, rows } = await read(
      ' id | name \n----+------\n  1 | Anna\n  2 | Ben\n  3 | Cleo\n(3 rows)\n',
      true,
    );
    expect(problem).toBe('Choose the column with the user IDs or usernames.');
    expect(rows).toEqual([]);
  });

  it('as psql shows it with usernames under “id”: they wait until somebody completes them', async () => {
    const file = '  id  |  name  \n------+--------\n anna | Anna Ö.\n ben  | Ben\n cleo | Cleo\n(3 rows)\n';
    const { rows, waiting, refused, mapping } = await read(file);
    expect(mapping).toEqual(['user', 'displayname']);
    expect([rows, waiting]).toEqual([[], 3]);
    expect(refused.at(-3)).toBe('3: This has no server name. If it is a user on example.org, complete it.');
    expect((await read(file, true)).rows[0]).toEqual({ line: 3, ...ANNA });
  });

  it('as MySQL frames it', async () => {
    const { rows } = await read(
      '+-------------------+-------------+\n| user_id           | displayname |\n+-------------------+-------------+\n' +
        '| @anna:example.org | Anna Ö.     |\n| @ben:example.org  | NULL        |\n+-------------------+-------------+\n' +
        '2 rows in set (0.00 sec)\n',
    );
    expect(rows).toEqual([
      { line: 4, ...ANNA },
      { line: 5, id: '@ben:example.org' },
    ]);
  });

  it('like the samples of other tools: id, displayname, password, is_guest, admin, deactivated', async () => {
    const { rows, refused, mapping } = await read(
      'id,displayname,password,is_guest,admin,deactivated\n' +
        'testuser22,Jane Doe,secretpassword,false,true,false\n' +
        ',John Doe,secretpassword,false,false,false\n' +
        'guest1,A guest,secretpassword,true,false,false\n',
      true,
    );
    expect(mapping).toEqual(['user', 'displayname', 'password', 'is_guest', 'admin', 'deactivated']);
    expect(rows).toEqual([
      {
        line: 2,
        id: '@testuser22:example.org',
        displayname: 'Jane Doe',
        password: 'secretpassword',
        admin: true,
        deactivated: false,
      },
    ]);
    expect(refused).toEqual(['3: The cell with the user is empty.', '4: Guest accounts can’t be imported.']);
  });

  it('whose columns are swapped: the cells decide, and it is said', async () => {
    const { rows, notes } = await read('user_id,displayname\nAnna Ö.,@anna:example.org\nBen,@ben:example.org\n');
    expect(rows).toEqual([
      { line: 2, ...ANNA },
      { line: 3, id: '@ben:example.org', displayname: 'Ben' },
    ]);
    expect(notes[0]).toContain('look swapped');
  });

  it('in any order of its columns, and without a head where the cells tell', async () => {
    expect((await read('admin,displayname,mxid\nyes,Anna Ö.,@anna:example.org\n')).rows).toEqual([
      { line: 2, ...ANNA, admin: true },
    ]);
    expect((await read('@anna:example.org,anna@example.org\n@ben:example.org,ben@example.org\n')).rows[1]).toEqual({
      line: 2,
      id: '@ben:example.org',
      emails: ['ben@example.org'],
    });
  });
});

const one = (head: string, cell: string) => read(`user_id,${head}\n@anna:example.org,"${cell}"\n`);

describe('a cell of such a file', () => {
  it('that is no yes and no no is refused: nothing is guessed', async () => {
    expect((await read('user_id,admin\n@anna:example.org,yes\n@ben:example.org,maybe\n')).refused).toEqual([
      '3: “maybe” is neither yes nor no. Use true or false, yes or no, 1 or 0.',
    ]);
  });

  it('under a head that says something else is not used, and that is said', async () => {
    const { rows, notes } = await one('admin', 'the boss');
    expect(rows).toEqual([{ line: 2, id: '@anna:example.org' }]);
    expect(notes[0]).toContain('“admin” is not used');
  });

  it('holds several addresses, external IDs or rooms', async () => {
    expect((await one('email', 'A@x.org; b@x.org; a@x.org')).rows[0]?.emails).toEqual(['a@x.org', 'b@x.org']);
    expect((await one('external_ids', 'oidc-a:1; saml: CN=Anna,OU=x')).rows[0]?.externalIds).toEqual([
      { auth_provider: 'oidc-a', external_id: '1' },
      { auth_provider: 'saml', external_id: 'CN=Anna,OU=x' },
    ]);
    expect((await one('rooms', '#a:x.org;#b:x.org')).rows[0]?.rooms).toEqual(['#a:x.org', '#b:x.org']);
  });

  it('with an external ID keeps a bar that is part of it, and refuses what looks like several', async () => {
    expect((await one('external_ids', 'oidc-auth0:auth0|5f7c')).rows[0]?.externalIds).toEqual([
      { auth_provider: 'oidc-auth0', external_id: 'auth0|5f7c' },
    ]);
    expect((await one('external_ids', 'oidc:1 | saml:2')).rows[0]?.externalIds).toEqual([
      { auth_provider: 'oidc', external_id: '1' },
      { auth_provider: 'saml', external_id: '2' },
    ]);
    for (const several of ['oidc:1 saml:2', 'oidc:1, saml: 2']) {
      const text = `user_id,external_ids\n@anna:example.org,"${several}"\n@ben:example.org,oidc:7\n`;
      expect((await read(text)).refused).toEqual([
        `2: “${several}” looks like several external IDs. Put semicolons between them, or each on a line of its own.`,
      ]);
    }
  });

  it('with a phone number needs its country code', async () => {
    for (const typed of ['+44 20 7946 0000', '+44 (0)20 7946 0000', '0044(0)2079460000'])
      expect((await one('phone', typed)).rows[0]?.phones).toEqual(['442079460000']);
    const both = await read('user_id,phone\n@a:example.org,+4420794600\n@b:example.org,020 7946 0000\n');
    expect(both.refused[0]).toContain('3: “020 7946 0000” is not a phone number with its country code');
  });

  it('with a password is never shown among what was refused', async () => {
    const text =
      'user_id,password,admin\n@anna:example.org,hunter22-hunter22,perhaps\n@ben:example.org,hunter33-hunter33,no\n';
    const table = await readTable(text, { spanLines: 10 });
    for (const field of ['password', null] as const) {
      const { problems } = atOnce(accountsIn(table, ['user', field, 'admin'], 'example.org', false));
      expect(problems).toHaveLength(1);
      expect(JSON.stringify(problems)).not.toContain('hunter');
    }
  });

  it('that names a user twice, another homeserver’s or a number is refused', async () => {
    const { refused } = await read(
      'user_id,displayname\n@anna:example.org,A\n@anna:example.org,B\n@far:else.org,C\n12345,D\n',
      true,
    );
    expect(refused).toEqual([
      '3: Already on line 2.',
      '4: This user belongs to another homeserver.',
      '5: A number alone can’t be a username: Synapse keeps those for guests.',
    ]);
  });

  it('beyond the last column makes its row unclear', async () => {
    const { refused } = await read('user_id,displayname\n@anna:example.org,Ö., Anna\n');
    expect(refused[0]).toContain('2: This line has 3 cells and the header has 2');
  });
});
