import { expect, it } from 'vitest';
import { changedLines } from './changed-lines';

const said = (before: string, after: string) =>
  changedLines(before, after).map(({ is, text }) => `${{ same: ' ', removed: '-', added: '+' }[is]}${text}`);

it('the same text has no changed line', () => {
  expect(said('{\n  "a": 1\n}', '{\n  "a": 1\n}')).toEqual([]);
});

it('shows what goes and what comes, with the lines around it', () => {
  const before = ['{', '1', '2', '3', '4', '5', '}'].join('\n');
  const after = ['{', '1', '2', '3', 'new', '5', '}'].join('\n');
  expect(said(before, after)).toEqual([' 2', ' 3', '-4', '+new', ' 5', ' }']);
});

it('of nothing, all is new; a text that goes is removed whole', () => {
  expect(said('', 'a\nb')).toEqual(['+a', '+b']);
  expect(said('a', '')).toEqual(['-a']);
});
