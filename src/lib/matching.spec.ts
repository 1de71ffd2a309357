import { expect, it } from 'vitest';
import { atOnce } from './in-turns';
import { matching } from './matching';

const rows = Array.from({ length: 1000 }, (_, index) => ({ name: `Anna ${index}` }));
const found = (...needles: string[]) => atOnce(matching(rows, ({ name }) => name, needles)).length;

it('finds the rows that hold one of the words, whatever their case; all where nothing is sought', () => {
  expect(found('anna 99')).toBe(11);
  expect(found('nobody', 'anna 7')).toBe(111);
  expect(found('nobody')).toBe(0);
  expect(found('')).toBe(1000);
});
