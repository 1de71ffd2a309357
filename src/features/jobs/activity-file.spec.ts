import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { registerKind } from '~/job-store/job-kinds';
import { writeEntries, writePlan } from '~/job-store/journal-db';
import type { JobSnapshot, JobSpec } from '~/jobs/job';
import { jobs } from '~/jobs/registry';
import { itemsFile, jobsFile } from './activity-file';

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };

registerKind('test', () =>
  Promise.resolve(({ items, title, owner }) =>
    Promise.resolve({
      kind: 'test',
      title,
      owner,
      items,
      describe: (item: unknown) => ({ id: String(item), columns: { Name: '=evil()' } }),
      run: () => Promise.resolve({ status: 'done' as const }),
      classify: () => ({ kind: 'refused' as const, reason: '' }),
      repeatable: false,
    } satisfies JobSpec<unknown>),
  ),
);

async function keep(
  id: string,
  items: readonly string[],
  more: Partial<JobSnapshot> = {},
  parts: readonly unknown[] = [],
): Promise<JobSnapshot> {
  const snapshot: JobSnapshot = {
    id,
    kind: 'test',
    title: `Job ${id}`,
    owner: OWNER,
    state: { phase: 'finished' },
    total: items.length,
    counts: { waiting: 0, running: 0, done: items.length, skipped: 0, failed: 0, unknown: 0 },
    startedAt: 1_700_000_000_000,
    endedAt: 1_700_000_001_000,
    ratePerSecond: null,
    remainingMs: null,
    waitingUntil: null,
    concurrency: 1,
    canVerify: false,
    scan: false,
    version: 1,
    ...more,
  };
  const size = await writePlan(id, null, items.length, (index) => items[index] ?? '');
  const entries = items.map((_, index) => ['end', index, 'done', 'as wished', 1, 1_700_000_000_500] as const);
  await writeEntries({ id, snapshot, size }, 0, JSON.stringify([...parts, ...entries]));
  return snapshot;
}

const { signal } = new AbortController();

describe('Activity as a file', () => {
  it('has a line a job, with who did it, when, and how it ended', async () => {
    const job = await keep('one', ['@anna:hs.example']);
    const csv = await jobsFile([job], 'csv').text();
    expect(csv).toContain('"Job one"');
    expect(csv).toContain('"@admin:hs.example","https://hs.example","finished","2023-11-14T22:13:20.000Z"');
    const { jobs: list } = JSON.parse(await jobsFile([job], 'json').text()) as { jobs: object[] };
    expect(list).toMatchObject([{ id: 'one', items: 1, counts: { done: 1 }, user: '@admin:hs.example' }]);
  });

  it('has a line an item on request, without opening a job', async () => {
    const one = await keep('first', ['@anna:hs.example', '@ben:hs.example']);
    const two = await keep('second', ['@carl:hs.example']);
    const seen: number[] = [];
    const { file, unread } = await itemsFile([one, two], 'csv', signal, (count) => seen.push(count));
    const csv = await file.text();
    expect(csv.match(/as wished/g)).toHaveLength(3);
    expect(csv).toContain('@carl:hs.example');
    expect(csv).toContain('"Name: =evil()"');
    expect(unread).toEqual([]);
    expect(seen).toEqual([1, 2]);
    expect(jobs.list()).toEqual([]);
  });

  it('names a job whose items can’t be read, and has none of them', async () => {
    const one = await keep('whole', ['@anna:hs.example']);
    const { file, unread } = await itemsFile([one, { ...one, id: 'gone', title: 'Gone' }], 'json', signal);
    expect(unread).toMatchObject([{ job: { id: 'gone' } }]);
    const { jobs: list } = JSON.parse(await file.text()) as { jobs: { id: string; rows: object[] | null }[] };
    expect(list).toMatchObject([
      { id: 'whole', rows: [{ id: '@anna:hs.example', status: 'done', reason: 'as wished' }] },
      { id: 'gone', rows: null, unread: {} },
    ]);
  });

  it('ends when it is cancelled, without a file', async () => {
    const one = await keep('never', ['@anna:hs.example']);
    await expect(itemsFile([one], 'csv', AbortSignal.abort())).rejects.toThrow('aborted');
  });

  it('has what each step of a job found before it changed something', async () => {
    const job = await keep('steps', ['@anna:hs.example'], {}, [
      ['part', 0, ['kept', 'lock', '@anna:hs.example', { before: { locked: false } }]],
    ]);
    const json = await (await itemsFile([job], 'json', signal)).file.text();
    const { jobs: list } = JSON.parse(json) as { jobs: { rows: { steps: unknown }[] }[] };
    expect(list[0]?.rows[0]?.steps).toEqual([['kept', 'lock', '@anna:hs.example', { before: { locked: false } }]]);
    expect(await (await itemsFile([job], 'csv', signal)).file.text()).toContain('""locked"":false');
  });
});
