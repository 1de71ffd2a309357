import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { withValues } from '~/lib/text';
import type { JobSpec } from './job';
import { reportCsv, reportFile, reportJson } from './report';
import { Bench, HandClock, names, refused, unanswered } from '~/testing/engine';

async function whole(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

/** Three items with three outcomes, then stopped: a fourth was never begun. */
async function ranBench(spec: Partial<JobSpec<string>> = {}): Promise<Bench> {
  const bench = await new Bench(['@a:x', 'b', 'c', 'd'], { ...spec, policy: { concurrency: 3 } }).start();
  bench.job.stop();
  await bench.clock.advance(2500);
  await bench.call('c').context.keepBefore({ ids: ['x"y', 'é'] });
  await bench.call('@a:x').answer({ status: 'done', before: ['one', 2, null] });
  await bench.fail(refused('No, "never"\nnot here'), 'b');
  await bench.fail(unanswered(), 'c');
  return bench;
}

describe('promise 11: a report of each item, as CSV and as JSON', () => {
  test('CSV is a table from its first line: a row an item, IDs unchanged', async () => {
    const { job, clock } = await ranBench();
    const text = await whole(reportCsv(job, clock));
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const time = '2026-01-01T00:00:02.500Z';
    expect(Papa.parse<string[]>(text.slice(1)).data).toEqual([
      ['id', 'name', 'status', 'reason', 'before', 'attempts', 'time', 'unanswered request'],
      ['@a:x', 'Name of @a:x', 'done', '', '["one",2,null]', '1', time, ''],
      ['b', 'Name of b', 'failed', 'No, "never"\nnot here', '', '1', time, ''],
      ['c', 'Name of c', 'unknown', 'No answer came.', '{"ids":["x\\"y","é"]}', '1', time, 'yes'],
      ['d', 'Name of d', 'not started', '', '', '0', '', ''],
      [''],
    ]);
  });

  test('JSON says the same, and who did it, where, when, with which counts', async () => {
    const { job, clock } = await ranBench();
    const report: unknown = JSON.parse(await whole(reportJson(job, clock)));
    const time = '2026-01-01T00:00:02.500Z';
    expect(report).toMatchObject({
      report: 'glia-job',
      version: 1,
      kind: 'try-out',
      title: 'Try it out',
      homeserver: 'https://example.org',
      user: '@admin:example.org',
      state: { phase: 'stopped' },
      started: '2026-01-01T00:00:00.000Z',
      ended: time,
      total: 4,
      counts: { waiting: 1, running: 0, done: 1, skipped: 0, failed: 1, unknown: 1 },
      columns: ['name'],
      items: [
        { id: '@a:x', columns: { name: 'Name of @a:x' }, status: 'done', before: ['one', 2, null], attempts: 1, time },
        { id: 'b', status: 'failed', reason: 'No, "never"\nnot here', time },
        { id: 'c', status: 'unknown', before: { ids: ['x"y', 'é'] }, time },
        { id: 'd', status: 'waiting', attempts: 0, time: null },
      ],
    });
  });

  test('JSON says each reason in English, with its message and values; CSV in the reader’s words', async () => {
    const reason = withValues(/*i18n*/ { id: 'spec.held', message: 'Held by {userId}.' }, { userId: '@ben:x' });
    const limit = /*i18n*/ { id: 'spec.no-limit', message: 'no limit' };
    const bench = await new Bench(['a', 'b'], { describe: (id) => ({ id, columns: { limit } }) }).start();
    await bench.call('a').answer({ status: 'failed', reason });
    await bench.call('b').answer({ status: 'failed', reason: 'No, said the server.' });
    const { items } = JSON.parse(await whole(reportJson(bench.job, bench.clock))) as { items: object[] };
    expect(items).toMatchObject([
      {
        id: 'a',
        columns: { limit: 'no limit' },
        reason: 'Held by @ben:x.',
        code: 'spec.held',
        values: { userId: '@ben:x' },
      },
      { id: 'b', reason: 'No, said the server.' },
    ]);
    expect(items[1]).not.toHaveProperty('code');
    expect(await whole(reportCsv(bench.job, bench.clock))).toContain('"a","no limit","failed","Held by @ben:x."');
  });

  test('spreadsheet formulas in names, ids, reasons, columns and before-states are defused', async () => {
    const evil = '=HYPERLINK("http://evil")';
    const bench = await new Bench([evil], {
      describe: (item) => ({ id: item, columns: { '@column': '-1+1' } }),
    }).start();
    await bench.call(evil).answer({ status: 'failed', reason: '@reason', before: '=before' });
    const cells = Papa.parse<string[]>(await whole(reportCsv(bench.job, bench.clock))).data.flat();
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toEqual(expect.arrayContaining([`'${evil}`, "'@column", "'-1+1", "'@reason"]));
  });

  test('an empty job has a report too', async () => {
    const bench = await new Bench([]).start();
    expect(JSON.parse(await whole(reportJson(bench.job, bench.clock)))).toMatchObject({ total: 0, items: [] });
    expect(await whole(reportCsv(bench.job, bench.clock))).toContain('"id","status","reason"');
  });

  test('comes in parts, and the page gets its turn in between', async () => {
    const bench = await new Bench(names(500)).start();
    await bench.answerAll();
    // A slow machine: each look at the clock finds that another 5 ms went by.
    class SlowClock extends HandClock {
      override tick(): number {
        this.time += 5;
        return this.time;
      }
    }
    const clock = new SlowClock();
    const parts: string[] = [];
    for await (const part of reportJson(bench.job, clock)) parts.push(part);
    expect(parts.length).toBeGreaterThan(2);
    expect(clock.yields).toBe(parts.length - 1);
    const report = JSON.parse(parts.join('')) as { items: { id: string }[] };
    expect(report.items.map(({ id }) => id)).toEqual(names(500));
  });

  test.each([
    ['csv', 'text/csv;charset=utf-8', '"id","name","status"'],
    ['json', 'application/json', '"title":"Try it out"'],
  ] as const)('as a %s file to save', async (format, type, holds) => {
    const { job, clock } = await ranBench();
    const file = await reportFile(job, format, clock);
    expect(file.type).toBe(type);
    expect(await file.text()).toContain(holds);
  });
});
