import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import type { JobSnapshot } from '~/jobs/job';
import { Recollection, type Entry, type KeptEntry } from '~/jobs/journal';
import { newId } from '~/jobs/new-id';
import {
  countKept,
  deleteKept,
  clearLeftovers,
  listKept,
  markKept,
  readJob,
  readKept,
  readSince,
  shorten,
  storageReason,
  writeEntries,
  writePlan,
} from './journal-db';
import { inWords } from '~/testing/in-words';

let born = Date.UTC(2026, 0, 1);
const freshId = () => newId((born += 1));

function snapshotOf(id: string, total: number): JobSnapshot {
  return {
    id,
    kind: 'test',
    title: 'Test',
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

async function keep(
  id: string,
  items: readonly number[],
  batches: readonly (readonly Entry[])[],
  firstSeq = 0,
): Promise<void> {
  const size = await writePlan(id, { what: 'it' }, items.length, (index) => items[index] ?? null);
  for (const [seq, entries] of batches.entries()) {
    await writeEntries({ id, snapshot: snapshotOf(id, items.length), size }, firstSeq + seq, JSON.stringify(entries));
  }
}

/** As a page left it that went away at a bad moment. */
async function put(store: 'plans' | 'items' | 'log', value: string, key: IDBValidKey): Promise<void> {
  const db = await openDB('glia');
  await db.put(store, value, key);
  db.close();
}

/** How many records of this job each store holds. */
async function stored(id: string): Promise<Record<string, number>> {
  const db = await openDB('glia');
  const counts: Record<string, number> = {};
  for (const name of db.objectStoreNames) {
    const keys = await db.getAllKeys(name);
    counts[name] = keys.filter((key) => (Array.isArray(key) ? key[0] : key) === id).length;
  }
  db.close();
  return counts;
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
async function entriesSince(id: string, seq: number): Promise<KeptEntry[]> {
  const read: KeptEntry[] = [];
  for await (const entries of (await readSince(id, seq)).batches) read.push(...entries);
  return read;
}
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

  it('gives back all of it where it takes many, a few at a time: what is taken over at once holds the page', async () => {
    const id = freshId();
    const batches = numbers(32).map((item): Entry[] => [['end', item, 'done', String(item), 1, 5]]);
    await keep(id, numbers(40_000), batches);
    const getAll = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const back = await readKept(id);
    expect(back?.items).toEqual(numbers(40_000));
    expect(numbers(33).map((item) => back?.rows.row(item).reason)).toEqual([...numbers(32).map(String), '']);
    expect(back?.nextSeq).toBe(32);
    const atOnce = getAll.mock.calls.map(([, count]) => count ?? Number.POSITIVE_INFINITY);
    expect(Math.max(...atOnce)).toBeLessThanOrEqual(16);
    getAll.mockRestore();
  });

  it('a job whose page went away before its plan was complete is not there: nothing of it was sent', async () => {
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
    expect(await entriesSince(one, 0)).toEqual([]);
  });

  it('a job that is deleted while its log is made shorter leaves nothing behind', async () => {
    const id = freshId();
    await keep(id, [1], [[['sent', 0]], [['back', 0, 'busy', 1]], [['sent', 0]], [['end', 0, 'done', '', 2, 1]]]);
    await Promise.all([shorten(id, 1), deleteKept(id)]);
    expect(await stored(id)).toEqual({ jobs: 0, plans: 0, items: 0, log: 0 });
  });

  it('clears away what pages left of jobs that do not exist, in every store; what was written today may be about to begin', async () => {
    const [plan, items, log, whole] = [freshId(), freshId(), freshId(), freshId()];
    const today = newId(Date.now());
    await keep(whole, numbers(1500), [[['sent', 0]], [['sent', 1]]]);
    await put('plans', 'null', plan);
    await put('items', '[1]', [items, 0]);
    await put('items', '[2]', [items, 1]);
    await put('items', '[1]', [today, 0]);
    await put('log', '[]', [log, 7]);
    const before = await stored(whole);
    await clearLeftovers();
    for (const id of [plan, items, log]) {
      expect(await stored(id)).toEqual({ jobs: 0, plans: 0, items: 0, log: 0 });
    }
    expect(await stored(today)).toMatchObject({ items: 1 });
    expect(await stored(whole)).toEqual(before);
    expect(before).toEqual({ jobs: 1, plans: 1, items: 2, log: 2 });
  });

  it('a mark takes the place of all that was kept of a job', async () => {
    const id = freshId();
    await keep(id, [1, 2], [[['sent', 0]], [['end', 0, 'done', '', 1, 1]]]);
    const mark = { id, snapshot: snapshotOf(id, 2), size: 0 };
    expect(await markKept(mark)).toBe(true);
    expect(await stored(id)).toEqual({ jobs: 1, plans: 0, items: 0, log: 0 });
    expect(await readJob(id)).toEqual(mark);
    expect(await readKept(id)).toBeUndefined();
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

  it('is read on from any point, whether it was made shorter meanwhile or not', async () => {
    const some = fc.array(fc.array(entry, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(some, some, some, fc.boolean(), async (early, missed, late, isShortened) => {
        const id = freshId();
        let rows = new Recollection(6);
        const readOn = async (seq: number) => {
          const { batches, isWhole, nextSeq } = await readSince(id, seq);
          if (isWhole) rows = new Recollection(6);
          for await (const entries of batches) rows.read(entries);
          return nextSeq;
        };
        const batches = [[['sent', 0]] as Entry[], ...early, ...missed];
        await keep(id, numbers(6), batches.slice(0, 1 + early.length));
        const seen = await readOn(0);
        await keep(id, numbers(6), batches);
        if (isShortened) await shorten(id, 6);
        await keep(id, numbers(6), late, batches.length);
        const seenAll = await readOn(seen);
        const whole = await readKept(id);
        expect(rowsOf(rows)).toEqual(whole && rowsOf(whole.rows));
        expect(seenAll).toBe(whole?.nextSeq);
        expect(await entriesSince(id, seenAll)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('made shorter it is read anew by who has not read all of it: what is new may stand at its beginning', async () => {
    const id = freshId();
    const most = numbers(2500).slice(1);
    await keep(id, numbers(2500), [
      most.map((item): Entry => ['sent', item]),
      most.map((item): Entry => ['end', item, 'done', '', 1, 5]),
      [['end', 0, 'failed', 'gone', 1, 6]],
    ]);
    await shorten(id, 2500);
    const rows = new Recollection(2500).read(await entriesSince(id, 2));
    expect(rows.row(0)).toMatchObject({ status: 'failed', reason: 'gone' });
  });

  it('made shorter it is not read again by who has read all of it', async () => {
    const id = freshId();
    await keep(id, numbers(2), [
      [['sent', 0]],
      [['end', 0, 'done', '', 1, 5]],
      [['sent', 1]],
      [['end', 1, 'done', '', 1, 6]],
    ]);
    const { nextSeq } = await readSince(id, 0);
    expect(await shorten(id, 2)).toBeGreaterThan(0);
    expect(await entriesSince(id, nextSeq)).toEqual([]);
    expect(await entriesSince(id, nextSeq - 1)).toHaveLength(2);
    // A retry.
    await keep(id, numbers(2), [[['sent', 1]]], nextSeq);
    expect(await entriesSince(id, nextSeq)).toEqual([['sent', 1]]);
  });

  it('says for people why nothing can be kept', () => {
    expect(inWords(storageReason(new DOMException('', 'QuotaExceededError')))).toMatch(/no space left/);
    expect(inWords(storageReason(new DOMException('', 'SecurityError')))).toMatch(/private window/);
    expect(inWords(storageReason(new Error('odd')))).toMatch(/odd/);
  });
});
