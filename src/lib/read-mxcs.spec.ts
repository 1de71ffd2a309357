import { expect, it } from 'vitest';
import { readMxcs } from './read-mxcs';

it('reads files by their whole names, each once, whatever stands around them', () => {
  const text = '\uFEFFmxc://a.example/one\n"mxc://a.example/two", <mxc://b.example/one>;\u200Bmxc://a.example/one.\n';
  expect(readMxcs(text)).toEqual({
    ids: ['mxc://a.example/one', 'mxc://a.example/two', 'mxc://b.example/one'],
    problems: [],
  });
});

it('a word that is no whole name is no file, and its line is named', () => {
  const { ids, problems } = readMxcs(
    'media_id\n\nAbCdEfGh mxc://a.example/one\nhttps://a.example/one mxc://a.example/..',
  );
  expect(ids).toEqual(['mxc://a.example/one']);
  expect(problems.map(({ line, text }) => [line, text])).toEqual([
    [1, 'media_id'],
    [3, 'AbCdEfGh'],
    [4, 'https://a.example/one'],
    [4, 'mxc://a.example/..'],
  ]);
});

it('takes links of downloads and pictures for the files that they lead to', () => {
  const text =
    'https://hs.example/_matrix/client/v1/media/download/a.example/one/cat.png (https://hs.example/_matrix/media/v3/thumbnail/a.example/two?width=1)\nmxc://a.example/one';
  expect(readMxcs(text)).toEqual({ ids: ['mxc://a.example/one', 'mxc://a.example/two'], problems: [] });
});
