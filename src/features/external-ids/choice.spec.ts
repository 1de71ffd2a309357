import { describe, expect, it } from 'vitest';
import { FIRST_READ, FIRST_REMOVE, leftWords, ruleWords, type ReadChoice, type RemoveChoice } from './choice';

const words = (read: Partial<ReadChoice>, remove: Partial<RemoveChoice> = {}) =>
  ruleWords({ ...FIRST_READ, ...read }, { ...FIRST_REMOVE, ...remove }, 'example.org');

describe('whose ids go, in words', () => {
  it('says among whom they were looked for', () => {
    expect(words({})).toBe('all who have one on this homeserver');
    expect(words({ from: 'handed', handed: { ids: ['@a:x', '@b:x'] } })).toBe(
      'all who have one among the 2 users selected in the list',
    );
    expect(words({ from: 'named', text: '@a:x @b:x @c:x @d:x' })).toBe('all who have one among 4 named users');
  });

  it('says who alone is meant', () => {
    expect(words({}, { from: 'some', some: '@anna:example.org' })).toBe('only @anna:example.org');
  });

  it('names nobody who is left out of the plan', () => {
    expect(leftWords(['@a:x'])).toBe('only @a:x');
    expect(leftWords(['@a:x', '@b:x', '@c:x', '@d:x'])).toBe('4 users that were chosen one by one');
  });
});
