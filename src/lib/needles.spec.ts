import { expect, it } from 'vitest';
import { needlesOf, wholeRoom } from './needles';

it.each([
  'https://matrix.to/#/@Anna:example.org',
  'https://matrix.to/#/%40anna%3Aexample.org',
  '<@anna:example.org>',
  ' "@anna:example.org", ',
  'Anna Smith (@anna:example.org)',
  '@an\u200Bna:example.org',
])('a search within a page finds what was pasted whole: %j', (text) => {
  expect(needlesOf(text)).toContain('@anna:example.org');
});

it('a search within a page finds parts as they are typed', () => {
  expect(needlesOf(' Anna ')).toEqual(['anna']);
  expect(needlesOf('@an')).toEqual(['@an']);
  expect(needlesOf('')).toEqual(['']);
});

it.each([
  ['#team', '#team:example.org'],
  ['`#team`', '#team:example.org'],
  ['#team:other.org', '#team:other.org'],
  ['https://matrix.to/#/!x:example.org?via=one.org', '!x:example.org'],
  ['team', 'team'],
  ['@anna', '@anna'],
])('a room is looked up by %s', (text, ref) => {
  expect(wholeRoom(text, 'example.org')).toBe(ref);
});
