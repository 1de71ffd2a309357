import * as z from 'zod/mini';
import { expect, it } from 'vitest';
import { targetsOf, type Choice } from './choice';
import { keptChoice } from './kept-choice';

const CHOICE: Choice = { from: 'handed', handed: null, files: null, text: '', values: { secret: 'x' } };
const files = { ids: ['mxc://hs.example/one'], origin: 'of @anna:hs.example' };

it('keeps over a reload what was handed over, and nothing that was entered', () => {
  const handed = { ids: ['@anna:hs.example'] };
  expect(z.parse(keptChoice, { ...CHOICE, handed, files })).toEqual({ from: 'handed', handed, files, text: '' });
});

it('takes what is named where nothing was handed over', () => {
  const media = { entity: 'media' } as const;
  expect(targetsOf(media, { ...CHOICE, files }, 'hs.example')).toEqual(files);
  expect(targetsOf(media, { ...CHOICE, text: 'mxc://hs.example/two' }, 'hs.example')).toEqual({
    ids: ['mxc://hs.example/two'],
  });
  expect(targetsOf({ entity: 'user' }, { ...CHOICE, text: '@b:hs.example' }, 'hs.example')).toEqual({
    ids: ['@b:hs.example'],
  });
  expect(targetsOf({ entity: 'user' }, CHOICE, 'hs.example')).toBe('Name the users first.');
});
