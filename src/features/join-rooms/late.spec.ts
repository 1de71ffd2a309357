import { describe, expect, it, vi } from 'vitest';
import { signOut } from '~/data/session';
import { pageEnvironment } from '~/jobs/environment';
import type { Job } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { setMembership } from '~/mocks/rules/membership';
import type { Room } from '~/mocks/state';
import { Notebook } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { foundRoom, joinGround } from '~/testing/joins';
import { loseAnswers } from '~/testing/late-answers';
import { comesTo, quick, SLOWLY } from '~/testing/quick-jobs';
import { modelForEach } from '~/testing/model-for-each';
import { signInTo } from '~/testing/signed-in';
import { canBeUndone } from './before';
import { joinJob } from './run';
import { isUndoable } from './undo-plan';

/** Joins that the homeserver carries out after nobody waits for them any more, or twice: whose doing is told as far as known. */

let model: MockHomeserver;
let room: Room;
let anna: string;
/** What `tick` says besides the time that really passes. */
let passed = 0;

modelForEach((made) => {
  model = made;
  passed = 0;
  anna = addUser(model, 'anna').name;
  // In a private room a second join is refused: “is already in the room”.
  room = addRoom(model, { creator: model.adminId, members: [model.adminId] });
});

const signInAgain = () => void signInTo(model);

function spec() {
  const members = new Set([model.adminId]);
  const found = foundRoom(room.room_id, { joinRule: room.join_rules, members, adminIn: true, adminCanInvite: true });
  const ground = { ...joinGround(model), tick: () => pageEnvironment.tick() + passed };
  return joinJob(ground, [{ kind: 'join', room: found, userId: anna }]);
}

const somebodyJoins = () => setMembership(model, room, anna, { membership: 'join', sender: anna });

/** What its row says, and whether an undo would take the user out of the room again, at once or where that is chosen. */
function told(job: Job) {
  const { status, reason, before } = job.row(0);
  const { joined_before } = before as { joined_before: unknown };
  return {
    status,
    reason: inWords(reason),
    joined_before,
    undo: canBeUndone(job.row(0)),
    offered: isUndoable(job.row(0)),
  };
}

const NOBODY_KNOWS = {
  status: 'skipped',
  reason: expect.stringMatching(/^Already in the room when Glia looked: joined by this job or by someone else\./),
  joined_before: null,
  undo: false,
  offered: true,
};

const loseJoins = () => loseAnswers(model, /POST .*\/v1\/join\//, spec);

describe('a join that lands late', () => {
  it('after it was verified as not done, is not reported as someone else’s', async () => {
    const { job, late } = await loseJoins();
    await late.land();
    job.resume();
    await comesTo(job, 'skipped');
    expect(told(job)).toEqual(NOBODY_KNOWS);
  });

  it('not even by a page that knows only the journal', async () => {
    const { late, next } = await loseJoins();
    await late.land();
    const back = next();
    expect(back.row(0).status).toBe('waiting');
    back.resume();
    await comesTo(back, 'skipped');
    expect(told(back)).toEqual(NOBODY_KNOWS);
  });

  it('is someone else’s where the page closed before the request was sent', async () => {
    const journal = new Notebook();
    await journal.write([['sent', 0]]);
    somebodyJoins();
    const job = createJob(spec(), quick, { restored: journal.restored(createJob(spec(), quick)) });
    job.verifyUnknown();
    await comesTo(job, 'skipped');
    expect(told(job)).toMatchObject({
      reason: expect.stringMatching(/This job sent nothing\.$/),
      joined_before: true,
      undo: false,
    });
  });

  it('between the two looks of its next try, is not reported as someone else’s either', async () => {
    const { job, late } = await loseJoins();
    // Too long ago for the look at the members to be taken for fresh.
    passed += 120_000;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (url.endsWith('/members')) await late.land();
      return late.fetch(url, init);
    });
    job.resume();
    await comesTo(job, 'skipped');
    expect(told(job)).toEqual(NOBODY_KNOWS);
  });

  it('and is met by the next try itself: “is already in the room”', async () => {
    const { job, late } = await loseJoins();
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (init.method === 'POST') await late.land();
      return late.fetch(url, init);
    });
    job.resume();
    await comesTo(job, 'skipped');
    expect(told(job)).toEqual(NOBODY_KNOWS);
  });

  it('is not certain to be the job’s though the next try finds it at once: someone else may have been as quick', async () => {
    model.faults.next({ match: /\/v1\/join\//, answer: 'reset-after' });
    const job = createJob(spec(), quick);
    job.start();
    await comesTo(job, 'skipped');
    expect(told(job)).toEqual(NOBODY_KNOWS);
  });

  it('is not certain to be the job’s where time passed until the next try', async () => {
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (init.method !== 'POST') return response;
      passed += 120_000;
      throw new TypeError('Failed to fetch');
    });
    const job = createJob(spec(), quick);
    job.start();
    await comesTo(job, 'skipped');
    expect(told(job)).toEqual(NOBODY_KNOWS);
  });
});

