import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signIn, signOut } from '~/data/session';
import type { JobSpec } from '~/jobs/job';
import { classifyHomeserverError, startJob } from './jobs';
import { refreshAfterJobs } from './use-fresh-after-jobs';

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };
const spec = (kind: string, run: JobSpec<string>['run']): JobSpec<string> => ({
  kind,
  title: 'Test',
  owner: OWNER,
  items: ['a'],
  describe: (item) => ({ id: item, columns: {} }),
  run,
  classify: classifyHomeserverError,
  repeatable: true,
});

beforeEach(() =>
  signIn(
    {
      homeserver: { baseUrl: OWNER.baseUrl, token: 'x' },
      userId: OWNER.userId,
      serverName: 'hs.example',
      version: '',
      mas: false,
      demo: false,
    },
    'page',
  ),
);
afterEach(() => signOut());

/** What is shown of the homeserver, and of another one. */
function shownData(): { client: QueryClient; stale(): string[] } {
  const client = new QueryClient();
  for (const base of [OWNER.baseUrl, 'https://other.example']) {
    for (const noun of ['users', 'rooms', 'media', 'avatars']) client.setQueryData([base, noun, 'list'], {});
  }
  return {
    client,
    stale: () =>
      client
        .getQueryCache()
        .getAll()
        .filter(({ state }) => state.isInvalidated)
        .map(({ queryKey: [base, noun] }) => `${String(base)} ${String(noun)}`),
  };
}

it.each([
  'user.lock',
  'media.quarantine',
  'join-rooms',
  'join-rooms-undo',
  'delete-media',
  'external-ids',
  'external-ids-undo',
])('after a job of the kind %s, however quick, all that is shown of its homeserver is read again', async (kind) => {
  const { client, stale } = shownData();
  const end = refreshAfterJobs(client);
  const job = startJob(
    spec(kind, () => Promise.resolve({ status: 'done' })),
    1,
  );
  await job.settled();
  await expect.poll(stale).toEqual([`${OWNER.baseUrl} users`, `${OWNER.baseUrl} rooms`, `${OWNER.baseUrl} media`]);
  end();
});

it('reads again after each retry, and not while a job changes nothing', async () => {
  let isRefused = true;
  const { client, stale } = shownData();
  const end = refreshAfterJobs(client);
  const job = startJob(
    spec('join-rooms', () => Promise.resolve(isRefused ? { status: 'failed', reason: 'No.' } : { status: 'done' })),
    1,
  );
  await job.settled();
  await expect.poll(() => stale().length).toBe(3);
  for (const noun of ['users', 'rooms', 'media']) client.setQueryData([OWNER.baseUrl, noun, 'list'], {});
  expect(stale()).toEqual([]);
  isRefused = false;
  job.retryFailed();
  await job.settled();
  await expect.poll(() => stale().length).toBe(3);
  end();
});
