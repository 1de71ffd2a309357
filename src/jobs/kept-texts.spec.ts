import { describe, expect, test } from 'vitest';
import { english } from '~/lib/english';
import { withValues, type Text } from '~/lib/text';
import { keptEntries, Recollection, type Entry, type KeptEntry } from './journal';
import { TextReader, TextWriter } from './kept-texts';

const LOCKED = /*i18n*/ { id: 'spec.locked', message: 'locked' };
const already = (state: Text) => withValues(/*i18n*/ { id: 'spec.already', message: 'Already {state}.' }, { state });
const end = (index: number, reason: Text): Entry => ['end', index, 'skipped', reason, 1, 1_790_000_000_000];

const onDisk = (entries: readonly Entry[], texts = new TextWriter()): string =>
  JSON.stringify(keptEntries(entries, texts));
const read = (size: number, ...disk: string[]): Recollection => {
  const rows = new Recollection(size);
  for (const text of disk) rows.read(JSON.parse(text) as KeptEntry[]);
  return rows;
};

describe('texts in a journal', () => {
  test('come back as they were: messages, messages in messages, and somebody else’s words', () => {
    const texts = [already(LOCKED), LOCKED, already('\u202Eevil'), 'No such user', ''];
    const rows = read(5, onDisk([...texts.map((text, index) => end(index, text)), ['back', 4, already('x'), 2, true]]));
    expect([0, 1, 2, 3].map((index) => rows.row(index).reason)).toEqual(texts.slice(0, 4));
    expect(rows.row(4)).toMatchObject({ status: 'waiting', reason: already('x'), attempts: 2, unanswered: true });
  });

  test('take no more room a row than their English did', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => index);
    const before = JSON.stringify(rows.map((index) => end(index, english(already(LOCKED)))));
    const after = onDisk(rows.map((index) => end(index, already(LOCKED))));
    // A message is written once, and a number of two digits and its values in each row.
    expect(after.length / 1000).toBeLessThan(before.length / 1000 + 8);
    expect(after.match(/Already/g)).toHaveLength(1);
  });

  test('of several pages are read one after the other: each numbers its own', () => {
    const first = onDisk([end(0, already(LOCKED))]);
    const second = onDisk([end(1, LOCKED), end(2, already('x'))]);
    const rows = read(3, first, second);
    expect([0, 1, 2].map((index) => english(rows.row(index).reason))).toEqual([
      'Already locked.',
      'locked',
      'Already x.',
    ]);
  });

  test('of an older Glia are the sentences that it wrote', () => {
    const older =
      '[["sent",0],["end",0,"done","Now locked.",1,1790000000000],["sent",1],["back",1,"Everyone waits: the homeserver asked to slow down.",1],["end",2,"failed","User is gone (404 M_NOT_FOUND)",1,1790000000000,true]]';
    const rows = read(3, older);
    expect(rows.row(0)).toMatchObject({ status: 'done', reason: 'Now locked.' });
    expect(rows.row(1)).toMatchObject({
      status: 'waiting',
      reason: 'Everyone waits: the homeserver asked to slow down.',
    });
    expect(rows.row(2)).toMatchObject({ status: 'failed', reason: 'User is gone (404 M_NOT_FOUND)', unanswered: true });
    // Made shorter, it says the same.
    expect(read(3, onDisk([...rows.entries()])).row(2)).toEqual(rows.row(2));
  });

  test.each([[[7]], [[0, { state: [[]] }]], [null], [{}], [[{}]], [12]])('are empty where they are none: %j', (odd) => {
    const texts = new TextReader();
    texts.define(['text', 0, 'spec.already', 'Already {state}.']);
    expect(english(texts.read(odd)).replace('Already .', '')).toBe('');
  });
});
