import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signIn, signOut } from '~/data/session';
import { pageEnvironment } from '~/jobs/environment';
import type { Job, JobSpec } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { Notebook } from '~/testing/engine';
import { addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { LateLanding } from '~/mocks/late-landing';
import type { User } from '~/mocks/state';
import { canBePutBack } from './before';
import { removalSpec } from './run';
import { putBackSpec } from './undo-run';
import { inWords } from '~/testing/in-words';

/** PUTs that the homeserver carries out after nobody waits for them any more: whose doing is told as far as known. */

const BASE = 'https://demo.example';
const google = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });
const saml = (external_id: string) => ({ auth_provider: 'saml', external_id });
/** The machine may be busy; what is waited for comes. */
const SLOWLY = { timeout: 10_000 };
let model: MockHomeserver;
let anna: User;

beforeEach(() => {
  model = new MockHomeserver();
  anna = addUser(model, { localpart: 'anna', external_ids: [google('1'), saml('a')] });
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  const homeserver = { baseUrl: BASE, token: model.adminToken };
  const who = { homeserver, userId: model.adminId, serverName: model.serverName, version: model.version, mas: false };
  signIn({ ...who, demo: false }, 'page');
});
afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

/** Pauses between two tries are as short as they can be. */
const quick = { ...pageEnvironment, after: (_ms: number, callback: () => void) => pageEnvironment.after(1, callback) };
const owner = () => ({ baseUrl: BASE, userId: model.adminId });
/** Synapse keeps it in seconds. */
const bornMs = () => anna.creation_ts * 1000;
const puts = () => model.log.of('PUT', /\/v2\/users\//);

const removal = () => {
  const removes = [google('1')];
  const item = { userId: anna.name, provider: 'oidc-google', removes, planned: [saml('a')] };
  return removalSpec({ provider: 'oidc-google', items: [item] }, owner());
};
const puttingBack = () => {
  const item = { userId: anna.name, adds: [google('1')], left: [saml('a')], createdAt: bornMs() };
  return putBackSpec([item], { undoes: 'x' }, owner());
};

async function comesTo(job: Job, status: string): Promise<void> {
  await vi.waitFor(() => expect(job.row(0).status).toBe(status), SLOWLY);
  await vi.waitFor(() => expect(['paused', 'finished']).toContain(job.getSnapshot().state.phase), SLOWLY);
}

interface Lost {
  job: Job;
  late: LateLanding;
  /** The same job in the next page, which has only the journal to go by. */
  next(): Job;
}

/** No try gets an answer, and then it is looked for in vain. */
async function loseAnswers<Item>(spec: () => JobSpec<Item>): Promise<Lost> {
  const late = new LateLanding(model, /^PUT/);
  vi.stubGlobal('fetch', late.fetch);
  const journal = new Notebook();
  const job = createJob(spec(), quick, { journal });
  job.start();
  await comesTo(job, 'unknown');
  job.verifyUnknown();
  await comesTo(job, 'waiting');
  await vi.waitFor(() => expect(journal.entries.at(-1)?.[0]).toBe('back'), SLOWLY);
  return { job, late, next: () => createJob(spec(), quick, { restored: journal.restored(job) }) };
}

const FOUND_GONE = {
  status: 'skipped',
  reason: expect.stringMatching(/Gone when looked at: removed by this job or by someone else\. Left: saml: a\./),
  before: { external_ids: [google('1'), saml('a')], removes: [google('1')], found_gone: true },
};

describe('a removal of external ids', () => {
  it.each(['same page', 'next page'] as const)(
    'that lands after it was verified as not done is told as what it can be, and can be undone: in the %s',
    async (where) => {
      const { job, late, next } = await loseAnswers(removal);
      await late.land();
      const going = where === 'same page' ? job : next();
      going.resume();
      await comesTo(going, 'skipped');
      expect(inWords(going.row(0))).toMatchObject(FOUND_GONE);
      expect(canBePutBack(going.row(0))).toBe(true);
    },
  );

  it('that a later page finds when it verifies is told so too', async () => {
    const late = new LateLanding(model, /^PUT/);
    vi.stubGlobal('fetch', late.fetch);
    const journal = new Notebook();
    const job = createJob(removal(), quick, { journal });
    job.start();
    await comesTo(job, 'unknown');
    await vi.waitFor(() => expect(journal.entries.at(-1)?.[0]).toBe('end'), SLOWLY);
    await late.land();
    const next = createJob(removal(), quick, { restored: journal.restored(job) });
    next.verifyUnknown();
    await comesTo(next, 'skipped');
    expect(inWords(next.row(0))).toMatchObject(FOUND_GONE);
  });

  it('keeps what it may have removed, where by now there is another id of the provider', async () => {
    const { late, next } = await loseAnswers(removal);
    await late.land();
    anna.external_ids = [saml('a'), google('new')];
    const going = next();
    going.resume();
    await comesTo(going, 'failed');
    expect(inWords(going.row(0))).toMatchObject({
      reason: expect.stringMatching(/Gone when looked at: removed by this job or by someone else, but there is now/),
      before: { removes: [google('1')] },
    });
  });

  it('that did not land is no removal, where another id came beside: it is skipped, and what it may still take is kept', async () => {
    const { next } = await loseAnswers(removal);
    anna.external_ids = [google('1'), saml('a'), google('new')];
    const going = next();
    going.resume();
    await comesTo(going, 'skipped');
    expect(inWords(going.row(0))).toMatchObject({
      reason: expect.stringMatching(
        /Changed since the plan: it now has oidc-google: 1 · oidc-google: new\..? \(An earlier/,
      ),
      before: { removes: [google('1'), google('new')] },
    });
    expect(puts()).toEqual([]);
  });

  it('that made a new account of the name, as a later page finds, is never told as a success', async () => {
    // Of another second than the one that is made now.
    anna.creation_ts -= 86_400;
    const { late, next } = await loseAnswers(removal);
    model.state.users.delete(anna.name);
    await late.land();
    expect(model.state.users.has(anna.name)).toBe(true);
    const going = next();
    going.resume();
    await comesTo(going, 'failed');
    expect(inWords(going.row(0).reason)).toMatch(/^ATTENTION: .* a request of this job may have made it/);
  });
});

/** It fails, and another page, which has only the journal to go by, tries once more. */
async function failsAndIsRetried<Item>(spec: () => JobSpec<Item>, meanwhile: () => void): Promise<Job> {
  const journal = new Notebook();
  const job = createJob(spec(), quick, { journal });
  job.start();
  await comesTo(job, 'failed');
  await vi.waitFor(() => expect(journal.entries.at(-1)?.[0]).toBe('end'), SLOWLY);
  meanwhile();
  const next = createJob(spec(), quick, { restored: journal.restored(job) });
  next.retryFailed();
  await vi.waitFor(() => expect(next.row(0).attempts).toBe(2), SLOWLY);
  await vi.waitFor(() => expect(next.getSnapshot().state.phase).toBe('finished'), SLOWLY);
  return next;
}

/** The account goes away between the look and the PUT, and Synapse makes a new one of its name (201). */
function goesAwayBeforeThePut(): void {
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (init.method === 'PUT' && puts().length === 0) model.state.users.delete(anna.name);
    return model.handle(new Request(url, init));
  });
}
/** Of another second than the one that was there. */
function ages(): void {
  const made = model.state.users.get(anna.name);
  if (made) made.creation_ts += 100;
}

