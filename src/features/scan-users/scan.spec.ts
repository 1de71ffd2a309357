import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signOut, type Session } from '~/data/session';
import { ownerOf } from '~/job-store/jobs';
import { PlanDraft } from '~/job-store/plan-draft';
import { is } from '~/job-store/scanned-user';
import { deleteScansOf, listScans, readScan, type ScanChoice } from '~/job-store/user-scans';
import { addDevice, addMedia, addUser } from '~/mocks/build';
import { MockHomeserver, type ModelOptions } from '~/mocks/homeserver';
import { inWords } from '~/testing/in-words';
import { signInTo } from '~/testing/signed-in';
import { beginScan, queryOf, resumeScan, type ScanResult } from './scan';

// Scans run in the page's own time; nothing here is about how long they wait.
vi.mock('~/jobs/pace', async (original) => ({ ...(await original<object>()), retryDelayMs: () => 0 }));

const EVERYTHING: ScanChoice = {
  name: '',
  deactivated: true,
  locked: true,
  guests: false,
  devices: true,
  storage: true,
};

let model: MockHomeserver;
let session: Session;
let draft: PlanDraft<object, object>;
let result: ScanResult | null;

function open(options: ModelOptions = {}): void {
  model = new MockHomeserver(options);
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  session = signInTo(model);
  draft = new PlanDraft({});
  result = null;
}
beforeEach(() => open());
afterEach(async () => {
  await deleteScansOf(ownerOf(session));
  signOut();
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const report = (found: ScanResult) => {
  result = found;
};
const begin = (choice: Partial<ScanChoice> = {}) =>
  draft.make((making) => beginScan(session, { ...EVERYTHING, ...choice }, making, report));

const comes = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 10_000, interval: 5 });

async function reported(): Promise<ScanResult> {
  await comes(() => expect(result).not.toBeNull());
  if (!result) throw new Error('unreachable');
  return result;
}
async function scan(choice: Partial<ScanChoice> = {}): Promise<ScanResult> {
  begin(choice);
  return reported();
}
/** Where the reading of a stage rests because something could not be read. */
async function atItsEnd(stage: string) {
  await comes(() => {
    const { reading } = draft.get();
    expect([reading?.stage, reading?.job.getSnapshot().state.phase]).toEqual([stage, 'finished']);
  });
  return draft.get().reading;
}
const named = ({ scan: { users } }: ScanResult) => users.map(({ userId }) => userId.replace(/:.*/, '')).toSorted();
const userOf = ({ scan: { users } }: ScanResult, localpart: string) =>
  users.find(({ userId }) => userId === `@${localpart}:demo.example`);

/** As a page that was just opened finds it. */
async function onDisk() {
  const [head] = await listScans(ownerOf(session));
  if (!head) throw new Error('There is no scan on disk');
  return readScan(head);
}

