import { expect, it } from 'vitest';
import type { ItemStatus } from '~/jobs/job';
import { beginReasons } from './reasons';

it('tells which rows give which reason, those of failures first, then the most frequent', () => {
  const tally = beginReasons();
  const rows: [ItemStatus, string][] = [
    ['done', 'Now locked.'],
    ['skipped', 'Gone.'],
    ['failed', 'No.'],
    ['done', 'Now locked.'],
    ['failed', 'Busy.'],
    ['failed', 'Busy.'],
    ['waiting', ''],
  ];
  for (const [index, [status, reason]] of rows.entries()) tally.take({ index, status, reason } as never);
  expect(tally.result().map(({ status, words, indexes }) => [status, words, indexes])).toEqual([
    ['failed', 'Busy.', [4, 5]],
    ['failed', 'No.', [2]],
    ['skipped', 'Gone.', [1]],
    ['done', 'Now locked.', [0, 3]],
  ]);
});