describe('a retry on a later page', () => {
  it('of a removal that made a new account still says so', async () => {
    goesAwayBeforeThePut();
    const next = await failsAndIsRetried(removal, ages);
    expect(next.row(0)).toMatchObject({ status: 'failed', reason: expect.stringMatching(/^ATTENTION: /) });
  });

  it('of a putting back that made a new account still says so', async () => {
    anna.external_ids = [saml('a')];
    goesAwayBeforeThePut();
    const next = await failsAndIsRetried(puttingBack, ages);
    expect(next.row(0)).toMatchObject({ status: 'failed', reason: expect.stringMatching(/^ATTENTION: /) });
  });

  it('of a removal after which there was another id keeps what was removed, and can be undone', async () => {
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const answer = await model.handle(new Request(url, init));
      if (init.method !== 'PUT') return answer;
      return Response.json({ ...((await answer.json()) as object), external_ids: [saml('a'), google('new')] });
    });
    const next = await failsAndIsRetried(removal, () => undefined);
    expect(next.row(0)).toMatchObject(FOUND_GONE);
    expect(canBePutBack(next.row(0))).toBe(true);
  });

  it('of what was marked ahead and never sent does not claim what somebody else did', async () => {
    const journal = new Notebook();
    await journal.write([['sent', 0]]);
    anna.external_ids = [saml('a')];
    const job = createJob(removal(), quick, { restored: journal.restored(createJob(removal(), quick)) });
    job.verifyUnknown();
    await comesTo(job, 'skipped');
    expect(job.row(0).reason).toMatch(/nothing was sent/);
    expect(canBePutBack(job.row(0))).toBe(false);
  });
});

describe('putting external ids back', () => {
  beforeEach(() => {
    anna.external_ids = [saml('a')];
    // Of another second than one that is made now.
    anna.creation_ts -= 86_400;
  });

  it.each(['same page', 'next page'] as const)(
    'that lands after it was verified as not done is not told as somebody else’s: in the %s',
    async (where) => {
      const { job, late, next } = await loseAnswers(puttingBack);
      await late.land();
      const going = where === 'same page' ? job : next();
      going.resume();
      await comesTo(going, 'skipped');
      expect(inWords(going.row(0).reason)).toMatch(
        /Has them when looked at: put back by this job or by someone else\. \(/,
      );
    },
  );

  it.each(['found when verified', 'found at the next try'] as const)(
    'that made a new account of the name is never told as a success: %s',
    async (when) => {
      const spec = puttingBack();
      const late = new LateLanding(model, /^PUT/);
      vi.stubGlobal('fetch', late.fetch);
      const job = createJob(spec, quick);
      job.start();
      await comesTo(job, 'unknown');
      if (when === 'found at the next try') {
        job.verifyUnknown();
        await comesTo(job, 'waiting');
      }
      model.state.users.delete(anna.name);
      await late.land();
      expect(model.state.users.get(anna.name)?.external_ids).toHaveLength(2);
      if (when === 'found at the next try') job.resume();
      else job.verifyUnknown();
      await comesTo(job, 'failed');
      expect(inWords(job.row(0).reason)).toMatch(/^ATTENTION: .* a request of this job may have made it/);
    },
  );

  it('whose 201 only the browser saw, since it sent it twice by itself, is never told as a success', async () => {
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (init.method !== 'PUT') return model.handle(new Request(url, init));
      model.state.users.delete(anna.name);
      await model.handle(new Request(url, init));
      return model.handle(new Request(url, init));
    });
    const job = createJob(puttingBack(), quick);
    job.start();
    await comesTo(job, 'failed');
    expect(job.row(0).reason).toMatch(/^ATTENTION/);
  });
});