describe('a scan of users', () => {
  it('reads of each user what the list does not say, and changes nothing', async () => {
    const anna = addUser(model, {
      localpart: 'anna',
      suspended: true,
      erased: true,
      threepids: [
        { medium: 'email', address: 'anna@example.org', validated_at: 1, added_at: 1 },
        { medium: 'msisdn', address: '49123', validated_at: 1, added_at: 1 },
      ],
      external_ids: [{ auth_provider: 'oidc', external_id: 'a' }],
      appservice_id: 'bridge',
      consent_version: '1.0',
    });
    addDevice(model, anna);
    addDevice(model, anna);
    addMedia(model, { user_id: anna.name, media_length: 300 });
    addUser(model, 'berta');
    const found = await scan();
    expect(userOf(found, 'anna')).toMatchObject({
      emails: ['anna@example.org'],
      phones: 1,
      externalIds: [{ auth_provider: 'oidc', external_id: 'a' }],
      appservice: 'bridge',
      consent: '1.0',
      devices: 2,
      bytes: 300,
      files: 1,
    });
    const user = userOf(found, 'anna');
    expect(user && [is(user, 'suspended'), is(user, 'erased'), is(user, 'locked')]).toEqual([true, true, false]);
    expect(userOf(found, 'berta')).toMatchObject({ emails: [], devices: 0, bytes: 0, files: 0 });
    expect(model.log.writes()).toEqual([]);
  });

  it('asks for devices and storage only where they are wanted, and then does not know them', async () => {
    addUser(model, 'anna');
    const found = await scan({ devices: false, storage: false });
    expect(userOf(found, 'anna')).toMatchObject({ devices: null, bytes: null, files: null });
    expect(model.log.count('GET', /devices|statistics/)).toBe(0);
    expect(model.log.count('GET')).toBe(1 + found.scan.users.length);
  });

  it('reads the storage of all with a request for 1,000 owners', async () => {
    for (let index = 0; index < 1001; index += 1) {
      const { name } = addUser(model, `u${index}`);
      addMedia(model, { user_id: name, media_length: 7 });
    }
    const found = await scan({ devices: false });
    expect(model.log.count('GET', /statistics/)).toBe(2);
    expect(found.scan.users.filter(({ bytes }) => bytes === 7)).toHaveLength(1001);
  });

  it('does not know the storage of users that a list cut short leaves out', async () => {
    addMedia(model, { user_id: addUser(model, 'anna').name, media_length: 7 });
    addUser(model, 'berta');
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      const body = (await response.clone().json()) as Record<string, unknown>;
      return url.includes('/statistics/') ? Response.json({ ...body, total: 2 }) : response;
    });
    const found = await scan();
    expect([userOf(found, 'anna')?.bytes, userOf(found, 'berta')?.bytes]).toEqual([7, null]);
    expect(inWords(found.scan.head.notes)).toEqual([expect.stringMatching(/storage .* is unknown here, not zero/)]);
  });

  it('takes “last seen” from the list where that remembers longer than the answer for one user', async () => {
    const seen = Date.UTC(2025, 0, 1);
    addDevice(model, addUser(model, 'anna'), { last_seen_ts: seen });
    expect(userOf(await scan(), 'anna')?.seenAt).toBe(seen);
  });

  it('leaves out whom the admin leaves out, and asks without guests under MAS', async () => {
    addUser(model, { localpart: 'gone', deactivated: true });
    addUser(model, { localpart: 'locked', locked: true });
    addUser(model, { localpart: '123', is_guest: true });
    expect(named(await scan({ deactivated: false, locked: false }))).toEqual(['@admin']);
    result = null;
    expect(named(await scan({ guests: true }))).toEqual(['@123', '@admin', '@gone', '@locked']);
    expect(queryOf({ ...EVERYTHING, guests: true }, { mas: true })).toMatchObject({ guests: false });
  });

  it('reads only users whose name really holds the text, though Synapse takes “_” for any character', async () => {
    for (const localpart of ['john_doe', 'johnxdoe']) addUser(model, localpart);
    expect(named(await scan({ name: 'john_doe' }))).toEqual(['@john_doe']);
  });

  it('names a user who could not be read, who counts neither as with nor as without anything', async () => {
    addUser(model, 'anna');
    addUser(model, 'berta');
    model.faults.next({ match: /GET .*@anna/, answer: '403', times: 9 });
    begin();
    const reading = await atItsEnd('users');
    reading?.goOnWithout();
    const found = await reported();
    expect(named(found)).toEqual(['@admin', '@berta']);
    expect(inWords(found.scan.unread)).toEqual([
      { userId: '@anna:demo.example', reason: expect.stringMatching(/policy/i), gone: false },
    ]);
  });

  it('never takes the word of a proxy for a user that is gone', async () => {
    addUser(model, 'anna');
    model.faults.next({ match: /GET .*@anna/, answer: '404-traefik', times: 20 });
    begin({ devices: false });
    (await atItsEnd('users'))?.goOnWithout();
    expect((await reported()).scan.unread).toMatchObject([{ userId: '@anna:demo.example', gone: false }]);
  });

  it('names a user who vanished while it ran, and asks nothing', async () => {
    addUser(model, 'anna');
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (url.includes('/v3/users')) model.state.users.delete('@anna:demo.example');
      return response;
    });
    const found = await scan();
    expect(named(found)).toEqual(['@admin']);
    expect(found.scan.unread).toMatchObject([{ userId: '@anna:demo.example', gone: true }]);
  });

  it('waits where the homeserver says so (429), and then reads everybody', async () => {
    for (let index = 0; index < 20; index += 1) addUser(model, `u${index}`);
    model.faults.next({ match: /GET .*\/v2\/users\//, answer: '429', times: 3, retryAfterMs: 10 });
    expect((await scan()).scan.users).toHaveLength(21);
  });
});

