import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobSnapshot } from '~/jobs/job';
import type { Entry, Recollection } from '~/jobs/journal';
import { newId } from '~/jobs/new-id';
import {
  countKept,
  deleteKept,
  listKept,
  readEntries,
  readKept,
  shorten,
  storageReason,
  writeEntries,
  writePlan,
} from './journal-db';

let born = Date.UTC(2026, 0, 1);
const freshId = () => newId((born += 1));

function snapshotOf(id: string, total: number): JobSnapshot {
  return {
    id,
    kind: 'test',
    title: 'Test',
    href: undefined,
    owner: { baseUrl: 'https://hs.example', userId: '@admin:hs.example' },
    state: { phase: 'running', canary: false },
    total,
    counts: { waiting: total, running: 0, done: 0, skipped: 0, failed: 0, unknown: 0 },
    startedAt: born,
    endedAt: null,
    ratePerSecond: null,
    remainingMs: null,
    waitingUntil: null,
    concurrency: 2,
    canVerify: true,
    scan: false,
    version: 0,
  };
}

async function keep(id: string, items: readonly number[], batches: readonly (readonly Entry[])[]): Promise<void> {
  const size = await writePlan(id, { what: 'it' }, items.length, (index) => items[index] ?? null);
  for (const [seq, entries] of batches.entries()) {
    await writeEntries({ id, snapshot: snapshotOf(id, items.length), size }, seq, JSON.stringify(entries));
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const rowsOf = (rows: Recollection) => numbers(rows.size).map((index) => rows.row(index));

describe('the journal on disk', () => {
  it('gives back plan, items and rows in order, however many chunks they took', async () => {
    const id = freshId();
    await keep(id, numbers(2500), [
      [
        ['sent', 0],
        ['sent', 2499],
      ],
      [['end', 2499, 'done', 'well', 1, 5]],
    ]);
    const back = await readKept(id);
    expect(back?.plan).toEqual({ what: 'it' });
    expect(back?.items).toEqual(numbers(2500));
    expect(back?.nextSeq).toBe(2);
    expect(back?.rows.row(0).status).toBe('unknown');
    expect(back?.rows.row(2499)).toMatchObject({ status: 'done', reason: 'well' });
    expect(await countKept(id, 2500)).toMatchObject({ unknown: 1, done: 1, waiting: 2498 });
  });

  it('a job whose page went away before its plan was whole is not there, for nothing of it was sent', async () => {
    const id = freshId();
    await writePlan(id, null, 10, (index) => index);
    expect(await readKept(id)).toBeUndefined();
    expect((await listKept()).map((kept) => kept.id)).not.toContain(id);
  });

  it('jobs do not mix, and a deleted one leaves nothing behind', async () => {
    const [one, two] = [freshId(), freshId()];
    await keep(one, [1], [[['end', 0, 'done', 'one', 1, 1]]]);
    await keep(two, [2], [[['end', 0, 'failed', 'two', 1, 1]]]);
    await deleteKept(one);
    expect(await readKept(one)).toBeUndefined();
    expect((await readKept(two))?.rows.row(0).reason).toBe('two');
    expect((await readEntries(one, 0)).entries).toEqual([]);
  });

  const index = fc.nat(5);
  const entry = fc.oneof(
    fc.tuple(fc.constant('sent' as const), index),
    fc.tuple(fc.constant('back' as const), index, fc.constantFrom('', 'busy'), fc.nat(3)),
    fc.tuple(fc.constant('back' as const), index, fc.constant('not done'), fc.nat(3), fc.constant(true as const)),
    fc.tuple(fc.constant('before' as const), index, fc.constantFrom('x', { a: 1 }, null)),
    fc.tuple(
      fc.constant('end' as const),
      index,
      fc.constantFrom('done' as const, 'skipped' as const, 'failed' as const, 'unknown' as const),
      fc.constantFrom('', 'why'),
      fc.nat(3),
      fc.nat(9),
    ),
    fc.tuple(fc.constant('stop' as const)),
  );

  it('made shorter it tells the same, and what is written afterwards still comes after', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(entry, { maxLength: 4 }), { maxLength: 8 }), entry, async (batches, last) => {
        const id = freshId();
        await keep(id, numbers(6), [[['sent', 0]], ...batches]);
        const before = await readKept(id);
        await shorten(id, 6);
        const after = await readKept(id);
        expect(after && rowsOf(after.rows)).toEqual(before && rowsOf(before.rows));
        expect(after?.nextSeq).toBe(before?.nextSeq);
        await writeEntries({ id, snapshot: snapshotOf(id, 6), size: 0 }, after?.nextSeq ?? -1, JSON.stringify([last]));
        const later = await readKept(id);
        expect(later && rowsOf(later.rows)).toEqual(before && rowsOf(before.rows.read([last])));
      }),
      { numRuns: 60 },
    );
  });

  it('says for people why nothing can be kept', () => {
    expect(storageReason(new DOMException('', 'QuotaExceededError'))).toMatch(/no more room/);
    expect(storageReason(new DOMException('', 'SecurityError'))).toMatch(/private window/);
    expect(storageReason(new Error('odd'))).toMatch(/odd/);
  });
});
