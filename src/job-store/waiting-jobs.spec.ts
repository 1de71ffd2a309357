import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import type { JobSnapshot, JobState } from '~/jobs/job';
import { DEMO_BASE_URL } from '~/lib/demo';
import { writeEntries, writePlan } from './journal-db';
import { holdRunner, releaseRunner } from './runner-lock';
import { waitingJobs } from './waiting-jobs';
import { signIn, signOut } from '~/data/session';

const running: JobState = { phase: 'running', canary: false };

async function keep(id: string, state: JobState, baseUrl = 'https://hs.example'): Promise<void> {
  await writePlan(id, null, 5, (index) => index);
  const snapshot: JobSnapshot = {
    id,
    kind: 'test',
    title: `Job ${id}`,
    owner: { baseUrl, userId: '@admin:hs.example' },
    state,
    total: 5,
    counts: { waiting: 2, running: 0, done: 1, skipped: 1, failed: 1, unknown: 0 },
    startedAt: 1,
    endedAt: null,
    ratePerSecond: null,
    remainingMs: null,
    waitingUntil: null,
    concurrency: 2,
    canVerify: true,
    scan: false,
    version: 0,
  };
  await writeEntries({ id, snapshot, size: 0 }, 0, null);
}

const ids = async () => (await waitingJobs()).map(({ id }) => id).toSorted();

it('names what was cut off or paused, on homeservers that can be signed in to', async () => {
  await keep('cut-off', running);
  await keep('paused', { phase: 'paused', why: 'asked', reason: '' });
  await keep('over', { phase: 'finished' });
  await keep('demo', running, DEMO_BASE_URL);
  expect(await ids()).toEqual(['cut-off', 'paused']);
  expect((await waitingJobs())[0]).toMatchObject({ total: 5, ended: 3, owner: { userId: '@admin:hs.example' } });
});

it('leaves out what a tab runs right now, until that tab is gone', async () => {
  await keep('alive', running);
  await holdRunner('alive');
  expect(await ids()).not.toContain('alive');
  releaseRunner('alive');
  await expect.poll(ids).toContain('alive');
});

it('leaves out those of accounts that this tab is signed in as: nobody has to sign in for them', async () => {
  await keep('mine', { phase: 'paused', why: 'asked', reason: '' });
  const homeserver = { baseUrl: 'https://hs.example', token: 'syt' };
  const admin = { userId: '@admin:hs.example', serverName: 'hs.example', version: '1.163.2', mas: false, demo: false };
  signIn({ homeserver, ...admin }, 'page');
  expect(await ids()).not.toContain('mine');
  signOut();
  expect(await ids()).toContain('mine');
});
