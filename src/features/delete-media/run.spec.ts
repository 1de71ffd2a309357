import { beforeEach, describe, expect, it, vi, afterEach } from 'vitest';
import { actionJob } from '~/actions/job';
import { deleteMedia } from '~/actions/media/delete';
import { HomeserverError } from '~/api/errors';
import type { Fault, JobSpec } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { addRemoteMedia } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { everyKindOfFile, oldFile } from '~/mocks/media-kinds';
import type { LocalMedia } from '~/mocks/state';
import { exactPlan } from './exact';
import { makePlan, type Rule } from './plan';
import { freed } from './freed';
import { remoteJob, sweepJob, type Ground, type Patience } from './run';
import { compare } from './run-words';
import { emptyFound, firstItems, scanOne, secondItems, type Found, type ScanChoice } from './scan';
import { localSlices, remoteSlices } from './slices';
import { wordsOf } from '~/lib/words';

const DAY = 86_400_000;
let model: MockHomeserver;
let cutoff: number;

beforeEach(() => {
  model = new MockHomeserver();
  cutoff = model.startedAt - 365 * DAY;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
});
afterEach(() => {
  vi.unstubAllGlobals();
  if (model.crashes.length > 0) throw new Error('The model broke', { cause: model.crashes[0] });
});

const hs = () => ({ baseUrl: 'https://demo.example', token: model.adminToken });

function classify(error: unknown): Fault {
  const reason = String(error);
  if (!(error instanceof HomeserverError)) return { kind: 'refused', reason };
  if (error.status === 429) return { kind: 'busy', waitMs: 1, reason };
  return { kind: error.mayHaveHappened || error.kind === 'network' ? 'unanswered' : 'refused', reason };
}

const ground = (): Ground => ({
  owner: { baseUrl: 'https://demo.example', userId: model.adminId },
  serverName: model.serverName,
  homeserver: hs,
  classify,
});

/** A hand on the clock: no waiting, and what happens meanwhile on the server. */
const patience = (meanwhile: () => void = () => undefined): Patience => ({
  betweenMs: 1,
  wait: () => Promise.resolve(meanwhile()),
});

async function scan(over: Partial<ScanChoice> = {}): Promise<Found> {
  const found = emptyFound();
  const choice = { users: null, userAvatars: true, roomAvatars: true, ...over };
  const where = { hs: hs(), serverName: model.serverName, mas: model.mas, version: model.version };
  for (const item of firstItems(choice)) await scanOne(where, item, found);
  for (const item of secondItems(choice, found)) await scanOne(where, item, found);
  return found;
}

const rule = (over: Partial<Rule> = {}): Rule => ({
  by: 'not-opened-since',
  beforeTs: cutoff,
  largerThan: 0,
  keepAvatars: true,
  method: 'exact',
  ...over,
});

async function finish<Item>(spec: JobSpec<Item>) {
  const job = createJob(spec);
  job.start();
  await job.settled();
  return { job, rows: job.indexes([]).map((index) => job.row(index)) };
}

const old = (over: Partial<LocalMedia> = {}) => oldFile(model, cutoff, over);
const fill = () => everyKindOfFile(model, cutoff);

const remaining = () => new Set(model.state.media.keys());
const ids = (media: Iterable<{ media_id: string }>) => new Set([...media].map(({ media_id }) => media_id));

