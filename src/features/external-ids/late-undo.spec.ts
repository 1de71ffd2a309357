import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signOut, type Session } from '~/data/session';
import { BASE, planMade, signInTo } from '~/testing/signed-in';
import { pageEnvironment, type Environment } from '~/jobs/environment';
import type { Job } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { Hurry } from '~/testing/engine';
import { addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { LateLanding } from '~/mocks/late-landing';
import type { User } from '~/mocks/state';
import { canBePutBack } from './before';
import { removalSpec } from './run';
import { putBackSpec } from './undo-run';
import { beginUndoScan, withUnsure, type UndoPlanned } from './undo-scan';
import { inWords } from '~/testing/in-words';

/** Removals that land when the job is over, whatever it said of them: a look finds them, and an undo includes them. */

const google = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });
const saml = (external_id: string) => ({ auth_provider: 'saml', external_id });
/** The machine may be busy; what is waited for comes. */
const SLOWLY = { timeout: 10_000 };
/** Pauses between two tries are as short as they can be. */
const quick = { ...pageEnvironment, after: (_ms: number, callback: () => void) => pageEnvironment.after(1, callback) };
let model: MockHomeserver;
let anna: User;
let session: Session;
let late: LateLanding;

beforeEach(() => {
  model = new MockHomeserver();
  anna = addUser(model, { localpart: 'anna', external_ids: [google('1'), saml('a')] });
  late = new LateLanding(model, /^PUT/);
  vi.stubGlobal('fetch', late.fetch);
  session = signInTo(model);
});
afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const owner = () => ({ baseUrl: BASE, userId: model.adminId });
const ids = () => new Set(anna.external_ids.map((id) => JSON.stringify(id)));
const these = (...some: object[]) => new Set(some.map((id) => JSON.stringify(id)));

function removal() {
  const removes = [google('1')];
  const item = { userId: anna.name, provider: 'oidc-google', removes, planned: [google('1'), saml('a')] };
  return removalSpec({ provider: 'oidc-google', items: [item] }, owner());
}

async function comesTo(job: Job, status: string, ...phases: string[]): Promise<void> {
  await vi.waitFor(() => expect(job.row(0).status).toBe(status), SLOWLY);
  await vi.waitFor(() => expect(phases).toContain(job.getSnapshot().state.phase), SLOWLY);
}

/** No try gets an answer, and it is looked for in vain. */
async function lookedForInVain(environment: Environment = quick): Promise<Job> {
  const job = createJob(removal(), environment);
  job.start();
  await comesTo(job, 'unknown', 'finished');
  job.verifyUnknown();
  await comesTo(job, 'waiting', 'paused');
  return job;
}

async function lookAgain(job: Job): Promise<void> {
  job.lookAgain();
  await vi.waitFor(() => expect(job.getSnapshot().unsettled?.lookedAt).toEqual(expect.any(Number)), SLOWLY);
}

const planOf = (job: Job): Promise<UndoPlanned> => planMade((making) => void beginUndoScan(session, job, making));

async function undo({ plan, undoes }: UndoPlanned): Promise<Job> {
  const job = createJob(putBackSpec(plan.items, { undoes }, owner()), quick);
  job.start();
  await job.settled();
  return job;
}

