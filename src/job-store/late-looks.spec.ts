import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startJob } from './jobs';
import { signOut } from '~/data/session';
import { signInTo } from '~/testing/signed-in';
import { pageEnvironment } from '~/jobs/environment';
import type { Job, JobSpec } from '~/jobs/job';
import { settle, Thrown, unanswered } from '~/testing/engine';
import { MockHomeserver } from '~/mocks/homeserver';

/** Timers of the page; none goes off by itself. */
const after: { ms: number; callback: () => void }[] = [];

let owner: { baseUrl: string; userId: string };
let looks = 0;

beforeEach(() => {
  const { homeserver, userId } = signInTo(new MockHomeserver());
  owner = { baseUrl: homeserver.baseUrl, userId };
  looks = 0;
  after.length = 0;
  vi.spyOn(pageEnvironment, 'after').mockImplementation((ms, callback) => {
    after.push({ ms, callback });
    return () => undefined;
  });
});
afterEach(() => {
  signOut();
  vi.restoreAllMocks();
});

/** Sent without an answer, once, and not repeated. */
function spec(part: Partial<JobSpec<string>> = {}): JobSpec<string> {
  return {
    kind: 'try-out',
    title: 'Try it out',
    owner,
    items: ['a'],
    describe: (id) => ({ id, columns: {} }),
    run: () => Promise.reject(unanswered()),
    verify: () => {
      looks += 1;
      return Promise.resolve({ status: 'not-done' });
    },
    classify: (error) => (error instanceof Thrown ? error.fault : { kind: 'refused', reason: String(error) }),
    repeatable: false,
    ...part,
  };
}

async function isOver(job: Job): Promise<void> {
  await job.settled();
  await settle();
}
/** Timers that are a look's, and not the engine's own. */
const due = () => after.filter(({ ms }) => ms === 0 || ms >= 20_000);
async function pass(): Promise<void> {
  for (const { callback } of due()) {
    callback();
    await settle();
  }
}

it('a job that is over is looked at again, at once and while a proxy may still deliver what it gave up', async () => {
  await isOver(startJob(spec(), 1));
  expect(due().map(({ ms }) => ms)).toEqual([0, 20_000, 60_000, 180_000]);
  await pass();
  expect(looks).toBe(4);
});

it('not where each request got its answer, nor while its account is signed out', async () => {
  await isOver(startJob(spec({ run: () => Promise.resolve({ status: 'done' }) }), 1));
  expect(due()).toEqual([]);
  await isOver(startJob(spec(), 1));
  signOut();
  await pass();
  expect(looks).toBe(0);
});
