import { expect, it, vi } from 'vitest';
import { actionJob } from '~/actions/job';
import { deleteMedia } from '~/actions/media/delete';
import { groundFor } from '~/job-store/action-jobs';
import { signOut } from '~/data/session';
import { mayStillCome } from '~/jobs/retries';
import { createJob } from '~/jobs/runner';
import { wordsOf } from '~/lib/words';
import type { MockHomeserver } from '~/mocks/homeserver';
import { oldFile } from '~/mocks/media-kinds';
import type { LocalMedia } from '~/mocks/state';
import { lookOnly } from '~/testing/engine';
import { loseAnswers } from '~/testing/late-answers';
import { comesTo, quick } from '~/testing/quick-jobs';
import { modelForEach, reaching } from '~/testing/model-for-each';
import { BASE, runToTheEnd } from '~/testing/signed-in';
import { exactPlan } from './exact';
import { makePlan, type Rule } from './plan';
import { fileOf } from './files-of';
import { inWords } from '~/testing/in-words';

/** What the promise suite of actions does not try of `media.delete`: its rule, and homeservers that tell of no single file. */

const DAY = 86_400_000;
let model: MockHomeserver;
modelForEach((made) => (model = made));

const cutoff = () => model.startedAt - 365 * DAY;
const old = (over: Partial<LocalMedia> = {}) => oldFile(model, cutoff(), { user_id: model.adminId, ...over });

/** A job of these files, as a plan by date has them. */
function spec(media: readonly LocalMedia[], over: Partial<Rule> = {}) {
  const rule: Rule = {
    by: 'not-opened-since',
    beforeTs: cutoff(),
    largerThan: 0,
    keepAvatars: true,
    method: 'exact',
    ...over,
  };
  const files = media.map((one) => fileOf(one, model.adminId));
  const plan = exactPlan(makePlan(files, rule, new Set()), model.serverName);
  return actionJob(deleteMedia, plan, groundFor({ baseUrl: BASE, userId: model.adminId }));
}

const run = (media: readonly LocalMedia[], over?: Partial<Rule>) =>
  runToTheEnd(model, spec(media, over), () => undefined);

const BY_SOMEONE = { status: 'skipped', reason: expect.stringContaining('or by someone else') };
/** No endpoint for one file: an older homeserver, or a worker that does not route it. */
function tellOfNoFile(): void {
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    init.method === 'GET' && url.includes('/v1/media/')
      ? Promise.resolve(Response.json({ errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' }, { status: 405 }))
      : reaching(model)(url, init),
  );
}

it.each<[string, (file: LocalMedia) => void, string, Partial<Rule>?]>([
  ['was opened', (file) => (file.last_access_ts = model.now()), 'Opened since the plan was made.'],
  ['was protected', (file) => (file.safe_from_quarantine = true), 'Protected since the plan was made.'],
  ['was quarantined', (file) => (file.quarantined_by = model.adminId), 'Quarantined since the plan was made.'],
  ['is smaller', (file) => (file.media_length = 900), 'Smaller than the plan says.', { largerThan: 1000 }],
  ['was not uploaded', (file) => (file.media_length = null), 'The upload is not finished.'],
  ['is a link’s preview', (file) => (file.url_cache = 'https://a'), 'A link preview: Synapse deletes those itself.'],
  ['was opened in 1970', (file) => (file.last_access_ts = 1), 'Its date can’t be right.'],
])('promise 3: a file that %s since the plan is skipped, with the reason', async (_what, change, reason, over) => {
  const [file, same] = [old(), old()];
  const planned = spec([file, same], over);
  change(file);
  const rows = await runToTheEnd(model, planned, () => undefined);
  expect(inWords(rows)).toMatchObject([{ status: 'skipped', reason }, { status: 'done' }]);
  expect([...model.state.media.keys()]).toEqual([file.media_id]);
});

it('by the upload date, a file is deleted although it was opened since', async () => {
  const file = old();
  const planned = spec([file], { by: 'uploaded-before' });
  file.last_access_ts = model.now();
  expect(await runToTheEnd(model, planned, () => undefined)).toMatchObject([{ status: 'done' }]);
});

it('the columns and the report keep what a file was', async () => {
  const [row] = await run([old()]);
  expect(row?.columns).toMatchObject({ Owner: model.adminId, Size: '120 kB', File: 'picture.png' });
  expect(row?.before).toMatchObject({ note: { owner: model.adminId, bytes: 120_000, name: 'picture.png' } });
});

it('an answer that names no deleted file is a failure', async () => {
  const file = old();
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    init.method === 'DELETE'
      ? Promise.resolve(Response.json({ deleted_media: [], total: 0 }))
      : reaching(model)(url, init),
  );
  const [row] = await run([file]);
  expect(inWords(row)).toMatchObject({ status: 'failed', reason: expect.stringContaining('did not delete the file') });
});

it.each(['Synapse reports on single files', 'it does not'])(
  'a DELETE that the browser itself sent twice finds nothing the second time, and is skipped: %s',
  async (how) => {
    const file = old();
    if (how === 'it does not') tellOfNoFile();
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (init.method === 'DELETE') await fetch(url, init);
      return fetch(url, init);
    });
    expect(inWords(await run([file]))).toMatchObject([BY_SOMEONE]);
  },
);

