import * as z from 'zod/mini';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { path, request, type RequestSpec } from '~/api/request';
import { signIn, signOut } from '~/data/session';
import type { JobSpec } from '~/jobs/job';
import { classifyHomeserverError, startJob } from './jobs';
import { LOGGED, requestLogOf, withRequestLog } from './request-log';

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };
const HS = { baseUrl: OWNER.baseUrl, token: 'syt_secret' };
const ask = (item: string, signal: AbortSignal, more: Partial<RequestSpec<z.core.$ZodType>> = {}) =>
  request(HS, { path: path`/item/${item}`, schema: z.json(), signal, ...more });

const spec = (items: readonly string[], run: JobSpec<string>['run']): JobSpec<string> => ({
  kind: 'test',
  title: 'Test',
  owner: OWNER,
  items,
  describe: (item) => ({ id: item, columns: {} }),
  run,
  classify: classifyHomeserverError,
  repeatable: true,
  policy: { canary: 0, concurrency: 1, failureThreshold: 1, maxAttempts: 2 },
});
const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const rowsOf = (jobId: string) => {
  const log = requestLogOf(jobId);
  return Array.from({ length: log?.length ?? 0 }, (_, back) => log?.at(back));
};

const enter = () =>
  signIn({ homeserver: HS, userId: OWNER.userId, serverName: 'x', version: '', mas: false, demo: false }, 'page');

beforeEach(enter);
afterEach(() => {
  vi.unstubAllGlobals();
  signOut();
});

it('lists what a job asked and what came of it, newest first, and nothing that others asked', async () => {
  vi.stubGlobal('fetch', async (url: string) => {
    if (url.includes('refused')) return answer(403, { errcode: 'M_FORBIDDEN', error: 'No' });
    if (url.includes('proxy')) return new Response('<html>', { status: 502 });
    if (url.includes('cut')) throw new TypeError('Failed to fetch');
    return answer(200, {});
  });
  const job = startJob(
    spec(['good', 'refused', 'cut'], async (item, { signal }) => {
      await request(HS, { path: path`/other`, schema: z.json() });
      await ask(item, signal, { method: 'PUT', query: { by: 'x' }, body: { password: 'hunter2' } });
      return { status: 'done' };
    }),
    3,
  );
  await job.settled();
  const rows = rowsOf(job.id);
  expect(rows[0]).toMatchObject({ path: '/item/cut?by=x', status: null, outcome: 'network' });
  expect(rows.at(-2)).toMatchObject({ method: 'PUT', path: '/item/refused?by=x', status: 403, outcome: 'M_FORBIDDEN' });
  expect(rows.at(-1)).toMatchObject({ path: '/item/good?by=x', status: 200, outcome: '', attempt: 1, number: 0 });
  // A repeatable item is tried again, and each try counts.
  expect(rows[0]?.attempt).toBeGreaterThan(1);
  expect(JSON.stringify(rows)).not.toMatch(/other|secret|hunter2/);
}, 60_000);

it('keeps the newest thousand of a job, and says how many there were', async () => {
  vi.stubGlobal('fetch', async () => answer(200, {}));
  const items = Array.from({ length: LOGGED + 7 }, (_, index) => `${index}`);
  const job = startJob(
    spec(items, async (item, { signal }) => {
      await ask(item, signal);
      return { status: 'done' };
    }),
    items.length,
  );
  await job.settled();
  const log = requestLogOf(job.id);
  expect(log).toMatchObject({ count: LOGGED + 7, length: LOGGED });
  expect(log?.at(0)?.number).toBe(LOGGED + 6);
  expect(log?.at(LOGGED - 1)?.number).toBe(7);
  expect(log?.at(LOGGED)).toBeUndefined();
});

it('forgets them when the admin signs out', async () => {
  vi.stubGlobal('fetch', async () => answer(200, {}));
  const job = startJob(
    spec(['a'], async (item, { signal }) => {
      await ask(item, signal);
      return { status: 'done' };
    }),
    1,
  );
  await job.settled();
  expect(rowsOf(job.id)).toHaveLength(1);
  signOut();
  expect(requestLogOf(job.id)).toBeUndefined();
});

it('logs the requests of a job that is resumed after its admin has signed in again', async () => {
  vi.stubGlobal('fetch', async () => answer(200, {}));
  const { run } = withRequestLog(
    spec(['a'], async (item, { signal }) => {
      await ask(item, signal);
      return { status: 'done' };
    }),
    'resumed',
  );
  const context = { signal: new AbortController().signal, attempt: 1 } as Parameters<typeof run>[1];
  signOut();
  await run('a', context);
  expect(requestLogOf('resumed')).toBeUndefined();
  enter();
  await run('a', context);
  expect(rowsOf('resumed')).toMatchObject([{ number: 0, path: '/item/a' }]);
});

it('makes no signal for a try that asks for nothing: thousands of them would have to be cleared away', async () => {
  const made = vi.spyOn(AbortSignal, 'any');
  const { run } = withRequestLog(
    spec(['a'], (_item, context) => {
      expect(made).not.toHaveBeenCalled();
      // One for all that the try asks.
      expect(context.signal).toBe(context.signal);
      return Promise.resolve({ status: 'done' });
    }),
    'quick',
  );
  await run('a', { signal: new AbortController().signal, attempt: 1 } as Parameters<typeof run>[1]);
  expect(made).toHaveBeenCalledOnce();
});
