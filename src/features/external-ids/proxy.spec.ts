import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlanDraft } from '~/job-store/plan-draft';
import { currentSession, signOut, type Session } from '~/data/session';
import { BASE, signInTo } from '~/testing/signed-in';
import type { Job, JobSpec } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { Hurry } from '~/testing/engine';
import { addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { planRemoval } from './plan';
import { removalSpec } from './run';
import { beginScan, type ScanResult } from './scan';
import { putBackSpec } from './undo-run';
import { beginUndoScan, type UndoPlanned } from './undo-scan';
import { wordsOf } from '~/lib/words';
import { inWords } from '~/testing/in-words';

/** Something in front of the homeserver answers in its place: that is never taken for the homeserver's word. */

// Scans run in the page's own time; nothing here is about how long they wait.
vi.mock('~/jobs/pace', async (original) => ({ ...(await original<object>()), retryDelayMs: () => 0 }));

const STRANGERS = ['404-traefik', '404-html', '401-html', '403-html', 'html', 'portal'] as const;
const google = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });
let model: MockHomeserver;
let session: Session;

beforeEach(() => {
  model = new MockHomeserver();
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  session = signInTo(model);
});
afterEach(() => {
  const { status } = currentSession();
  signOut();
  vi.unstubAllGlobals();
  if (status !== 'signed-in') throw new Error('A proxy signed somebody out');
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const owner = () => ({ baseUrl: BASE, userId: model.adminId });
const crowd = (count: number) =>
  Array.from({ length: count }, (_, at) => addUser(model, { localpart: `u${at}`, external_ids: [google(`${at}`)] }));
const always = (answer: (typeof STRANGERS)[number], match: RegExp) =>
  model.faults.next({ match, answer, times: Infinity });

const rests = (job: Job) =>
  vi.waitFor(() => expect(job.getSnapshot().state.phase).toMatch(/^(paused|finished)$/), { timeout: 20_000 });
async function begin<Item>(spec: JobSpec<Item>): Promise<Job> {
  const job = createJob(spec, new Hurry());
  job.start();
  await rests(job);
  return job;
}

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

/** The plan of an undo, from where its reading has begun. */
async function undoing(job: Job): Promise<PlanDraft<object, UndoPlanned>> {
  const draft = new PlanDraft<object, UndoPlanned>({});
  let begun = Promise.resolve();
  draft.make((making) => {
    begun = beginUndoScan(session, job, making);
  });
  await begun;
  return draft;
}

describe('a proxy that answers in the homeserver’s place', () => {
  it.each(STRANGERS)(
    '%s: reading the users says that they could not be read, never that there are none',
    async (answer) => {
      const ids = crowd(2).map(({ name }) => name);
      always(answer, /v2\/users\//);
      const draft = new PlanDraft<object, ScanResult>({});
      draft.make((making) => beginScan(session, { kind: 'named', ids }, making));
      const { reading } = draft.get();
      if (!reading) throw new Error('unreachable');
      await rests(reading.job);
      expect(draft.get().planned).toBeNull();
      reading.goOnWithout();
      expect(draft.get().planned?.missing.map(({ reason }) => reason.slice(0, 19))).toEqual([
        'Could not be read: ',
        'Could not be read: ',
      ]);
    },
  );

  it.each(STRANGERS)('%s: the first item asks, and nothing is called gone', async (answer) => {
    crowd(5);
    const spec = removalSpec(planNow(), owner());
    always(answer, /./);
    const job = await begin(spec);
    expect(job.getSnapshot()).toMatchObject({
      state: { phase: 'paused', why: 'failures' },
      counts: { done: 0, skipped: 0 },
    });
  });

  it.each(STRANGERS)('%s to the PUT: unknown, and its ids are kept', async (answer) => {
    crowd(5);
    const spec = removalSpec(planNow(), owner());
    always(answer, /^PUT /);
    const job = await begin(spec);
    expect(job.getSnapshot()).toMatchObject({
      state: { phase: 'paused' },
      counts: { done: 0, skipped: 0, unknown: 1 },
    });
    expect(job.row(0).before).toMatchObject({ removes: [google('0')] });
  });

  it.each(STRANGERS)('%s: an undo plan says that users could not be read, never that they are gone', async (answer) => {
    crowd(2);
    const job = await begin(removalSpec(planNow(), owner()));
    always(answer, /v2\/users\//);
    const draft = await undoing(job);
    const { reading } = draft.get();
    if (!reading) throw new Error('unreachable');
    await rests(reading.job);
    reading.goOnWithout();
    expect(
      draft.get().planned?.plan.rows.map(({ verdict, reason }) => `${verdict} ${wordsOf(reason).slice(0, 18)}`),
    ).toEqual(['cannot Could not be read:', 'cannot Could not be read:']);
  });

  it('409 to an undo: not the word that another account holds the id', async () => {
    crowd(1);
    const job = await begin(removalSpec(planNow(), owner()));
    const draft = await undoing(job);
    await vi.waitFor(() => expect(draft.get().planned).toBeTruthy());
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      init.method === 'PUT'
        ? Promise.resolve(new Response('<h1>Conflict</h1>', { status: 409 }))
        : model.handle(new Request(url, init)),
    );
    const undo = await begin(putBackSpec(draft.get().planned?.plan.items ?? [], { undoes: job.id }, owner()));
    expect(inWords(undo.row(0))).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('409 (not Synapse)') as string,
    });
  });
});