it('promise 4: without a token nothing counts as sent, so a file that someone else deleted is not done', async () => {
  const file = old();
  const planned = spec([file]);
  let looks = 0;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await reaching(model)(url, init);
    looks += 1;
    if (looks === 1) {
      // After the look, before the DELETE.
      model.state.media.delete(file.media_id);
      signOut();
    }
    return response;
  });
  expect(inWords(await runToTheEnd(model, planned, () => undefined))).toMatchObject([
    { status: 'skipped', reason: 'Already deleted.' },
  ]);
  expect(model.log.count('DELETE', /./)).toBe(0);
});

it('a homeserver that can’t report on a single file is asked once, and each file is deleted without a look', async () => {
  const [gone, same, other] = [old(), old(), old()];
  const planned = spec([gone, same, other]);
  model.state.media.delete(gone.media_id);
  tellOfNoFile();
  expect(inWords(await runToTheEnd(model, planned, () => undefined))).toMatchObject([
    BY_SOMEONE,
    { status: 'done' },
    { status: 'done' },
  ]);
  expect(model.log.count('DELETE', /./)).toBe(3);
});

it('there, the list of its owner shows whether a file still exists', async () => {
  const [gone, there] = [old(), old()];
  const { items, verify } = spec([gone, there]);
  tellOfNoFile();
  model.state.media.delete(gone.media_id);
  const found = await Promise.all(items.map(async (item) => (await verify?.(item, lookOnly()))?.status));
  expect(found).toEqual(['skipped', 'not-done']);
});

it('there, a deletion that is carried out after Verify found it not done counts as this job’s or someone else’s, also after a reload', async () => {
  const file = old();
  tellOfNoFile();
  const { late, next } = await loseAnswers(model, /^DELETE/, () => spec([file]));
  await late.land();
  const going = next();
  going.resume();
  await comesTo(going, 'skipped');
  expect(inWords(going.row(0))).toMatchObject(BY_SOMEONE);
  // Nothing more can come of it.
  expect(going.row(0).unanswered).toBeUndefined();
});

it('a file that is skipped after a request without an answer may still be deleted: the row says so, and a look finds it', async () => {
  const file = old();
  const { late, next } = await loseAnswers(model, /^DELETE/, () => spec([file]));
  const going = next();
  file.last_access_ts = model.now();
  going.resume();
  await comesTo(going, 'skipped');
  expect(wordsOf(going.row(0).reason)).toBe(wordsOf(mayStillCome('Opened since the plan was made.')));
  await late.land();
  expect(model.state.media.has(file.media_id)).toBe(false);
  going.lookAgain();
  await vi.waitFor(() => expect(inWords(going.row(0))).toMatchObject(BY_SOMEONE));
  expect(going.getSnapshot().unsettled).toBeUndefined();
});

it('if only the look got no answer, nothing was sent', async () => {
  const planned = spec([old()]);
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    init.method === 'GET' ? Promise.reject(new TypeError('Failed to fetch')) : reaching(model)(url, init),
  );
  const job = createJob(planned, quick);
  job.start();
  await comesTo(job, 'failed');
  expect(wordsOf(job.row(0).reason)).toMatch(/^Nothing was sent: /);
  expect(job.row(0).unanswered).toBeUndefined();
});
