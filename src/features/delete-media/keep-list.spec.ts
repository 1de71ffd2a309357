import { expect, it } from 'vitest';
import { readKeepList } from './keep-list';

const idsIn = (text: string) => [...readKeepList(text, 'example.org').ids];

it('reads one file per line', () => {
  expect(idsIn('mxc://example.org/abc\r\n  mxc://example.org/d-e_f\n')).toEqual(['abc', 'd-e_f']);
});

it.each([
  ['JSON', '{"images":{"ok":{"url":"mxc://example.org/abc"},"no":{"url":"mxc://example.org/def"}}}'],
  ['JSON with escaped slashes', '["mxc:\\/\\/example.org\\/abc","mxc:\\/\\/example.org\\/def"]'],
  ['markup', '<img src="mxc://example.org/abc"><img src=\'mxc://example.org/def\'>'],
  ['a log', 'stickers: mxc://example.org/abc?x=1 and mxc://example.org/def#mxc'],
])('finds them in %s', (_where, text) => {
  expect(idsIn(text)).toEqual(['abc', 'def']);
});

it('keeps both readings where prose goes on after an ID: rather a file too many than one too few', () => {
  expect(idsIn('(mxc://example.org/abc).')).toEqual(['abc', 'abc).']);
  expect(idsIn('mxc://example.org/odd~id')).toContain('odd~id');
});

it('counts files of other homeservers apart, which no plan deletes', () => {
  const { own, others, ids } = readKeepList(
    'mxc://example.org/abc mxc://example.org/abc mxc://elsewhere.example/abc mxc://elsewhere.example/abc',
    'example.org',
  );
  expect([own, others, ids.size]).toEqual([1, 1, 1]);
});

it('finds nothing in a list of bare IDs', () => {
  expect(readKeepList('abc\ndef', 'example.org')).toEqual({ ids: new Set(), own: 0, others: 0 });
});
