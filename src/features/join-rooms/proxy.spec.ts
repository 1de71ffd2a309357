import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { classifyHomeserverError, homeserverFor } from '~/job-store/jobs';
import { PlanDraft } from '~/job-store/plan-draft';
import { currentSession, signOut, type Session } from '~/data/session';
import { BASE, signInTo } from '~/testing/signed-in';
import type { Job } from '~/jobs/job';
import { createJob } from '~/jobs/runner';
import { Hurry } from '~/testing/engine';
import { addRoom, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { runItems } from './plan';
import { beginPlanning, type Planned, type Wanted } from './planning';
import { joinJob } from './run';

/** Something in front of the homeserver answers in its place: that is never taken for the homeserver's word. */

// Scans run in the page's own time; nothing here is about how long they wait.
vi.mock('~/jobs/pace', async (original) => ({ ...(await original<object>()), retryDelayMs: () => 0 }));

const STRANGERS = ['404-traefik', '404-html', '401-html', '403-html', 'html', 'portal'] as const;
let model: MockHomeserver;
let session: Session;
let planning: PlanDraft<object, Planned>;

beforeEach(() => {
  model = new MockHomeserver();
  planning = new PlanDraft({});
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

function wanted(): Wanted {
  const ids = ['anna', 'ben'].map((name) => addUser(model, name).name);
  addRoom(model, { alias: 'lobby', join_rules: 'public', creator: model.adminId, members: [model.adminId] });
  return { rooms: [{ ref: '#lobby:demo.example', via: [] }], users: { kind: 'named', ids }, pairs: null };
}

const begin = (what: Wanted) => planning.make((making) => beginPlanning(session, what, making));
const rests = (job: Job) =>
  vi.waitFor(() => expect(job.getSnapshot().state.phase).toMatch(/^(paused|finished)$/), { timeout: 20_000 });

/** The plan that is made of what could be read. */
async function reasons(what: Wanted): Promise<string[]> {
  begin(what);
  const scan = planning.get().reading;
  if (!scan) throw new Error('unreachable');
  await rests(scan.job);
  expect(planning.get().planned).toBeNull();
  scan.goOnWithout();
  return planning.get().planned?.rows.map(({ verdict, reason }) => `${verdict}: ${reason}`) ?? [];
}

describe('a proxy that answers in the homeserver’s place', () => {
  it.each(STRANGERS)('%s: an alias could not be read, and nobody says that no room has it', async (answer) => {
    model.faults.next({ match: /directory\/room/, answer, times: Infinity });
    expect(await reasons(wanted())).toEqual([
      'cannot: the room could not be read',
      'cannot: the room could not be read',
    ]);
  });

  it.each(STRANGERS)('%s: a room could not be read, and nobody says that this server is not in it', async (answer) => {
    model.faults.next({ match: /v1\/rooms\//, answer, times: Infinity });
    expect(await reasons(wanted())).toEqual([
      'cannot: the room could not be read',
      'cannot: the room could not be read',
    ]);
  });

  it.each(STRANGERS)('%s: a user could not be read, and nobody says that there is none', async (answer) => {
    model.faults.next({ match: /v2\/users\/@anna/, answer, times: Infinity });
    expect(await reasons(wanted())).toEqual(['cannot: the user could not be read', 'will: ']);
  });

  it.each(STRANGERS)('%s in the run: the first join asks, and nothing is done or skipped', async (answer) => {
    begin(wanted());
    await vi.waitFor(() => expect(planning.get().planned).not.toBeNull(), { timeout: 10_000 });
    model.faults.next({ match: /./, answer, times: Infinity });
    const owner = { baseUrl: BASE, userId: model.adminId };
    const ground = { owner, homeserver: () => homeserverFor(owner), classify: classifyHomeserverError };
    const job = createJob(
      joinJob({ ...ground, tick: () => performance.now() }, runItems(planning.get().planned?.rows ?? [])),
      new Hurry(),
    );
    job.start();
    await rests(job);
    expect(job.getSnapshot()).toMatchObject({
      state: { phase: 'paused', why: 'failures' },
      counts: { done: 0, skipped: 0 },
    });
  });
});
