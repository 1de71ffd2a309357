import { expect, it } from 'vitest';
import { paths } from '~/lib/paths';
import { GO } from './keys';

it('has a letter of its own for each screen, and none that lists use', () => {
  const letters = Object.values(GO);
  expect(new Set(letters).size).toBe(letters.length);
  expect(letters.filter((letter) => !/^[a-z]$/.test(letter) || 'jkxg'.includes(letter))).toEqual([]);
});

it('reaches the screens that are opened most', () => {
  for (const path of [paths.home(), paths.users(), paths.rooms(), paths.federation(), paths.jobs()]) {
    expect(GO[path]).toBeDefined();
  }
});
