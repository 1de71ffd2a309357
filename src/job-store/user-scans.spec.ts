import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { ScanWriter } from './scan-writer';
import { bitOf, is, type ScannedUser } from './scanned-user';
import { deleteScan, deleteScansOf, listScans, readScan, type ScanHead } from './user-scans';

const OWNER = { baseUrl: 'https://demo.example', userId: '@admin:demo.example' };
const OTHER = { ...OWNER, userId: '@other:demo.example' };

const headOf = (id: string, startedAt: number, owner = OWNER): ScanHead => ({
  id,
  ...owner,
  choice: { name: '', deactivated: true, locked: true, guests: false, devices: true, storage: true },
  startedAt,
  endedAt: null,
  readAt: startedAt,
  total: 2,
  notes: [{ id: 'a.note', message: 'So many: {count}', values: { count: 3 } }],
  size: 0,
});
const userOf = (userId: string): ScannedUser => ({
  userId,
  displayname: 'Anna',
  flags: bitOf('locked'),
  userType: null,
  appservice: null,
  createdAt: 1,
  seenAt: null,
  consent: null,
  emails: [],
  phones: 0,
  externalIds: [],
  devices: 0,
  bytes: null,
  files: null,
});

async function wholeScan(id: string, startedAt: number, owner = OWNER): Promise<void> {
  const writer = ScanWriter.begin(headOf(id, startedAt, owner), [['@a:demo.example', 5]]);
  writer.add(userOf('@a:demo.example'));
  await writer.end({ endedAt: startedAt + 1, readAt: startedAt + 1, notes: [] }, []);
  expect(writer.problem).toBeNull();
}

afterEach(async () => {
  await deleteScansOf(OWNER);
  await deleteScansOf(OTHER);
});

describe('scans on disk', () => {
  it('are those of the account that asks, the newest first', async () => {
    await wholeScan('old', 100);
    await wholeScan('new', 200);
    await wholeScan('theirs', 300, OTHER);
    expect((await listScans(OWNER)).map(({ id }) => id)).toEqual(['new', 'old']);
    await deleteScansOf(OWNER);
    expect([(await listScans(OWNER)).length, (await listScans(OTHER)).length]).toEqual([0, 1]);
  });

  it('leave nothing behind when they are deleted', async () => {
    await wholeScan('gone', 100);
    await deleteScan('gone');
    const db = await openDB('glia-scans');
    for (const name of db.objectStoreNames) expect([name, await db.count(name)]).toEqual([name, 0]);
    db.close();
  });

  it('hold what was read by then, and how much room it takes', async () => {
    const writer = ScanWriter.begin(headOf('part', 100), [
      ['@a:demo.example', 5],
      ['@b:demo.example', null],
    ]);
    writer.add(userOf('@a:demo.example'));
    await writer.flush();
    const [head] = await listScans(OWNER);
    expect(head?.endedAt).toBeNull();
    expect(head?.size).toBeGreaterThan(50);
    const kept = head && (await readScan(head));
    expect(kept?.users).toEqual([userOf('@a:demo.example')]);
    expect(kept?.users[0] && is(kept.users[0], 'locked')).toBe(true);
    expect(kept?.listed).toEqual([
      ['@a:demo.example', 5],
      ['@b:demo.example', null],
    ]);
    expect(kept?.head.notes).toEqual(headOf('part', 100).notes);
    writer.close();
  });

  it('do not come back where they are deleted while they are written', async () => {
    const writer = ScanWriter.begin(headOf('doomed', 100), []);
    await writer.flush();
    await deleteScan('doomed');
    writer.add(userOf('@a:demo.example'));
    await writer.end({ endedAt: 1, readAt: 1, notes: [] }, []);
    expect(await listScans(OWNER)).toEqual([]);
    expect(writer.problem).not.toBeNull();
  });

  it('in a form that this Glia doesn’t know are as if they weren’t there, and a broken part is never half a scan', async () => {
    await wholeScan('good', 100);
    const db = await openDB('glia-scans');
    await db.put('heads', { id: 'odd', ...OWNER, startedAt: 'yesterday' }, 'odd');
    await db.put('users', '[["@a:demo.example",7]]', ['good', 9]);
    db.close();
    const heads = await listScans(OWNER);
    expect(heads.map(({ id }) => id)).toEqual(['good']);
    await expect(heads[0] && readScan(heads[0])).rejects.toThrow(/expected|invalid/i);
    await deleteScan('odd');
  });
});