describe('a removal that lands when its job is over', () => {
  it('is not among what never ran where the job was stopped, is found, and can be undone', async () => {
    const job = await lookedForInVain();
    job.stop();
    await comesTo(job, 'unknown', 'finished', 'stopped');
    expect(inWords(job.row(0).reason)).toMatch(/may still be\.\)$/);
    await late.land();
    await lookAgain(job);
    expect(inWords(job.row(0))).toMatchObject({
      status: 'skipped',
      reason: expect.stringMatching(/Gone when looked at: removed by this job or by someone else/),
    });
    expect(canBePutBack(job.row(0))).toBe(true);
    const planned = await planOf(job);
    expect(planned.plan).toMatchObject({ items: [], unsure: 1 });
    expect((await undo(withUnsure(planned, true))).row(0).status).toBe('done');
    expect(ids()).toEqual(these(google('1'), saml('a')));
  });

  it('takes what came since along, and an undo gives all of it back', async () => {
    const job = await lookedForInVain();
    anna.external_ids = [google('1'), saml('a'), google('new'), saml('b')];
    job.resume();
    await comesTo(job, 'skipped', 'finished');
    expect(inWords(job.row(0).reason)).toMatch(/Changed since the plan: .*may still be\.\)$/);
    await late.land();
    expect(ids()).toEqual(these(saml('a')));
    await lookAgain(job);
    await undo(withUnsure(await planOf(job), true));
    expect(ids()).toEqual(these(google('1'), saml('a'), google('new'), saml('b')));
  });

  it('is not denied by twenty times 429', async () => {
    const job = await lookedForInVain(new Hurry());
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      init.method === 'PUT'
        ? Promise.resolve(
            Response.json({ errcode: 'M_LIMIT_EXCEEDED', error: 'Slow', retry_after_ms: 1 }, { status: 429 }),
          )
        : late.fetch(url, init),
    );
    job.resume();
    await comesTo(job, 'unknown', 'finished');
    vi.stubGlobal('fetch', late.fetch);
    await late.land();
    await lookAgain(job);
    expect(job.row(0)).toMatchObject({ status: 'skipped', before: { removes: [google('1')] } });
  });

  it('and takes an id along that was to be kept, though a later try was done: the row says so', async () => {
    const first = late;
    const job = await lookedForInVain();
    anna.external_ids = [google('1'), saml('a'), saml('b')];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
    job.resume();
    await comesTo(job, 'done', 'finished');
    expect(job.row(0).unanswered).toBe(true);
    await first.land();
    expect(ids()).toEqual(these(saml('a')));
    await lookAgain(job);
    expect(inWords(job.row(0))).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^It was done\. Looked at again: What was to be kept is missing: saml: b/),
    });
    await undo(withUnsure(await planOf(job), true));
    expect(ids()).toEqual(these(google('1'), saml('a'), saml('b')));
  });
});

/** The first try got no answer, the second one did, and the ids were put back. */
async function putBack(): Promise<Job> {
  const job = await lookedForInVain();
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  job.resume();
  await comesTo(job, 'done', 'finished');
  const planned = await planOf(job);
  expect(planned.plan).toMatchObject({ late: 1, items: [{ late: true }] });
  return undo(planned);
}

describe('an undo of a removal that may still land', () => {
  it('says so when it is done, looks again, and can put the ids back once more', async () => {
    const job = await putBack();
    expect(job.row(0)).toMatchObject({
      status: 'done',
      reason: expect.stringMatching(/may still take them away again/),
    });
    expect(job.getSnapshot().unsettled).toMatchObject({ count: 1 });
    await lookAgain(job);
    expect(job.row(0).status).toBe('done');
    await late.land();
    expect(ids()).toEqual(these(saml('a')));
    job.lookAgain();
    await comesTo(job, 'failed', 'finished');
    expect(inWords(job.row(0).reason)).toMatch(/^It was done, and is no longer so when looked at again/);
    job.retryFailed();
    await comesTo(job, 'done', 'finished');
    expect(ids()).toEqual(these(google('1'), saml('a')));
  });

  it('that put the ids back without an answer says so, also where somebody added another one since', async () => {
    anna.external_ids = [saml('a')];
    const lost = new LateLanding(model, /^PUT/);
    vi.stubGlobal('fetch', lost.fetch);
    const item = { userId: anna.name, adds: [google('1')], left: [saml('a')], createdAt: anna.creation_ts * 1000 };
    const job = createJob(putBackSpec([item], { undoes: 'x' }, owner()), quick);
    job.start();
    await comesTo(job, 'unknown', 'finished');
    await lost.land();
    anna.external_ids.push(saml('b'));
    job.verifyUnknown();
    await comesTo(job, 'skipped', 'finished');
    expect(inWords(job.row(0).reason)).toMatch(
      /Has them when looked at: put back by this job or by someone else, and changed by someone since: now/,
    );
  });
});

describe('an answer of 200 about somebody else', () => {
  it('is no answer: a removal is not called done by it, and a look says what it is', async () => {
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (init.method !== 'PUT') return response;
      return Response.json({ ...((await response.json()) as object), name: '@somebody:else.example' });
    });
    const job = createJob(removal(), quick);
    job.start();
    await comesTo(job, 'skipped', 'finished');
    expect(inWords(job.row(0))).toMatchObject({
      unanswered: true,
      reason: expect.stringMatching(/Gone when looked at/),
    });
  });

  it('nor is a look: nothing is sent by what it says', async () => {
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      return Response.json({ ...((await response.json()) as object), name: '@somebody:else.example' });
    });
    const job = createJob(removal(), quick);
    job.start();
    await comesTo(job, 'failed', 'finished');
    expect(inWords(job.row(0).reason)).toMatch(/@somebody:else\.example, and @anna:.* was asked about/);
    expect(model.log.writes()).toEqual([]);
  });
});
