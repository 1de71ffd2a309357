import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startJob } from '~/job-store/jobs';
import { signIn, signOut, type Session } from '~/data/session';
import { BASE, leavePage, planMade, signInTo } from '~/testing/signed-in';
import { pageEnvironment } from '~/jobs/environment';
import type { Job, LedgerRow } from '~/jobs/job';
import { Recollection, type Entry } from '~/jobs/journal';
import { createJob } from '~/jobs/runner';
import { addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { planRemoval } from './plan';
import { removalSpec } from './run';
import { putBackSpec } from './undo-run';
import { beginUndoScan, type UndoPlanned } from './undo-scan';
import { wordsOf } from '~/lib/words';
import { inWords } from '~/testing/in-words';

const google = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });
const saml = (external_id: string) => ({ auth_provider: 'saml', external_id });
let model: MockHomeserver;
let session: Session;

beforeEach(() => {
  model = new MockHomeserver();
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  session = signInTo(model);
});
afterEach(() => {
  leavePage();
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const owner = () => ({ baseUrl: BASE, userId: model.adminId });
const puts = () => model.log.of('PUT', /\/v2\/users\//);
const user = (localpart: string) => {
  const found = model.state.users.get(`@${localpart}:demo.example`);
  if (!found) throw new Error(`There is no ${localpart}`);
  return found;
};
const rows = (job: Job): LedgerRow[] => job.indexes([]).map((index) => job.row(index));

/** The plan to remove every id of Google. */
function planNow() {
  const users = [...model.state.users.values()].map((one) => ({
    userId: one.name,
    displayname: null,
    externalIds: one.external_ids.map((id) => ({ ...id })),
    admin: one.admin,
    deactivated: one.deactivated,
    locked: one.locked,
  }));
  return planRemoval({ scanned: { users, missing: [] }, provider: 'oidc-google', only: null, me: model.adminId });
}

async function remove(): Promise<Job> {
  const plan = planNow();
  const job = startJob(removalSpec(plan, owner()), plan.items.length);
  await job.settled();
  model.log.clear();
  return job;
}

const planOf = (job: Job): Promise<UndoPlanned> => planMade((making) => void beginUndoScan(session, job, making));

async function run({ plan, undoes }: UndoPlanned): Promise<LedgerRow[]> {
  // As after a reload: nothing but what JSON holds.
  const items = JSON.parse(JSON.stringify(plan.items)) as typeof plan.items;
  const job = startJob(putBackSpec(items, { undoes }, owner()), items.length);
  await job.settled();
  return rows(job);
}

const verdicts = ({ plan }: UndoPlanned) =>
  plan.rows.map(({ id, verdict, reason }) => `${id} ${verdict}: ${wordsOf(reason)}`);

describe('putting external ids back', () => {
  it('gives each user exactly what the job took, and reads it back', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('a/1 #?%'), saml('s')] });
    addUser(model, { localpart: 'two', external_ids: [google('2'), google('3')] });
    const had = ['anna', 'two'].map((name) => new Set(user(name).external_ids.map(({ external_id }) => external_id)));
    const job = await remove();
    const planned = await planOf(job);
    expect(model.log.writes()).toEqual([]);
    const ledger = await run(planned);
    expect(ledger.map(({ status, reason }) => `${status}: ${wordsOf(reason)}`)).toEqual([
      'done: Now: saml: s · oidc-google: a/1␣#?%.',
      'done: Now: oidc-google: 2 · oidc-google: 3.',
    ]);
    expect(
      ['anna', 'two'].map((name) => new Set(user(name).external_ids.map(({ external_id }) => external_id))),
    ).toEqual(had);
    expect(puts().map(({ body }) => Object.keys(body as object))).toEqual([['external_ids'], ['external_ids']]);
    expect(ledger[0]?.before).toMatchObject({ undoes: job.id, external_ids: [saml('s')] });
  });

  it('is made from what the journal of the job holds, and that is there before each PUT', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1'), saml('s')] });
    const written: Entry[] = [];
    const atPut: unknown[] = [];
    const journal = {
      write: async (entries: readonly Entry[]) => {
        await new Promise((resolve) => {
          setTimeout(resolve, 5);
        });
        written.push(...(JSON.parse(JSON.stringify(entries)) as Entry[]));
      },
    };
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (init.method === 'PUT') atPut.push(written.find(([what]) => what === 'before')?.[2]);
      return model.handle(new Request(url, init));
    });
    const { items } = planNow();
    const job = createJob(removalSpec({ ...planNow(), items }, owner()), pageEnvironment, { journal });
    job.start();
    await job.settled();
    expect(atPut).toEqual([
      expect.objectContaining({ external_ids: [google('1'), saml('s')], removes: [google('1')] }),
    ]);
    await vi.waitFor(() => expect(written.some(([what]) => what === 'end')).toBe(true), { timeout: 10_000 });

    const rowsKept = new Recollection(1).read(written);
    const kept = { id: job.id, state: { phase: 'finished' as const }, startedAt: 1, endedAt: 2, rows: rowsKept };
    const restored = createJob(removalSpec({ ...planNow(), items }, owner()), pageEnvironment, { restored: kept });
    expect((await run(await planOf(restored)))[0]).toMatchObject({ status: 'done' });
    expect(new Set(user('anna').external_ids)).toEqual(new Set([google('1'), saml('s')]));
  });

  it('sees through the stale look-up: the holder it names is asked what it has', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    addUser(model, { localpart: 'ben' });
    // Looked up while ben had it: the entry outlives the removal.
    const lookup = async () => {
      const path = `${BASE}/_synapse/admin/v1/auth_providers/oidc-google/users/1`;
      await fetch(path, { headers: { Authorization: `Bearer ${model.adminToken}` } });
    };
    const job = await remove();
    user('ben').external_ids = [google('1')];
    await lookup();
    expect(verdicts(await planOf(job))).toEqual([
      '@anna:demo.example cannot: Held by another account now: oidc-google: 1 by @ben:demo.example',
    ]);
    user('ben').external_ids = [];
    const planned = await planOf(job);
    expect(verdicts(planned)).toEqual(['@anna:demo.example will: ']);
    expect((await run(planned))[0]).toMatchObject({ status: 'done' });
  });

  it('takes 409 for the last word, where another account took an id after the plan', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    addUser(model, { localpart: 'ben' });
    const planned = await planOf(await remove());
    user('ben').external_ids = [google('1')];
    expect((await run(planned))[0]).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^Another account holds one of them now: External id is already in use/),
    });
    expect(user('anna').external_ids).toEqual([]);
  });

  it('skips who changed between plan and run', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    addUser(model, { localpart: 'ben', external_ids: [google('2')] });
    const planned = await planOf(await remove());
    user('anna').external_ids = [saml('new')];
    user('ben').external_ids = [google('2')];
    expect((await run(planned)).map(({ status, reason }) => `${status}: ${wordsOf(reason)}`)).toEqual([
      'skipped: Changed since the job: it left none, and now there is saml: new.',
      'skipped: Has them already.',
    ]);
    expect(puts()).toEqual([]);
  });

  it('sends nothing for an account that is gone, or another one of the name', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    addUser(model, { localpart: 'ben', external_ids: [google('2')] });
    const planned = await planOf(await remove());
    model.state.users.delete('@anna:demo.example');
    user('ben').creation_ts += 1000;
    const ledger = await run(planned);
    expect(ledger.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    expect(ledger[0]?.reason).toMatch(/^No such user any more/);
    expect(ledger[1]?.reason).toMatch(/^Another account of the same name/);
    expect(puts()).toEqual([]);
    expect(model.state.users.has('@anna:demo.example')).toBe(false);
  });

  it('never takes a 201 for success', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const planned = await planOf(await remove());
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (init.method === 'PUT') model.state.users.delete('@anna:demo.example');
      return model.handle(new Request(url, init));
    });
    expect((await run(planned))[0]).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/ATTENTION.*201/),
    });
  });

  it('does not call it done by what it reads, where the answer was lost', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const planned = await planOf(await remove());
    model.faults.next({ match: /^PUT/, answer: 'reset-after' });
    expect(inWords((await run(planned))[0])).toMatchObject({
      status: 'skipped',
      reason: expect.stringMatching(/^Has them when looked at: put back by this job or by someone else\./),
    });
    expect(puts()).toHaveLength(1);
  });

  it('promise 4: without a token nothing counts as sent: what somebody else put back meanwhile is not called done', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const { plan, undoes } = await planOf(await remove());
    model.log.clear();
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      // After the look, before the change.
      if (model.log.entries.length === 1) signOut();
      return response;
    });
    const job = startJob(putBackSpec(plan.items, { undoes }, owner()), plan.items.length);
    await vi.waitFor(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'signed-out' }), {
      timeout: 10_000,
    });
    user('anna').external_ids = [google('1')];
    signIn(session, 'page');
    job.resume();
    await job.settled();
    expect(rows(job)[0]).toMatchObject({ status: 'skipped', reason: 'Has them already.' });
    expect(puts()).toEqual([]);
  });

  it('gives a deactivated user its ids back', async () => {
    addUser(model, { localpart: 'gone', deactivated: true, external_ids: [google('1')] });
    expect((await run(await planOf(await remove())))[0]).toMatchObject({ status: 'done' });
    expect(user('gone')).toMatchObject({ deactivated: true, external_ids: [google('1')] });
  });

  it('has nothing to do a second time', async () => {
    addUser(model, { localpart: 'anna', external_ids: [google('1')] });
    const job = await remove();
    await run(await planOf(job));
    expect(verdicts(await planOf(job))).toEqual(['@anna:demo.example nothing: Has them already']);
  });
});
