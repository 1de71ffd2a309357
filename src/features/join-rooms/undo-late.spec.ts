import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { classifyHomeserverError, homeserverFor } from '~/data/jobs';
import { signIn, signOut } from '~/data/session';
import { pageEnvironment } from '~/jobs/environment';
import type { Job } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { Notebook } from '~/jobs/try-out';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { LateLanding } from '~/mocks/late-landing';
import type { Room } from '~/mocks/state';
import { undoJoinsSpec } from './undo-run';
import type { UndoItem } from './undo-plan';

/** Removals, and a lifted limit, that the homeserver carries out after nobody waits for them any more, or twice. */

const BASE = 'https://demo.example';
/** The machine may be busy; what is waited for comes. */
const SLOWLY = { timeout: 10_000 };
let model: MockHomeserver;
let room: Room;
let anna: string;

beforeEach(() => {
  model = new MockHomeserver();
  anna = addUser(model, 'anna').name;
  room = addRoom(model, { creator: model.adminId, members: [model.adminId, anna] });
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
const removal = (): UndoItem => ({ kind: 'remove', roomId: room.room_id, room: 'Staff', userId: anna });

function spec(items: readonly UndoItem[]) {
  const owner = { baseUrl: BASE, userId: model.adminId };
  const ground = { owner, href: '', homeserver: () => homeserverFor(owner), classify: classifyHomeserverError };
  const facts = { undoes: 'x', reason: '', unlimited: false };
  return undoJoinsSpec({ ...ground, tick: pageEnvironment.tick }, facts, items);
}

async function comesTo(job: Job, status: string): Promise<void> {
  await vi.waitFor(() => expect(job.row(0).status).toBe(status), SLOWLY);
  await vi.waitFor(() => expect(['paused', 'finished']).toContain(job.getSnapshot().state.phase), SLOWLY);
}

/** The first item gets no answer at all, and is looked for in vain; then the page goes away. @returns the next page's job */
async function lostAndBack(items: readonly UndoItem[]): Promise<Job> {
  const journal = new Notebook();
  const job = createJob(spec(items), quick, { journal });
  job.start();
  await comesTo(job, 'unknown');
  job.verifyUnknown();
  await comesTo(job, 'waiting');
  await vi.waitFor(() => expect(journal.entries.some((entry) => entry[0] === 'back' && entry[4])).toBe(true), SLOWLY);
  return createJob(spec(items), quick, { restored: journal.restored(job) });
}

describe('a removal from a room', () => {
  it('that lands after it was verified as not done is not told as the user’s own leaving', async () => {
    const late = new LateLanding(model, /\/kick$/);
    vi.stubGlobal('fetch', late.fetch);
    const job = createJob(spec([removal()]), quick);
    job.start();
    await comesTo(job, 'unknown');
    job.verifyUnknown();
    await comesTo(job, 'waiting');
    await late.land();
    job.resume();
    await comesTo(job, 'done');
    expect(job.row(0).reason).toMatch(/^Not in the room any more: removed by an earlier try of this job, or left/);
  });

  it('not even by a page that has only the journal to go by', async () => {
    const late = new LateLanding(model, /\/kick$/);
    vi.stubGlobal('fetch', late.fetch);
    const job = await lostAndBack([removal()]);
    await late.land();
    job.resume();
    await comesTo(job, 'done');
    expect(job.row(0).reason).toMatch(/^Not in the room any more: removed by an earlier try of this job, or left/);
  });

  it('that the browser sent twice by itself is not told as the user’s own leaving', async () => {
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (url.endsWith('/kick')) await model.handle(new Request(url, init));
      return model.handle(new Request(url, init));
    });
    const job = createJob(spec([removal()]), quick);
    job.start();
    await comesTo(job, 'done');
    expect(job.row(0).reason).toMatch(/or removed by this request if the browser sent it twice by itself\.$/);
  });
});

it('a limit whose lifting lands after it was verified as not done is put back all the same', async () => {
  const late = new LateLanding(model, /POST .*override_ratelimit$/);
  vi.stubGlobal('fetch', late.fetch);
  const job = await lostAndBack([{ kind: 'lift-limit', was: null }, removal(), { kind: 'put-limit-back', was: null }]);
  await late.land();
  const limit = () => model.state.users.get(model.adminId)?.ratelimit;
  expect(limit()).toEqual({ messages_per_second: 0, burst_count: 0 });
  job.resume();
  await vi.waitFor(() => expect(job.getSnapshot().state.phase).toBe('finished'), SLOWLY);
  expect(job.row(0)).toMatchObject({ status: 'done', reason: expect.stringMatching(/^Lifted, by an earlier try/) });
  expect(job.row(2)).toMatchObject({ status: 'done', reason: 'Put back as it was: none of your own.' });
  expect(limit()).toBeNull();
});
