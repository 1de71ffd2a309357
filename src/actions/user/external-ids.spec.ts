import { describe, expect, it, vi } from 'vitest';
import { actionJob } from '~/actions/job';
import type { ActionItem } from '~/actions/plan';
import { changedBy } from '~/actions/undo';
import { send } from '~/api/ask';
import type { Job, JobSpec } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { wordsOf } from '~/lib/words';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { LateLanding } from '~/mocks/late-landing';
import type { User } from '~/mocks/state';
import { groundOf, planned, undoing } from '~/testing/actions';
import { Notebook } from '~/testing/engine';
import { modelForEach } from '~/testing/model-for-each';
import { comesTo, quick, SLOWLY } from '~/testing/quick-jobs';
import { removeExternalIds } from './external-ids';
import { inWords } from '~/testing/in-words';

/** What the removal of external ids promises besides what every action does (`promises.spec.ts`). */

const google = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });
const saml = (external_id: string) => ({ auth_provider: 'saml', external_id });
const GOOGLE = { provider: 'oidc-google' };

let model: MockHomeserver;
let anna: User;

modelForEach((made) => {
  model = made;
  anna = addUser(model, { localpart: 'anna', external_ids: [google('1/ä #?'), saml('a')] });
  // Of another second than one that is made now.
  anna.creation_ts -= 86_400;
});

const removal = (...users: User[]) =>
  planned(
    model,
    removeExternalIds,
    (users.length > 0 ? users : [anna]).map(({ name }) => name),
    GOOGLE,
  );
const undo = async (job: Job) =>
  undoing(
    model,
    removeExternalIds,
    job.indexes([]).map((index) => job.row(index)),
  );
const idsOf = ({ external_ids }: User) => new Set(external_ids.map((one) => JSON.stringify(one)));
const these = (...some: object[]) => new Set(some.map((one) => JSON.stringify(one)));
const puts = () => model.log.of('PUT', /\/v2\/users\//);
const reason = (job: Job) => wordsOf(job.row(0).reason);

async function run<Item>(spec: JobSpec<Item>): Promise<Job> {
  const job = createJob(spec, quick);
  job.start();
  await job.settled();
  return job;
}

/** In the place of the answer to a PUT, which is carried out. */
function answers(change: (user: object) => object): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await model.handle(new Request(url, init));
    if (init.method !== 'PUT') return response;
    return Response.json(change((await response.json()) as object));
  });
}

/** The account goes away after the look and before the PUT. */
function goesAwayInBetween(): void {
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (init.method === 'PUT' && puts().length === 0) model.state.users.delete(anna.name);
    return model.handle(new Request(url, init));
  });
}

describe('removing external ids', () => {
  it('takes a look and a PUT of nothing but the list, which keeps every other provider', async () => {
    const gone = addUser(model, { localpart: 'a/b', deactivated: true, external_ids: [google('2'), google('3')] });
    const locked = addUser(model, { localpart: 'locked', locked: true, external_ids: [google('4')] });
    const spec = await removal(anna, gone, locked);
    model.log.clear();
    const job = await run(spec);
    expect(job.getSnapshot().counts).toMatchObject({ done: 3 });
    expect(puts().map(({ body }) => body)).toEqual([
      { external_ids: [saml('a')] },
      { external_ids: [] },
      { external_ids: [] },
    ]);
    expect(model.log.entries).toHaveLength(6);
    expect(job.row(0)).toMatchObject({
      columns: { before: 'oidc-google: 1/ä #? · saml: a', after: 'saml: a' },
      before: { before: { external_ids: [google('1/ä #?'), saml('a')] }, identity: anna.creation_ts * 1000 },
    });
    expect(inWords(spec.title)).toBe('Remove the oidc-google IDs of 3 users');
  });

  it('does not mind in which order the homeserver lists them', async () => {
    const spec = await removal();
    anna.external_ids.reverse();
    expect((await run(spec)).row(0).status).toBe('done');
  });

  it.each([
    ['an id of the provider', google('2'), 'oidc-google: 2'],
    ['an id of another one', saml('b'), 'saml: b'],
  ])('promise 3: skips and lists who got %s since the plan', async (_, id, words) => {
    const spec = await removal();
    anna.external_ids.push(id);
    const job = await run(spec);
    expect(job.row(0).status).toBe('skipped');
    expect(reason(job)).toMatch(/^Changed since the plan: now /);
    expect(reason(job)).toContain(words);
    expect(puts()).toEqual([]);
  });

  it('sends nothing to a Synapse that merges the list with what is there', async () => {
    const spec = await removal();
    const server = { serverName: model.serverName, version: '1.45.0', mas: false };
    const { items } = spec;
    const facts = { items, input: GOOGLE };
    const job = await run(actionJob(removeExternalIds, facts, { ...groundOf(model), server: () => server }));
    expect([job.row(0).status, reason(job)]).toEqual(['failed', expect.stringMatching(/needs Synapse 1\.46/)]);
    expect(puts()).toEqual([]);
  });

  it('promise 4: is not done by an answer that does not tell the ids', async () => {
    answers((user) => ({ ...user, external_ids: undefined }));
    const job = await run(await removal());
    // Looked at again: gone, by whomever.
    expect(job.row(0)).toMatchObject({ status: 'skipped', unanswered: true });
  });
});

