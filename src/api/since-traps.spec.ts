import { expect, it } from 'vitest';
import { trapsOf } from './since-traps';

const ids = (version: string) => trapsOf(version).map(({ id }) => id);

it.each([
  ['1.163.2', []],
  ['1.157.0', []],
  ['1.156.0', ['erased-come-back']],
  ['1.155.0', ['erased-come-back', 'purge-takes-local']],
  ['1.150.0', ['erased-come-back', 'purge-takes-local']],
  ['1.149.1', ['purge-takes-local', 'erased-rejoin']],
  ['1.139.2', ['purge-takes-local', 'erased-rejoin', 'last-seen-forgotten']],
])('names the traps of Synapse %s', (version, expected) => {
  expect(ids(version)).toEqual(expected);
});

it('names none for a version that can’t be read', () => {
  expect(ids('a fork of our own')).toEqual([]);
});

it('names a source for each', () => {
  for (const { source } of trapsOf('1.100')) expect(source).toMatch(/^https:\/\/github\.com\/element-hq\/synapse\//);
});
