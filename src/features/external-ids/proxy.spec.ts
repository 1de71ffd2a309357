import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlanDraft } from '~/job-store/plan-draft';
import { currentSession, signOut, type Session } from '~/data/session';
import { removeExternalIds } from '~/actions/user/external-ids';
import { planActionUndo, type UndoPlanned } from '~/job-store/action-plans';
import { planned } from '~/testing/actions';
import { signInTo } from '~/testing/signed-in';
import type { Job } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { Hurry } from '~/testing/engine';
import { addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { beginScan, type ScanResult } from './scan';
import { wordsOf } from '~/lib/words';

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

const crowd = (count: number) =>
  Array.from({ length: count }, (_, at) => addUser(model, { localpart: `u${at}`, external_ids: [google(`${at}`)] }));
const always = (answer: (typeof STRANGERS)[number], match: RegExp) =>
  model.faults.next({ match, answer, times: Infinity });

const rests = (job: Job) =>
  vi.waitFor(() => expect(job.getSnapshot().state.phase).toMatch(/^(paused|finished)$/), { timeout: 20_000 });

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
      expect(draft.get().planned?.missing.map(({ reason }) => wordsOf(reason).slice(0, 28))).toEqual([
        'This user could not be read:',
        'This user could not be read:',
      ]);
    },
  );

  it.each(STRANGERS)('%s: an undo plan says that users could not be read, never that they are gone', async (answer) => {
    const ids = crowd(2).map(({ name }) => name);
    const job = createJob(await planned(model, removeExternalIds, ids, { provider: 'oidc-google' }), new Hurry());
    job.start();
    await job.settled();
    always(answer, /v2\/users\//);
    const draft = new PlanDraft<object, UndoPlanned>({});
    let begun = Promise.resolve();
    draft.make((making) => {
      begun = planActionUndo(removeExternalIds, job, false, session, making);
    });
    await begun;
    const { reading } = draft.get();
    if (!reading) throw new Error('unreachable');
    await rests(reading.job);
    reading.goOnWithout();
    expect(
      draft.get().planned?.verdicts.map(({ verdict, reason }) => `${verdict} ${wordsOf(reason).slice(0, 21)}`),
    ).toEqual(['cannot It could not be read:', 'cannot It could not be read:']);
  });
});