describe('what the answer to the PUT tells', () => {
  it.each([
    ['an id of the provider is still there', [google('1/ä #?'), saml('a')], null],
    ['a sign-in added another one: what is gone was taken by this job', [saml('a'), google('new')], [false, 1]],
    ['one that was to be kept is gone too: whoever took it', [], [true, 0]],
  ])('fails where %s', async (_, external_ids, told) => {
    answers((user) => ({ ...user, external_ids }));
    const job = await run(await removal());
    expect(job.row(0).status).toBe('failed');
    expect(reason(job)).toMatch(/^The homeserver reported success, but it is /);
    const changed = changedBy(job.row(0));
    const left = (changed?.after as { external_ids: object[] } | undefined)?.external_ids.length;
    expect(changed && [changed.doubtful, left]).toEqual(told);
  });

  it('never takes a new account for success, also on a later page that tries again', async () => {
    goesAwayInBetween();
    const journal = new Notebook();
    const spec = await removal();
    const job = createJob(spec, quick, { journal });
    job.start();
    await comesTo(job, 'failed');
    expect(reason(job)).toMatch(/^ATTENTION: .*\(201\)/);
    await vi.waitFor(() => expect(journal.entries.at(-1)?.[0]).toBe('end'), SLOWLY);
    const next = createJob(spec, quick, { restored: journal.restored(job) });
    next.retryFailed();
    await vi.waitFor(() => expect(next.row(0).attempts).toBe(2), SLOWLY);
    await comesTo(next, 'failed');
    expect(reason(next)).toMatch(/^ATTENTION: .* may have created it/);
  });

  it('nor where nobody saw the 201', async () => {
    goesAwayInBetween();
    model.faults.next({ match: /^PUT/, answer: '504-after' });
    const lost = await run(await removal());
    expect([lost.row(0).status, reason(lost)]).toEqual(['failed', expect.stringMatching(/^ATTENTION/)]);
  });

  it('nor where only the browser saw it, and sent the request again by itself', async () => {
    const spec = await removal();
    goesAwayInBetween();
    const once = globalThis.fetch;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (init.method === 'PUT') await once(url, init);
      return once(url, init);
    });
    const job = await run(spec);
    expect([job.row(0).status, reason(job)]).toEqual(['failed', expect.stringMatching(/^ATTENTION/)]);
  });
});

/** No try gets an answer, and then it is looked for in vain. */
async function loseAnswers(spec: JobSpec<unknown>): Promise<{ job: Job; late: LateLanding }> {
  const late = new LateLanding(model, /^PUT/);
  vi.stubGlobal('fetch', late.fetch);
  const job = createJob(spec, quick);
  job.start();
  await comesTo(job, 'unknown');
  job.verifyUnknown();
  await comesTo(job, 'waiting');
  return { job, late };
}

async function lookAgain(job: Job): Promise<void> {
  job.lookAgain();
  await vi.waitFor(() => expect(job.getSnapshot().unsettled?.lookedAt).toEqual(expect.any(Number)), SLOWLY);
}

