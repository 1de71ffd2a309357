import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { LARGE } from './read-json';
import { answerInPage, path, request } from './request';
import { rowsOf } from './rows';

const TOKEN = 'syt_YWRtaW4_abcdefghijklmnop_0Ab1c2';
const hs = { baseUrl: 'https://large.example', token: TOKEN };
const schema = z.object({
  rows: rowsOf(z.object({ name: z.string(), more: z.optional(z.unknown()) })),
  total: z.number(),
});

const ask = (text: string, signal?: AbortSignal) => {
  answerInPage(hs.baseUrl, () => Promise.resolve(new Response(text)));
  return request(hs, { path: path`/x`, schema, signal });
};

/** More than is read at once, of rows that are like those of a state. */
function largeAnswer(change: (row: object, index: number) => unknown = (row) => row): string {
  const rows = Array.from({ length: LARGE / 20 }, (_, index) =>
    change({ name: `Zoë “${index}”`, more: { list: [index] } }, index),
  );
  return JSON.stringify({ rows, total: rows.length });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a large answer', () => {
  it('is read as a small one: good rows, odd ones in their places, and what is not a list', async () => {
    const text = largeAnswer((row, index) => (index % 3000 === 7 ? { ...row, name: index } : row));
    const { rows, total } = await ask(text);
    const whole = z.parse(schema, JSON.parse(text));
    expect(rows).toStrictEqual(whole.rows);
    expect(total).toBe(whole.total);
    expect(rows.odd.map(({ index }) => index)).toEqual([7, 3007, 6007, 9007]);
  });

  it('lets the page have its turn many times', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1));
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    await ask(largeAnswer());
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });

  it('is read without the access token, wherever it stands and however it is written', async () => {
    const broken = `${TOKEN.slice(0, 9)}\u200B${TOKEN.slice(9)}`;
    const text = largeAnswer((row, index) => (index === 5000 ? { name: TOKEN, more: { [TOKEN]: [broken] } } : row));
    const { rows } = await ask(text.replaceAll(TOKEN.slice(0, 3), String.raw`\u0073yt`));
    expect(JSON.stringify(rows)).not.toContain(TOKEN.slice(4, 12));
    expect(rows.rows[5000]).toEqual({ name: '[access token]', more: { '[access token]': ['[access token]'] } });
  });

  it('that is cut short or of another shape is refused as a small one', async () => {
    const text = largeAnswer();
    await expect(ask(text.slice(0, -40))).rejects.toMatchObject({ kind: 'http', status: 200 });
    await expect(ask(`{"rows":${' '.repeat(LARGE)}{},"total":1}`)).rejects.toMatchObject({
      kind: 'shape',
      serverReason: expect.stringContaining('at rows') as string,
    });
  });

  it('is given up in the middle where the request is', async () => {
    const giving = new AbortController();
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 1;
      if (now > 50) giving.abort();
      return now;
    });
    await expect(ask(largeAnswer(), giving.signal)).rejects.toMatchObject({ kind: 'aborted' });
  });
});
