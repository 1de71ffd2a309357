import { expect, it } from 'vitest';
import { bitOf, type ScannedUser } from '~/job-store/scanned-user';
import type { ScanHead } from '~/job-store/user-scans';
import { atOnce } from '~/lib/in-turns';
import { readTable } from '~/lib/table-csv';
import { guessMapping } from '~/lib/user-columns';
import { accountsIn } from '~/lib/user-table';
import { scanFile } from './export';

const HEAD: ScanHead = {
  id: '1',
  baseUrl: 'https://example.org',
  userId: '@admin:example.org',
  choice: { name: '', deactivated: false, locked: true, guests: false, devices: true, storage: true },
  startedAt: 0,
  endedAt: 1000,
  readAt: 1000,
  total: 3,
  notes: [],
  size: 0,
};
const ANNA: ScannedUser = {
  userId: '@anna:example.org',
  displayname: '=cmd()',
  flags: bitOf('suspended'),
  userType: null,
  appservice: null,
  createdAt: 0,
  seenAt: null,
  consent: null,
  emails: ['a@example.org', 'b@example.org'],
  phones: 0,
  externalIds: [
    { auth_provider: 'oidc', external_id: '1' },
    { auth_provider: 'saml', external_id: '2' },
  ],
  devices: 2,
  bytes: null,
  files: null,
};

it('writes a CSV with a line per user, where a formula in a name is text and what is unknown is empty', async () => {
  const text = await (await scanFile([ANNA], HEAD, 'csv')).text();
  const [heads, line, end] = text.split('\r\n');
  expect(heads).toContain('"user_id","displayname","admin"');
  expect(line).toBe(
    '"@anna:example.org","\'=cmd()",false,false,false,true,false,false,false,,,"1970-01-01T00:00:00.000Z",,,' +
      '"a@example.org; b@example.org",0,"oidc:1; saml:2",2,,',
  );
  expect(end).toBe('');
});

it('writes a CSV that an import reads as the same addresses and external IDs', async () => {
  const table = await readTable(await (await scanFile([ANNA], HEAD, 'csv')).text(), { spanLines: 10 });
  const { rows, problems } = atOnce(accountsIn(table, guessMapping(table).mapping, 'example.org', false));
  expect(problems).toEqual([]);
  expect(rows).toMatchObject([{ id: ANNA.userId, emails: ANNA.emails, externalIds: ANNA.externalIds }]);
});

interface Read {
  count: number;
  users: { user_id: string; suspended: boolean; media_bytes: number | null }[];
}

it.each([0, 1, 2500])('writes a JSON that can be read, of %i users', async (count) => {
  const users = Array.from({ length: count }, () => ANNA);
  const read = JSON.parse(await (await scanFile(users, HEAD, 'json')).text()) as Read;
  expect([read.count, read.users.length]).toEqual([count, count]);
  const same = read.users.filter(
    ({ user_id, suspended, media_bytes }) => user_id === ANNA.userId && suspended && media_bytes === null,
  );
  expect(same).toHaveLength(count);
});