describe('a removal that lands late', () => {
  it('takes what came since along, and an undo gives all of it back', async () => {
    const { job, late } = await loseAnswers(await removal());
    anna.external_ids.push(google('new'), saml('b'));
    const all = idsOf(anna);
    job.resume();
    await comesTo(job, 'skipped');
    await late.land();
    expect(idsOf(anna)).toEqual(these(saml('a')));
    await lookAgain(job);
    expect((await run(await undo(job))).row(0).status).toBe('done');
    expect(idsOf(anna)).toEqual(all);
  });

  it('keeps what it may have removed, where by now there is another id of the provider', async () => {
    const { job, late } = await loseAnswers(await removal());
    await late.land();
    anna.external_ids.push(google('new'));
    job.resume();
    await comesTo(job, 'skipped');
    expect(changedBy(job.row(0))?.before).toEqual({ external_ids: [google('1/ä #?'), saml('a')] });
  });

  it('after an undo: that said so, finds it, and can put the ids back once more', async () => {
    const { job, late } = await loseAnswers(await removal());
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
    job.resume();
    await comesTo(job, 'done');
    const undone = await run(await undo(job));
    expect([undone.row(0).status, reason(undone)]).toEqual([
      'done',
      expect.stringMatching(/may still change this again/),
    ]);
    expect(undone.getSnapshot().unsettled).toMatchObject({ count: 1 });
    await late.land();
    undone.lookAgain();
    await comesTo(undone, 'failed');
    undone.retryFailed();
    await comesTo(undone, 'done');
    expect(idsOf(anna)).toEqual(these(google('1/ä #?'), saml('a')));
  });
});

/** What stands against the first item. */
function obstacle(job: JobSpec<ActionItem>, version = model.version) {
  const [item] = job.items;
  if (!item) throw new Error('Nothing to put back.');
  const { homeserver, server } = groundOf(model);
  return removeExternalIds.obstacle?.(item, (one) => send(homeserver(), one), { ...server(), version });
}

describe('putting external ids back', () => {
  it('sees through the stale look-up: the holder it names is asked what it has', async () => {
    const ben = addUser(model, 'ben');
    const spec = await undo(await run(await removal()));
    ben.external_ids = [google('1/ä #?')];
    expect(inWords(await obstacle(spec))).toMatch(
      /^Held by another account now: oidc-google: .* by @ben:demo\.example$/,
    );
    ben.external_ids = [];
    expect(await obstacle(spec)).toBeNull();
    ben.external_ids = [google('1/ä #?')];
    model.log.clear();
    // Synapse 1.67 can't be asked.
    expect(await obstacle(spec, '1.67.0')).toBeNull();
    expect(model.log.entries).toEqual([]);
    const job = await run(spec);
    expect([job.row(0).status, reason(job)]).toEqual([
      'failed',
      expect.stringMatching(/External id is already in use/),
    ]);
    expect(idsOf(anna)).toEqual(these(saml('a')));
  });

  it('takes a page with 409 for nobody’s word', async () => {
    const spec = await undo(await run(await removal()));
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      init.method === 'PUT'
        ? Promise.resolve(new Response('<h1>Conflict</h1>', { status: 409 }))
        : model.handle(new Request(url, init)),
    );
    const job = createJob(spec, quick);
    job.start();
    await comesTo(job, 'unknown');
    expect(reason(job)).toContain('not Synapse, answered 409');
  });

  it('gives deactivated users their ids back, and says why', async () => {
    anna.deactivated = true;
    const job = await run(await removal());
    const remark = removeExternalIds.remark?.(anna, { external_ids: [google('1/ä #?'), saml('a')] });
    expect(inWords(remark)).toMatch(/^Deactivated: .* refused again/);
    expect((await run(await undo(job))).row(0).status).toBe('done');
    expect(anna).toMatchObject({ deactivated: true });
  });
});

const afterwards = (version: string, mas = false) =>
  (removeExternalIds.afterwards?.({ serverName: 'demo.example', version, mas }) ?? []).map(wordsOf).join(' ');

it('speaks of the half hour only where Synapse has the cache, and of MAS where that signs users in', () => {
  expect(afterwards('1.129.0')).toContain('30 minutes');
  expect(afterwards('1.128.0')).not.toContain('30 minutes');
  expect(afterwards('1.163.2', true)).toMatch(/Matrix Authentication Service/);
});