it('pauses where the token is lost, and resumes with the new one of the same account', async () => {
  for (let index = 0; index < 20; index += 1) addUser(model, `u${index}`);
  const token = model.adminToken;
  let asked = 0;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (url.includes('/v2/users/')) asked += 1;
    if (asked === 10) model.state.tokens.delete(token);
    return model.handle(new Request(url, init));
  });
  begin({ devices: false });
  await comes(() =>
    expect(draft.get().reading?.job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'signed-out' }),
  );
  signInTo(model, model.issueToken(model.adminId));
  draft.get().reading?.job.resume();
  expect((await reported()).scan.users).toHaveLength(21);
});

describe('what is kept of a scan', () => {
  it('is the same from disk, belongs to the account that scanned, and holds no token', async () => {
    addUser(model, {
      localpart: 'anna',
      displayname: '\u202Eanna',
      external_ids: [{ auth_provider: 'saml', external_id: '1' }],
    });
    const found = await scan();
    const kept = await onDisk();
    expect(kept).toEqual({ ...found.scan, head: { ...found.scan.head } });
    expect(found.problem).toBeNull();
    expect(kept.head.size).toBeGreaterThan(100);
    expect(JSON.stringify(kept)).not.toContain(model.adminToken);
    const { baseUrl } = ownerOf(session);
    expect(await listScans({ baseUrl, userId: '@other:demo.example' })).toEqual([]);
    expect(await listScans({ baseUrl: 'https://far.example', userId: session.userId })).toEqual([]);
  });

  it('stays where the scan is stopped, and reading the rest asks for nobody twice', async () => {
    for (let index = 0; index < 50; index += 1) addUser(model, `u${index}`);
    let asked = 0;
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (url.includes('/v2/users/')) asked += 1;
      if (asked === 20) draft.drop();
      return model.handle(new Request(url, init));
    });
    const part = await scan({ devices: false });
    expect(part.scan.head.endedAt).toBeNull();
    const kept = await onDisk();
    const read = kept.users.map(({ userId }) => userId);
    expect(read.length).toBeGreaterThan(0);
    expect([kept.listed.length, read.length < 51]).toEqual([51, true]);
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
    model.log.clear();
    result = null;
    draft.make((making) => resumeScan(session, kept, making, report));
    const whole = await reported();
    expect(whole.scan.users).toHaveLength(51);
    expect(whole.scan.head.endedAt).not.toBeNull();
    expect(model.log.count('GET', /\/v2\/users\//)).toBe(51 - read.length);
    expect(new Set((await onDisk()).users.map(({ userId }) => userId)).size).toBe(51);
  });

  it('is nothing where it was stopped before anybody was read', async () => {
    draft.subscribe(() => draft.get().reading?.stage === 'storage' && draft.drop());
    begin();
    await comes(() => expect(draft.get().isMaking).toBe(false));
    await comes(async () => expect(await listScans(ownerOf(session))).toEqual([]));
    expect(result).toBeNull();
  });

  it('is on disk where the account signs out while it runs, and reported to nobody', async () => {
    for (let index = 0; index < 50; index += 1) addUser(model, `u${index}`);
    let asked = 0;
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (url.includes('/v2/users/')) asked += 1;
      if (asked === 20) {
        signOut();
        draft.drop();
      }
      return model.handle(new Request(url, init));
    });
    begin({ devices: false });
    await comes(async () => expect((await onDisk()).users.length).toBeGreaterThan(0));
    expect(result).toBeNull();
  });

  it('is in this tab only where the disk refuses, and says why', async () => {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (this.name === 'users') throw new DOMException('', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    addUser(model, 'anna');
    const found = await scan();
    vi.restoreAllMocks();
    expect(named(found)).toEqual(['@admin', '@anna']);
    expect(inWords({ problem: found.problem })).toEqual({ problem: expect.stringMatching(/no space left/) });
  });
});
