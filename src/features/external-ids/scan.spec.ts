import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlanDraft } from '~/job-store/plan-draft';
import { signOut, type Session } from '~/data/session';
import { signInTo } from '~/testing/signed-in';
import type { Job } from '~/jobs/job';
import { addUser } from '~/mocks/build';
import { MockHomeserver, type ModelOptions } from '~/mocks/homeserver';
import { inWords } from '~/testing/in-words';
import { beginScan, type ScanResult, type Whom } from './scan';

let model: MockHomeserver;
let draft: PlanDraft<object, ScanResult>;
let session: Session;

function open(options: ModelOptions = {}): void {
  model = new MockHomeserver(options);
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  session = signInTo(model);
  draft = new PlanDraft({});
}
beforeEach(() => open());
afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const begin = (whom: Whom) => draft.make((making) => beginScan(session, whom, making));

async function scan(whom: Whom = { kind: 'everyone' }): Promise<ScanResult> {
  begin(whom);
  await vi.waitFor(() => expect(draft.get().planned).not.toBeNull(), { timeout: 10_000 });
  const { planned } = draft.get();
  if (!planned) throw new Error('unreachable');
  return planned;
}
const names = (result: ScanResult) =>
  result.users.map(({ userId }) => userId.replace(/:.*/, '')).toSorted((a, b) => (a < b ? -1 : 1));

describe('reading the users', () => {
  it('finds deactivated and locked users, each with all IDs, with one request per user', async () => {
    const id = { auth_provider: 'saml', external_id: '1' };
    addUser(model, { localpart: 'deactivated', deactivated: true, external_ids: [id] });
    addUser(model, { localpart: 'locked', locked: true, external_ids: [{ ...id, external_id: '2' }] });
    addUser(model, 'a/b');
    const result = await scan();
    expect(names(result)).toEqual(['@a/b', '@admin', '@deactivated', '@locked']);
    expect(result.users.find(({ userId }) => userId === '@deactivated:demo.example')).toMatchObject({
      externalIds: [id],
      deactivated: true,
    });
    expect(model.log.count('GET', /\/v2\/users\//)).toBe(4);
    expect(model.log.writes()).toEqual([]);
  });

  it('asks for pages of 1,000 without guests, as MAS requires, and reads past the first page', async () => {
    open({ mas: true });
    for (let index = 0; index < 1500; index += 1) addUser(model, `u${index}`);
    expect((await scan()).users).toHaveLength(1501);
    const pages = model.log.of('GET', /\/v3\/users$/).map(({ query }) => Object.fromEntries(query));
    expect(pages).toEqual([
      { guests: 'false', locked: 'true', order_by: 'name', from: '0', limit: '1000' },
      { guests: 'false', locked: 'true', order_by: 'name', from: '1000', limit: '1000' },
    ]);
  });

  it('with an SQL wildcard in the filter, reads only users who really match, and does not report a changed list', async () => {
    for (const localpart of ['john_doe', 'johnxdoe']) addUser(model, localpart);
    const result = await scan({ kind: 'filter', filter: { name: 'john_doe', locked: true }, total: 2 });
    expect(names(result)).toEqual(['@john_doe']);
    expect(result.notes).toEqual([]);
  });

  it('reads everyone even if the homeserver reports a wrong number of users', async () => {
    for (let index = 0; index < 2100; index += 1) addUser(model, `u${index}`);
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      const body = (await response.clone().json()) as Record<string, unknown>;
      return url.includes('/v3/users') ? Response.json({ ...body, total: -1 }) : response;
    });
    expect((await scan()).users).toHaveLength(2101);
  });

  it('reads only the users that were named, and says which of them are not here', async () => {
    addUser(model, 'anna');
    addUser(model, 'berta');
    const ids = ['@anna:demo.example', '@ghost:demo.example', '@far:elsewhere.example'];
    const result = await scan({ kind: 'named', ids });
    expect(names(result)).toEqual(['@anna']);
    expect(inWords(result.missing)).toEqual([
      { userId: '@far:elsewhere.example', reason: 'The account is on another homeserver' },
      { userId: '@ghost:demo.example', reason: 'Not a user of this homeserver' },
    ]);
    expect(model.log.count('GET')).toBe(2);
  });

  it('reads only users that match the filter of the list', async () => {
    addUser(model, { localpart: 'locked', locked: true });
    addUser(model, 'anna');
    const result = await scan({ kind: 'filter', filter: { name: 'ann' }, total: 1 });
    expect(names(result)).toEqual(['@anna']);
  });

  it('lists users that could not be read, and never treats them as users without IDs', async () => {
    addUser(model, 'anna');
    addUser(model, 'berta');
    model.faults.next({ match: /GET .*@anna/, answer: '403', times: 9 });
    begin({ kind: 'everyone' });
    await vi.waitFor(() => expect(draft.get().reading?.job.getSnapshot().state.phase).toBe('finished'), {
      timeout: 10_000,
    });
    expect(draft.get().planned).toBeNull();
    draft.get().reading?.goOnWithout();
    expect(inWords(draft.get().planned?.missing)).toEqual([
      { userId: '@anna:demo.example', reason: expect.stringMatching(/could not be read.*policy/i) },
    ]);
    const { planned } = draft.get();
    expect(planned && names(planned)).toEqual(['@admin', '@berta']);
  });

  it('reports nothing after it was cancelled', async () => {
    for (let index = 0; index < 50; index += 1) addUser(model, `u${index}`);
    let job: Job | undefined;
    draft.subscribe(() => {
      const { reading } = draft.get();
      if (reading?.stage !== 'users') return;
      job = reading.job;
      draft.drop();
    });
    begin({ kind: 'everyone' });
    await vi.waitFor(() => expect(job).toBeDefined(), { timeout: 10_000 });
    await job?.settled();
    expect(draft.get().planned).toBeNull();
  });
});
