import { expect, it } from 'vitest';
import { lastMonths } from './months';

it('the last months follow each other without a gap, across the turn of the year and from a 31st', () => {
  const months = lastMonths(4, new Date(2026, 0, 31, 15).getTime());
  expect(months.map(({ key }) => key)).toEqual(['2025-10', '2025-11', '2025-12', '2026-01']);
  expect(months.slice(1).map(({ from }) => from - 1)).toEqual(months.slice(0, -1).map(({ until }) => until));
});
