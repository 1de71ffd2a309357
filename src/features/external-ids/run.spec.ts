import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startJob } from '~/job-store/jobs';
import { signOut } from '~/data/session';
import { BASE, leavePage, signInTo } from '~/testing/signed-in';
import type { Job, LedgerRow } from '~/jobs/job';
import { mayStillCome } from '~/jobs/retries';
import { addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { planRemoval, type ExternalIdsPlan } from './plan';
import { removalSpec } from './run';
import { removedBy } from './undo-plan';
import { inWords } from '~/testing/in-words';

const GOOGLE = 'oidc-google';
const google = (external_id: string) => ({ auth_provider: GOOGLE, external_id });
const saml = (external_id: string) => ({ auth_provider: 'saml', external_id });
/** The machine may be busy; what is waited for comes. */
const SLOWLY = { timeout: 10_000 };
let model: MockHomeserver;

beforeEach(() => {
  model = new MockHomeserver();
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  signInAgain();
});
afterEach(() => {
  leavePage();
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const signInAgain = (token = model.adminToken) => signInTo(model, token);

/** The plan of the world as it is now. */
function planNow(): ExternalIdsPlan {
  const users = [...model.state.users.values()].map((user) => ({
    userId: user.name,
    displayname: user.displayname,
    externalIds: user.external_ids.map((id) => ({ ...id })),
    admin: user.admin,
    deactivated: user.deactivated,
    locked: user.locked,
  }));
  return planRemoval({ scanned: { users, missing: [] }, provider: GOOGLE, only: null, me: model.adminId });
}

function begin(plan = planNow()): Job {
  return startJob(removalSpec(plan, { baseUrl: BASE, userId: model.adminId }), plan.items.length);
}

const rows = (job: Job): LedgerRow[] => job.indexes([]).map((index) => job.row(index));
const puts = () => model.log.of('PUT', /\/v2\/users\//);
const idsOf = (localpart: string) => model.state.users.get(`@${localpart}:demo.example`)?.external_ids;

async function row(job: Job): Promise<LedgerRow> {
  await job.settled();
  const [first] = rows(job);
  if (!first) throw new Error('The job has no item');
  return first;
}

/** The account goes away after it was read and before the PUT comes. */
function goesAwayInBetween(answer?: '504-after'): void {
  const user = model.state.users.get('@anna:demo.example');
  if (user) user.creation_ts -= 86_400;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (init.method === 'PUT') model.state.users.delete('@anna:demo.example');
    return model.handle(new Request(url, init));
  });
  if (answer) model.faults.next({ match: /^PUT/, answer });
}

describe('removing external ids', () => {
  it('PUTs only users that change, and of them only external_ids, keeping every other provider', async () => {
    addUser(model, { localpart: 'both', external_ids: [google('1'), saml('b')] });
    addUser(model, { localpart: 'two', external_ids: [google('2'), google('3')] });
    addUser(model, { localpart: 'other', external_ids: [saml('o')] });
    addUser(model, 'none');
    const snapshot = await begin().settled();
    expect(snapshot.counts).toMatchObject({ done: 2, failed: 0, skipped: 0, unknown: 0 });
    expect(puts().map(({ path, body }) => [path.split('/').at(-1), body])).toEqual([
      ['@both:demo.example', { external_ids: [saml('b')] }],
      ['@two:demo.example', { external_ids: [] }],
    ]);
    expect(idsOf('both')).toEqual([saml('b')]);
    expect(idsOf('two')).toEqual([]);
    expect(idsOf('other')).toEqual([saml('o')]);
  });

  it('takes deactivated and locked users, and ids with a slash', async () => {
    addUser(model, { localpart: 'a/b', external_ids: [google('1')] });
    addUser(model, { localpart: 'deactivated', deactivated: true, external_ids: [google('2')] });
    addUser(model, { localpart: 'locked', locked: true, external_ids: [google('3')] });
    expect((await begin().settled()).counts.done).toBe(3);
    expect([idsOf('a/b'), idsOf('deactivated'), idsOf('locked')]).toEqual([[], [], []]);
  });

  it('keeps the list as it was found just before the change, in the ledger', async () => {
    addUser(model, { localpart: 'both', external_ids: [google('1'), saml('b')] });
    expect((await row(begin())).before).toEqual({
      kept: 'external-ids/1',
      user_id: '@both:demo.example',
      created_at: expect.any(Number),
      external_ids: [google('1'), saml('b')],
      removes: [google('1')],
    });
  });

  it('keeps an id of another provider that a sign-in added after the plan', async () => {
    const user = addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const plan = planNow();
    user.external_ids.push(saml('new'));
    expect((await row(begin(plan))).status).toBe('done');
    expect(idsOf('anna')).toEqual([saml('new')]);
  });

  it('promise 3: skips and tells, where the ids of the provider changed since the plan', async () => {
    const user = addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const plan = planNow();
    user.external_ids.push(google('2'));
    expect(await row(begin(plan))).toMatchObject({
      status: 'skipped',
      reason: 'Changed since the plan: it now has oidc-google: 1 · oidc-google: 2.',
    });
    expect(puts()).toEqual([]);
    expect(idsOf('anna')).toEqual([google('1'), google('2')]);
  });

  it('says in the ledger that it removed nothing where the ids were gone already', async () => {
    const user = addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const plan = planNow();
    user.external_ids = [];
    expect((await row(begin(plan))).before).toMatchObject({ external_ids: [], removes: [] });
  });

  it('skips who has lost them already; running the same plan twice is harmless', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const plan = planNow();
    await begin(plan).settled();
    model.log.clear();
    expect(await row(begin(plan))).toMatchObject({ status: 'skipped', reason: expect.stringMatching(/gone already/) });
    expect(puts()).toEqual([]);
  });

  it('sends nothing for a user who is gone: a PUT would make a new account', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const plan = planNow();
    model.state.users.delete('@anna:demo.example');
    expect(inWords(await row(begin(plan)))).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/M_NOT_FOUND/),
    });
    expect(puts()).toEqual([]);
    expect(idsOf('anna')).toBeUndefined();
  });

  it('never takes a 201 for success: it says loudly that an account was made', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    goesAwayInBetween();
    expect(await row(begin())).toMatchObject({ status: 'failed', reason: expect.stringMatching(/ATTENTION.*201/) });
  });

  it('not even where the 201 itself was lost', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    goesAwayInBetween('504-after');
    expect(inWords(await row(begin()))).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/ATTENTION.*201/),
    });
  });

  it('reads again where the answer was lost, and tells what it finds as what it can be', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1'), saml('a')] });
    model.faults.next({ match: /^PUT/, answer: 'reset-after' });
    expect(await row(begin())).toMatchObject({
      status: 'skipped',
      reason: mayStillCome('Gone when looked at: removed by this job or by someone else. Left: saml: a.'),
      before: { external_ids: [google('1'), saml('a')], removes: [google('1')], found_gone: true },
    });
    expect(puts()).toHaveLength(1);
  });

  it('not even where only the browser saw the 201, and sent the request again by itself', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    goesAwayInBetween();
    const once = globalThis.fetch;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (init.method === 'PUT') await once(url, init);
      return init.method === 'PUT' ? model.handle(new Request(url, init)) : once(url, init);
    });
    expect(await row(begin())).toMatchObject({ status: 'failed', reason: expect.stringMatching(/ATTENTION.*201/) });
  });

  it('after a lost answer, an id that a sign-in added is told as such, and the state before is kept', async () => {
    const user = addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (init.method !== 'PUT') return response;
      user.external_ids = [google('new')];
      throw new TypeError('Failed to fetch');
    });
    expect(inWords(await row(begin()))).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/Gone when looked at.*, but there is now oidc-google: new/),
      before: expect.objectContaining({ external_ids: [google('1')], removes: [google('1')] }),
    });
  });

  it('what an answer said to be removed is this job’s doing for its undo, also where the row failed', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1'), saml('a')] });
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (init.method !== 'PUT') return response;
      const body = (await response.json()) as object;
      return Response.json({ ...body, external_ids: [saml('a'), google('new')] });
    });
    const failed = await row(begin());
    expect(failed).toMatchObject({ status: 'failed', reason: expect.stringMatching(/^Removed, but there is now/) });
    expect(removedBy(failed)).toMatchObject({ removes: [google('1')], left: [saml('a')], unsure: false });
  });

  it('what is gone beside what was to be removed is nobody’s for sure', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1'), saml('a')] });
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (init.method !== 'PUT') return response;
      return Response.json({ ...((await response.json()) as object), external_ids: [] });
    });
    const failed = await row(begin());
    expect(failed.status).toBe('failed');
    expect(removedBy(failed)).toMatchObject({ removes: [google('1'), saml('a')], unsure: true });
  });

  it('takes two requests: a look, and the PUT, whose answer tells what came of it', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1'), saml('a')] });
    expect(await row(begin())).toMatchObject({ status: 'done', reason: expect.stringMatching(/^Left: saml: a/) });
    expect(model.log.entries.map(({ method }) => method)).toEqual(['GET', 'PUT']);
  });

  it('tells the reason of the homeserver where it refuses, and changes nothing', async () => {
    addUser(model, { localpart: 'fail-403-anna', external_ids: [google('1')] });
    expect(inWords(await row(begin()))).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/Refused by a policy of this homeserver/),
    });
    expect(idsOf('fail-403-anna')).toEqual([google('1')]);
  });

  it.each([
    ['an id of the provider is there all the same', [google('1'), saml('a')], /there is now .*oidc-google: 1/],
    ['one that was to be kept is gone', [], /^What was to be kept is missing: saml: a/],
  ])('promise 4: fails where %s, by the answer to the PUT', async (_, external_ids, reason) => {
    addUser(model, { localpart: 'anna', external_ids: [google('1'), saml('a')] });
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (init.method !== 'PUT') return response;
      return Response.json({ ...((await response.json()) as object), external_ids });
    });
    expect(await row(begin())).toMatchObject({ status: 'failed', reason: expect.stringMatching(reason) });
  });

  it('pauses when the token is lost, and goes on where it was with a new one', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      addUser(model, { localpart: name, external_ids: [google(name)] });
    }
    model.faults.next({ match: /^PUT.*@c:/, answer: '401' });
    const job = begin();
    await vi.waitFor(
      () => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'signed-out' }),
      SLOWLY,
    );
    expect(job.getSnapshot().counts.failed).toBe(0);
    signInAgain();
    job.resume();
    expect((await job.settled()).counts.done).toBe(6);
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map(idsOf)).toEqual([[], [], [], [], [], []]);
  });

  it('promise 4: without a token nothing counts as sent: what somebody else removed meanwhile is not called done', async () => {
    const user = addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      // After the look, before the removal.
      if (model.log.entries.length === 1) signOut();
      return response;
    });
    const job = begin();
    await vi.waitFor(
      () => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'signed-out' }),
      SLOWLY,
    );
    user.external_ids = [];
    signInAgain();
    job.resume();
    expect(await row(job)).toMatchObject({
      status: 'skipped',
      reason: 'Changed since the plan: the ids are gone already.',
      before: { removes: [] },
    });
    expect(puts()).toEqual([]);
  });

  it('never goes on as another account', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const plan = planNow();
    signOut();
    const job = begin(plan);
    await vi.waitFor(
      () => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'signed-out' }),
      SLOWLY,
    );
    expect(model.log.entries).toEqual([]);
    job.stop();
    await job.settled();
  });

  it('refuses to run another number than the one that was confirmed', () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const spec = removalSpec(planNow(), { baseUrl: BASE, userId: model.adminId });
    expect(() => startJob(spec, 2)).toThrow(/number that was confirmed/);
    expect(model.log.entries).toEqual([]);
  });
});