describe('deleting one by one', () => {
  it('deletes exactly the planned files and no others', async () => {
    const { deleted, kept } = fill();
    const found = await scan();
    const { serverName, version, mas } = model;
    const planned = exactPlan(makePlan(found.files, rule(), found.avatars), serverName);
    const { rows } = await finish(
      actionJob(deleteMedia, planned, { ...ground(), server: () => ({ serverName, version, mas }) }),
    );
    expect(rows.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(new Set(rows.map(({ id }) => id))).toEqual(
      new Set(deleted.map(({ media_id }) => `mxc://${serverName}/${media_id}`)),
    );
    expect(remaining()).toEqual(ids(Object.values(kept)));
    expect(model.log.count('GET', /thumbnail|download/)).toBe(0);
  });
});

async function planSweep() {
  const found = await scan();
  const plan = makePlan(found.files, rule({ method: 'sweep' }), found.avatars);
  return { plan, slices: localSlices(plan, 2) };
}

describe('letting Synapse delete by date', () => {
  it('deletes what was planned, slice by slice, oldest first, and says so', async () => {
    const { deleted, kept } = fill();
    const { plan, slices } = await planSweep();
    const { rows } = await finish(sweepJob(ground(), plan, slices, patience()));
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows)
      expect([row.status, wordsOf(row.reason)]).toEqual(['done', expect.stringContaining('as planned')]);
    const { preview, ...spared } = kept;
    expect(plan.totals.delete.files).toBe(deleted.length + 1);
    expect(remaining().has(preview.media_id)).toBe(false);
    expect(remaining()).toEqual(ids(Object.values(spared)));
    const dates = model.log.of('POST', /media\/delete$/).map(({ query }) => Number(query.get('before_ts')));
    expect(dates).toEqual(dates.toSorted((a, b) => a - b));
    expect(dates.at(-1)).toBe(cutoff);
  });

  it('says how much the planned files freed, without link previews, whose files stay on the disk', async () => {
    fill();
    const { plan, slices } = await planSweep();
    const { rows } = await finish(sweepJob(ground(), plan, slices, patience()));
    const sizes = plan.byVerdict.delete.map((index) => plan.files[index]);
    expect(sizes.some((file) => file?.isLinkPreview)).toBe(true);
    const expected = sizes.reduce((sum, file) => sum + (file?.isLinkPreview ? 0 : (file?.bytes ?? 0)), 0);
    expect(rows.reduce((sum, row) => sum + (freed(row) ?? 0), 0)).toBe(expected);
  });

  it('never sends two requests at once', async () => {
    fill();
    model.latencyMs = 2;
    const { plan, slices } = await planSweep();
    model.log.clear();
    await finish(sweepJob(ground(), plan, slices, patience()));
    expect(model.log.peak).toBe(1);
  });

  it('says which planned files were kept and which others were deleted', async () => {
    const [opened, unprotected] = [old(), old({ safe_from_quarantine: true })];
    old();
    const { plan, slices } = await planSweep();
    opened.last_access_ts = model.now();
    unprotected.safe_from_quarantine = false;
    const { rows } = await finish(sweepJob(ground(), plan, slices, patience()));
    const reasons = rows.map(({ reason }) => wordsOf(reason)).join(' ');
    expect(reasons).toContain('1 planned file was kept: it was opened');
    expect(reasons).toContain(`1 of the deleted files was not in the plan: ${unprotected.media_id}.`);
  });

  it('says of no deleted file that it was kept, if the browser itself sent the request twice', async () => {
    old();
    const { plan, slices } = await planSweep();
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (init.method === 'POST') await model.handle(new Request(url, init));
      return model.handle(new Request(url, init));
    });
    const { rows } = await finish(sweepJob(ground(), plan, slices, patience()));
    expect(wordsOf(rows[0]?.reason ?? '')).toBe(
      'Deleted 0 files. 1 planned file was already gone: deleted before, or by this request if its first answer was lost.',
    );
  });

  it.each([
    ['answered', 'done', 'Deleted 2 files. 1 of the deleted files was planned for an earlier request.'],
    [
      'not answered',
      'skipped',
      'No answer came, but the planned file is no longer listed. 1 file of a failed request is no longer listed either.',
    ],
  ] as const)('says what a request deleted for an earlier one that failed: %s', async (_what, status, reason) => {
    old({ last_access_ts: cutoff - 300 * DAY });
    old({ last_access_ts: cutoff - 200 * DAY });
    const { plan, slices } = await planSweep();
    model.faults.next({ match: /POST .*media\/delete/, answer: '403' });
    if (status === 'skipped') model.faults.next({ match: /POST .*media\/delete/, answer: '504-after' });
    const job = createJob(sweepJob(ground(), plan, slices, patience()));
    job.start();
    await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('paused'), { timeout: 10_000 });
    job.resume();
    await job.settled();
    expect([job.row(0).status, job.row(1).status]).toEqual(['failed', status]);
    expect(wordsOf(job.row(1).reason)).toContain(reason);
    expect(remaining().size).toBe(0);
  });

  it('reads the lists again after a proxy’s 504, and sends nothing again', async () => {
    old();
    const { plan, slices } = await planSweep();
    model.faults.next({ match: /POST .*media\/delete/, answer: '504-after' });
    const { rows } = await finish(sweepJob(ground(), plan, slices, patience()));
    expect(rows.map(({ status }) => status)).toEqual(['skipped']);
    expect(wordsOf(rows[0]?.reason ?? '')).toMatch(/^No answer came, but .* This job or someone else deleted them\.$/);
    expect(model.log.count('POST', /media\/delete$/)).toBe(1);
  });

  it('waits while the lists get shorter', async () => {
    const media = [old(), old()];
    const { plan, slices } = await planSweep();
    model.faults.next({ match: /POST .*media\/delete/, answer: '502-html' });
    const meanwhile = () => {
      const next = media.pop();
      if (next) model.state.media.delete(next.media_id);
    };
    const { rows } = await finish(sweepJob(ground(), plan, slices, patience(meanwhile)));
    // The homeserver never saw the request: somebody else deleted them.
    expect(rows.map(({ status }) => status)).toEqual(['skipped']);
    expect(model.log.count('POST', /media\/delete$/)).toBe(1);
  });

  it('leaves a request unknown if its files still exist, and Verify lets it run again', async () => {
    old();
    const { plan, slices } = await planSweep();
    model.faults.next({ match: /POST .*media\/delete/, answer: '502-html' });
    const { job, rows } = await finish(sweepJob(ground(), plan, slices, patience()));
    expect(rows.map(({ status }) => status)).toEqual(['unknown']);
    job.verifyUnknown();
    await vi.waitFor(() => expect(job.row(0).status).toBe('waiting'), { timeout: 10_000 });
    job.resume();
    await vi.waitFor(() => expect(job.row(0).status).toBe('done'), { timeout: 10_000 });
    expect(remaining().size).toBe(0);
  });
});

