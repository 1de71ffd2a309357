import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { classifyHomeserverError, homeserverFor } from '~/job-store/jobs';
import { signIn, signOut } from '~/data/session';
import { pageEnvironment } from '~/jobs/environment';
import type { Job } from '~/jobs/job';
import { mayStillCome } from '~/jobs/retries';
import { createJob } from '~/jobs/runner';
import { Notebook } from '~/testing/engine';
import { addMedia } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { LateLanding } from '~/mocks/late-landing';
import type { LocalMedia } from '~/mocks/state';
import { makePlan } from './plan';
import { exactJob } from './run';
import { inWords } from '~/testing/in-words';

/** DELETEs that the homeserver carries out after nobody waits for them any more: who deleted the file is told as far as known. */

const BASE = 'https://demo.example';
const DAY = 86_400_000;
/** The machine may be busy; what is waited for comes. */
const SLOWLY = { timeout: 10_000 };
let model: MockHomeserver;
let file: LocalMedia;

beforeEach(() => {
  model = new MockHomeserver();
  file = addMedia(model, { created_ts: model.startedAt - 900 * DAY, last_access_ts: model.startedAt - 500 * DAY });
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

function spec(canLook: boolean) {
  const owner = { baseUrl: BASE, userId: model.adminId };
  const homeserver = () => homeserverFor(owner);
  const planned = {
    id: file.media_id,
    owner: file.user_id ?? '',
    name: file.upload_name,
    type: file.media_type,
    bytes: file.media_length,
    createdTs: file.created_ts,
    lastAccessTs: file.last_access_ts,
    isProtected: false,
    isQuarantined: false,
    isLinkPreview: false,
  };
  const beforeTs = model.startedAt - 30 * DAY;
  const rule = { by: 'not-opened-since', beforeTs, largerThan: 0, keepAvatars: true, method: 'exact' } as const;
  const ground = { owner, serverName: model.serverName, homeserver, classify: classifyHomeserverError };
  return exactJob(ground, makePlan([planned], rule, new Set()), new Set(), canLook);
}

async function comesTo(job: Job, status: string): Promise<void> {
  await vi.waitFor(() => expect(job.row(0).status).toBe(status), SLOWLY);
  await vi.waitFor(() => expect(['paused', 'finished']).toContain(job.getSnapshot().state.phase), SLOWLY);
}

/** No try gets an answer, and then it is looked for in vain. `next` is the next page's job, with only the journal to go by. */
async function loseAnswers(canLook: boolean) {
  const late = new LateLanding(model, /^DELETE/);
  vi.stubGlobal('fetch', late.fetch);
  const journal = new Notebook();
  const job = createJob(spec(canLook), quick, { journal });
  job.start();
  await comesTo(job, 'unknown');
  job.verifyUnknown();
  await comesTo(job, 'waiting');
  await vi.waitFor(() => expect(journal.entries.at(-1)?.[0]).toBe('back'), SLOWLY);
  return { job, late, next: () => createJob(spec(canLook), quick, { restored: journal.restored(job) }) };
}

const GONE_BY_NOW = {
  status: 'skipped',
  reason: 'Already gone when it was looked at: deleted by this job or by someone else.',
};

it.each([
  ['same page', true],
  ['same page', false],
  ['next page', true],
  ['next page', false],
] as const)(
  'a deletion that lands after it was verified as not done is told as what it can be: in the %s, looked before: %s',
  async (where, canLook) => {
    const { job, late, next } = await loseAnswers(canLook);
    await late.land();
    const going = where === 'same page' ? job : next();
    going.resume();
    await comesTo(going, 'skipped');
    expect(going.row(0)).toMatchObject(GONE_BY_NOW);
    // Nothing more can come of it.
    expect(going.row(0).unanswered).toBeUndefined();
  },
);

it('one that was answered with 429, and whose file is gone at the next try, is told as what it can be', async () => {
  model.faults.next({ match: /^DELETE/, answer: '429', retryAfterMs: 1 });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await model.handle(new Request(url, init));
    if (response.status === 429) model.state.media.delete(file.media_id);
    return response;
  });
  const job = createJob(spec(true), quick);
  job.start();
  await comesTo(job, 'skipped');
  expect(job.row(0)).toMatchObject(GONE_BY_NOW);
});

it('a file that is spared after an earlier try had no answer may still be deleted: that is said, and found by a look', async () => {
  const { late, next } = await loseAnswers(true);
  const going = next();
  file.last_access_ts = model.now();
  going.resume();
  await comesTo(going, 'skipped');
  expect(going.row(0).reason).toEqual(mayStillCome('Opened since the plan was made.'));
  await late.land();
  expect(model.state.media.has(file.media_id)).toBe(false);
  going.lookAgain();
  await vi.waitFor(() => expect(going.row(0)).toMatchObject(GONE_BY_NOW), SLOWLY);
  expect(going.getSnapshot().unsettled).toBeUndefined();
});

it('a file whose look alone got no answer is not called sent: nothing of it may still come', async () => {
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    init.method === 'GET' ? Promise.reject(new TypeError('Failed to fetch')) : model.handle(new Request(url, init)),
  );
  const job = createJob(spec(true), quick);
  job.start();
  await comesTo(job, 'failed');
  expect(inWords(job.row(0).reason)).toMatch(/^Nothing was sent: /);
  expect(job.row(0).unanswered).toBeUndefined();
});

/** The page goes away in the middle of the deletion, somebody else deletes the file, and the next page goes on. */
async function deletedBySomebodyElse(canLook: boolean, mark: string) {
  const journal = new Notebook();
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const job = createJob(spec(canLook), quick, { journal });
  job.start();
  await vi.waitFor(() => expect(journal.entries.at(-1)?.[0] ?? job.row(0).status).toBe(mark), SLOWLY);
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  const next = createJob(spec(true), quick, { restored: journal.restored(job) });
  const found = next.row(0).status;
  model.state.media.delete(file.media_id);
  next.resume();
  await comesTo(next, 'skipped');
  expect(model.log.count('DELETE', /./)).toBe(0);
  return { found, reason: next.row(0).reason };
}

it('a file that somebody else deleted while the page was gone is not called deleted by this job', async () => {
  const { found, reason } = await deletedBySomebodyElse(false, 'sent');
  expect([found, reason]).toEqual(['unknown', GONE_BY_NOW.reason]);
});

it('a file that was only looked at when the page went away was not sent, and is not called so', async () => {
  const { found, reason } = await deletedBySomebodyElse(true, 'running');
  expect([found, reason]).toEqual(['waiting', 'Already gone when its turn came.']);
});
