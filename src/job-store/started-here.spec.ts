import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import type { JobSnapshot } from '~/jobs/job';
import { writeEntries, writePlan } from './journal-db';
import { startedHere } from './started-here';

const NOW = Date.UTC(2026, 10, 20);

const job = (id: string, kind: string, startedAt = NOW - 1000): JobSnapshot => ({
  id,
  kind,
  title: id,
  owner: { baseUrl: 'https://hs.example', userId: '@admin:hs.example' },
  state: { phase: 'finished' },
  total: 1,
  counts: { waiting: 0, running: 0, done: 1, skipped: 0, failed: 0, unknown: 0 },
  startedAt,
  endedAt: NOW,
  ratePerSecond: null,
  remainingMs: null,
  waitingUntil: null,
  concurrency: 2,
  canVerify: false,
  scan: false,
  version: 1,
  kept: { ok: true },
});

async function keep(snapshot: JobSnapshot, task: string): Promise<JobSnapshot> {
  const size = await writePlan(snapshot.id, null, 1, () => '!room:hs.example');
  const entries = [
    ['before', 0, { task }],
    ['end', 0, 'done', '', 1, NOW],
  ];
  await writeEntries({ id: snapshot.id, snapshot, size }, 0, JSON.stringify(entries));
  return snapshot;
}

it('knows which tasks of the homeserver this browser started, by their IDs', async () => {
  const list = [
    await keep(job('delete', 'room.delete'), 'one'),
    await keep(job('lock', 'user.lock'), 'two'),
    await keep(job('old', 'room.delete', NOW - 30 * 86_400_000), 'three'),
  ];
  const { signal } = new AbortController();
  expect([...(await startedHere(list, NOW, signal))]).toEqual([['one', 'delete']]);
});