const said = (...these: Parameters<typeof compare>) => wordsOf(compare(...these));

describe('Synapse’s answer', () => {
  it('is compared with the plan, ID by ID', () => {
    const plan = new Set(['a', 'b', 'earlier']);
    expect(said(['a', 'b'], ['b', 'a'], plan, [])).toBe('Deleted 2 files, exactly as planned.');
    expect(said(['a', 'b'], ['a'], plan, ['b'])).toContain('1 planned file was kept');
    expect(said(['a', 'b'], ['a'], plan, [])).toContain('1 planned file was already gone');
    expect(said(['a', 'b'], ['a'], plan, null)).toContain('could not read whether it is still there');
    expect(said(['a'], ['a', 'x'], plan, [])).toContain('1 of the deleted files was not in the plan: x.');
    expect(said([], ['v', 'w', 'x', 'y', 'z'], plan, [])).toContain('not in the plan: v, w, x and 2 more.');
    expect(said(['a'], ['a', 'x\u202Ey'], plan, [])).toContain('not in the plan: x[U+202E]y');
    expect(said(['a'], ['a', 'earlier'], plan, [])).toBe(
      'Deleted 2 files. 1 of the deleted files was planned for an earlier request.',
    );
  });
});

describe('the remote media cache', () => {
  it('is deleted from month by month, and the files are counted; quarantined and newer ones stay', async () => {
    const ages = [400, 800, 2000].map((days) =>
      addRemoteMedia(model, { last_access_ts: model.startedAt - days * DAY }),
    );
    const stays = [
      addRemoteMedia(model, { last_access_ts: cutoff }),
      addRemoteMedia(model, { last_access_ts: cutoff - DAY, quarantined_by: model.adminId }),
    ];
    const { rows } = await finish(remoteJob(ground(), remoteSlices(cutoff)));
    expect(rows.every(({ status }) => status === 'done')).toBe(true);
    const counts = rows.map(({ reason }) => Number(/\d+/.exec(wordsOf(reason))?.[0]));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ages.length);
    expect(ids(model.state.remoteMedia.values())).toEqual(ids(stays));
    // Synapse reports no sizes: what was freed is unknown, and not nothing.
    expect(rows.map(freed)).toEqual(rows.map(() => null));
  });

  it('leaves a request without an answer unknown, and does not send it twice', async () => {
    model.faults.next({ match: /purge_media_cache/, answer: '504-after', after: 1 });
    const slices = remoteSlices(cutoff, 2);
    const job = createJob(remoteJob(ground(), slices));
    job.start();
    // A slice is a month of files: one that went wrong is enough to ask.
    await vi.waitFor(() => expect(job.getSnapshot().state).toMatchObject({ phase: 'paused', why: 'failures' }), {
      timeout: 10_000,
    });
    expect(model.log.count('POST', /purge_media_cache/)).toBe(2);
    job.resume();
    await job.settled();
    expect(job.indexes([]).map((index) => job.row(index).status)).toEqual(['done', 'unknown', 'done']);
    expect(model.log.count('POST', /purge_media_cache/)).toBe(slices.length);
  });
});
