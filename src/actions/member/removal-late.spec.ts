import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionItem } from '~/actions/plan';
import { removal, removalJob } from '~/testing/removals';
import { modelForEach } from '~/testing/model-for-each';
import { loseAnswers } from '~/testing/late-answers';
import { comesTo, quick, SLOWLY } from '~/testing/quick-jobs';
import type { Job } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { LateLanding } from '~/mocks/late-landing';
import type { Room } from '~/mocks/state';
import { leftLifted, LIFTED } from './own-limit';
import { withLimitLifted } from './removal-steps';
import { wordsOf } from '~/lib/words';
import { inWords } from '~/testing/in-words';

/** Removals, and a lifted limit, that the homeserver carries out after nobody waits for them any more, or twice. */

let model: MockHomeserver;
let room: Room;
let anna: string;

modelForEach((made) => {
  model = made;
  anna = addUser(model, 'anna').name;
  room = addRoom(model, { creator: model.adminId, members: [model.adminId, anna] });
});

const itemsOfRemoval = (): ActionItem[] => [removal(anna, room.room_id)];
const spec = (items: readonly ActionItem[]) => removalJob(model, items);

/** The first item gets no answer at all, and is looked for in vain; then it lands, and the page went away. @returns the next page's job */
async function lostAndBack(match: RegExp, items: readonly ActionItem[]): Promise<Job> {
  const { late, next } = await loseAnswers(model, match, () => spec(items));
  const job = next();
  await late.land();
  return job;
}

it('a removal that lands late is not called the user’s own leaving, not even by a page that has only the journal', async () => {
  const job = await lostAndBack(/\/kick$/, itemsOfRemoval());
  job.resume();
  await comesTo(job, 'skipped');
  expect(inWords(job.row(0).reason)).toMatch(/by a request of this job that got no answer, or by someone else/);
});

const limitItems = (): ActionItem[] => withLimitLifted(null, itemsOfRemoval());
const limit = () => model.state.users.get(model.adminId)?.ratelimit;

/** @returns how putting it back ended */
async function stopped(job: Job): Promise<string> {
  job.stop();
  await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('stopped'), SLOWLY);
  return `${job.row(2).status}: ${wordsOf(job.row(2).reason)}`;
}

async function unansweredAndStopped(): Promise<Job> {
  const job = createJob(spec(limitItems()), quick);
  job.start();
  await comesTo(job, 'unknown');
  expect(await stopped(job)).toMatch(/^failed: It is as it was before\. .* may still be carried out: check again/);
  return job;
}

/** @returns how the lifting is told then */
async function verified(job: Job): Promise<string> {
  const { version } = job.getSnapshot();
  job.verifyUnknown();
  await vi.waitFor(() => expect(job.getSnapshot().version).toBeGreaterThan(version), SLOWLY);
  await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('stopped'), SLOWLY);
  return `${job.row(0).status}: ${wordsOf(job.row(0).reason)}`;
}

describe('a limit whose lifting gets no answer, in an undo that is stopped then', () => {
  let late: LateLanding;
  let ahead = 0;
  beforeEach(() => {
    late = new LateLanding(model, /POST .*override_ratelimit$/);
    vi.stubGlobal('fetch', late.fetch);
    ahead = 0;
    const { now } = performance;
    vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + ahead);
  });
  afterEach(() => vi.restoreAllMocks());

  it('is not told to be as it was while it may still come, and is put back when it came', async () => {
    const job = await unansweredAndStopped();
    expect(job.getSnapshot().unclosed).toBeDefined();
    expect(leftLifted(job)).toEqual({ was: null });
    expect(await verified(job)).toMatch(/^unknown: .*Not lifted so far\. .* may still be carried out/);
    expect(await stopped(job)).toMatch(/^failed: It is as it was before\. An earlier request/);
    await late.land();
    expect(limit()).toEqual(LIFTED);
    ahead = 121_000;
    expect(await stopped(job)).toBe('done: Restored: no limit of your own.');
    expect(limit()).toBeNull();
    expect(job.getSnapshot().unclosed).toBeUndefined();
  });

  it('is as it was where a look two minutes later still finds it so', async () => {
    const job = await unansweredAndStopped();
    ahead = 121_000;
    expect(await stopped(job)).toBe('done: It is as it was before.');
    expect(job.getSnapshot().unclosed).toBeUndefined();
    expect(await verified(job)).toMatch(/^skipped: Not lifted, and the job has ended\./);
  });

  it('is still to be put back where it came later than anybody thought: verifying finds it, and changes nothing', async () => {
    const job = await unansweredAndStopped();
    ahead = 121_000;
    await stopped(job);
    await late.land();
    expect(await verified(job)).toMatch(/^done: Verified: it was lifted, but only after the job had ended\./);
    expect(limit()).toEqual(LIFTED);
    expect(inWords(job.row(2))).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/still has to be restored\.$/),
    });
    expect(job.getSnapshot().unclosed).toBeDefined();
    expect(leftLifted(job)).toEqual({ was: null });
    expect(await stopped(job)).toBe('done: Restored: no limit of your own.');
    expect(limit()).toBeNull();
  });

  it('may still come after it was looked for in vain', async () => {
    const job = createJob(spec(limitItems()), quick);
    job.start();
    await comesTo(job, 'unknown');
    job.verifyUnknown();
    await comesTo(job, 'waiting');
    expect(await stopped(job)).toMatch(/^failed: It is as it was before\. An earlier request/);
    ahead = 121_000;
    expect(await stopped(job)).toBe('done: It is as it was before.');
  });

  it('may come once more where one of several tries came', async () => {
    const job = createJob(spec(limitItems()), quick);
    job.start();
    await comesTo(job, 'unknown');
    await late.land();
    expect(await stopped(job)).toMatch(/^failed: Restored: no limit of your own\. .* check again/);
    expect(limit()).toBeNull();
    ahead = 121_000;
    expect(await stopped(job)).toBe('done: It is as it was before.');
  });
});

it('a limit whose lifting lands after it was verified as not done is still restored', async () => {
  const job = await lostAndBack(/POST .*override_ratelimit$/, limitItems());
  expect(limit()).toEqual(LIFTED);
  job.resume();
  await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('finished'), SLOWLY);
  expect(inWords(job.row(0))).toMatchObject({
    status: 'done',
    reason: expect.stringMatching(/^Lifted, most likely by an earlier request/),
  });
  // It was tried several times, and any other of these may come still.
  expect(inWords(job.row(2))).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/^Restored: .* may still be carried out/),
  });
  expect(limit()).toBeNull();
});