it('a join whose event was seen stays done where the user left since', async () => {
  let times = 0;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (init.method === 'POST' && (times += 1) === 1) throw new TypeError('Failed to fetch');
    return model.handle(new Request(url, init));
  });
  const job = createJob(spec(), quick);
  job.start();
  await comesTo(job, 'done');
  expect(job.getSnapshot().unsettled).toMatchObject({ count: 1 });
  setMembership(model, room, anna, { membership: 'leave', sender: anna });
  job.lookAgain();
  await vi.waitFor(() => expect(job.getSnapshot().unsettled?.lookedAt).not.toBeNull(), SLOWLY);
  expect(inWords(job.row(0))).toMatchObject({ status: 'done', reason: expect.stringMatching(/^Joined by this job\./) });
});

describe('a join that was answered with no', () => {
  it.each([
    ['429', 'slow down', 'skipped'],
    ['401', 'sign in', 'waiting'],
    ['403', 'refused', 'failed'],
  ] as const)('%s, and that is found done later, is not certain to be the job’s: %s', async (answer, _what, status) => {
    model.faults.next({ match: /\/v1\/join\//, answer, retryAfterMs: 1 });
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (init.method === 'POST' && response.status !== 200) somebodyJoins();
      return response;
    });
    const job = createJob(spec(), quick);
    job.start();
    await comesTo(job, status);
    signInAgain();
    if (status === 'failed') job.retryFailed();
    else job.resume();
    await comesTo(job, 'skipped');
    expect(told(job)).toEqual(NOBODY_KNOWS);
  });

  it('that the browser sent twice by itself, and whose first request joined the user, is not certain to be the job’s', async () => {
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (init.method === 'POST') await model.handle(new Request(url, init));
      return model.handle(new Request(url, init));
    });
    const job = createJob(spec(), quick);
    job.start();
    await comesTo(job, 'skipped');
    expect(told(job)).toMatchObject({ joined_before: null, undo: false, offered: true });
    expect(inWords(job.row(0).reason)).toMatch(
      /^Already in the room when the request came: joined by this job or by someone else/,
    );
  });

  it('that was not sent for lack of a token does not hide that someone else joined the user', async () => {
    // The token is lost between the looks and the join.
    let looked = 0;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await model.handle(new Request(url, init));
      if (url.endsWith('/members')) looked += 1;
      if (looked === 1) signOut();
      return response;
    });
    const job = createJob(spec(), quick);
    job.start();
    await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('paused'), SLOWLY);
    expect(model.log.writes()).toEqual([]);
    somebodyJoins();
    looked = 2;
    passed += 120_000;
    signInAgain();
    job.resume();
    await comesTo(job, 'skipped');
    expect(told(job)).toMatchObject({
      reason: expect.stringMatching(/someone else joined them, after the plan was made\.$/),
      joined_before: true,
    });
  });
});
