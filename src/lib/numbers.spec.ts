import { expect, it } from 'vitest';
import { formatCount, plural } from './numbers';

it('counts are written with their thousands apart', () => {
  expect(formatCount(12_345)).toBe('12,345');
  expect(plural(1, 'user')).toBe('1 user');
  expect(plural(0, 'reply', 'replies')).toBe('0 replies');
});

it.each([-1, Number.NaN, Infinity, '7', null, undefined])('%s is no number of anything', (value) => {
  expect(formatCount(value as number)).toBe('unknown');
  expect(plural(value as number, 'user')).toBe('an unknown number of users');
});
