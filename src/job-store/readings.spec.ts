import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import type { Session } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { comes, full, openTab, startAfresh, stored, NOTHING } from '~/testing/tabs';
import { aboutRoom, jobsOn } from './jobs-on';

afterEach(startAfresh);

const ROOM = '!room:hs.example';
const session: Session = {
  homeserver: { baseUrl: 'https://hs.example', token: 'the-token' },
  userId: '@admin:hs.example',
  serverName: 'hs.example',
  version: '1',
  mas: false,
  demo: false,
};

async function tab(name: string) {
  const opened = await openTab(name);
  const { recordReading } = await import('./readings');
  return { ...opened, recordReading };
}

it('a reading of messages is listed as a job that is over, with who read what and when', async () => {
  const one = await tab('one');
  one.recordReading('read.messages', ROOM, session);
  await comes(() => expect(one.listed()).toHaveLength(1));
  const [job] = one.listed();
  expect(wordsOf(job?.title ?? '')).toContain(ROOM);
  expect(job).toMatchObject({ kind: 'read.messages', state: { phase: 'finished' }, total: 1, kept: { ok: true } });
  expect(job?.owner).toEqual({ baseUrl: 'https://hs.example', userId: '@admin:hs.example' });
  expect(job?.startedAt).toBeGreaterThan(0);
  expect(JSON.stringify(job)).not.toContain('the-token');
});

it('another tab, and this one after a reload, find it on the page of the room', async () => {
  const one = await tab('one');
  one.recordReading('read.messages', ROOM, session);
  await comes(() => expect(one.listed()).toHaveLength(1));
  const two = await tab('two');
  await two.readKeptJobs();
  const { found } = await jobsOn(aboutRoom(ROOM), two.listed(), 0, new AbortController().signal);
  expect(found).toMatchObject([{ job: { kind: 'read.messages' }, counts: { done: 1 } }]);
});

it('who turns pages within an hour reads once', async () => {
  const one = await tab('one');
  for (let turn = 0; turn < 3; turn += 1) one.recordReading('read.messages', ROOM, session);
  one.recordReading('read.messages', '!other:hs.example', session);
  await comes(() => expect(one.listed()).toHaveLength(2));
  expect((await stored())['jobs']).toBe(2);
});

it('is deleted as a job is, and nothing is left of it', async () => {
  const one = await tab('one');
  one.recordReading('read.user-data', '@anna:hs.example', session);
  await comes(() => expect(one.listed()).toHaveLength(1));
  await one.deleteJob(one.listed()[0]?.id ?? '');
  expect(one.listed()).toEqual([]);
  expect(await stored()).toEqual(NOTHING);
});

it('where nothing can be saved, it is listed in this tab and can be deleted there', async () => {
  const one = await tab('one');
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full);
  one.recordReading('read.messages', ROOM, session);
  await comes(() => expect(one.listed()).toMatchObject([{ kept: { ok: false } }]));
  await one.deleteJob(one.listed()[0]?.id ?? '');
  expect(one.listed()).toEqual([]);
});

it('a request of the console is listed as unknown before it is sent, and as it ended once that is known', async () => {
  const one = await tab('one');
  const { recordSent } = await import('./readings');
  const record = recordSent({ target: ROOM, request: 'DELETE /x' }, session);
  await record.written;
  expect(one.listed()).toMatchObject([{ counts: { unknown: 1, done: 0 }, kept: { ok: true } }]);
  // The page that breaks here leaves this behind.
  const two = await tab('two');
  await two.readKeptJobs();
  expect(two.listed()).toMatchObject([{ counts: { unknown: 1 } }]);
  record.end('done');
  await comes(() => expect(one.listed()).toMatchObject([{ counts: { unknown: 0, done: 1 } }]));
  const { found } = await jobsOn(aboutRoom(ROOM), one.listed(), 0, new AbortController().signal);
  expect(found).toMatchObject([{ counts: { unknown: 0, done: 1 } }]);
});

it('a disk that does not answer keeps nobody from sending from the console', async () => {
  await tab('one');
  const { recordSent } = await import('./readings');
  vi.spyOn(indexedDB, 'open').mockImplementation(() => new EventTarget() as IDBOpenDBRequest);
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const { written } = recordSent({ target: ROOM, request: 'DELETE /x' }, session);
  await vi.advanceTimersByTimeAsync(3000);
  await expect(written).resolves.toBeUndefined();
  vi.useRealTimers();
});
